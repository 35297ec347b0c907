"""The quality of a campaign's sheets: what counts and why not, flags, restoring a sheet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.errors import RestoreRefused, SurveyError
from survey.evaluate.plan import plan_content
from survey.evaluate.restore import LONGEST_REASON, restore_sheet
from survey.results import (
    CampaignQuality,
    RejectedSheets,
    campaign_quality,
    rejected_sheets,
)
from survey.rules.scoring.judgement import judge
from survey.settings import Settings
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_by_code, evaluation_of_campaign
from web.console.figures.quality_charts import arrivals_chart, seconds_chart
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    SettingsDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found

LISTED = 100

router = APIRouter(
    prefix="/console/campaigns/{code}/quality",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_quality(
    code: str,
    request: Request,
    session: SessionDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Show which sheets count, what looks careless, and when sheets came."""
    unit = request.query_params.get("unit", "")
    notice = request.query_params.get("notice")
    return _show(session, templates, settings, code, now, unit=unit, notice=notice)


@router.post("/restore")
def restore(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Let a rejected sheet count, for a reason that is kept."""
    campaign = found(campaign_by_code(session, code))
    try:
        sheet = restore_sheet(
            session,
            campaign,
            form.text("sheet"),
            form.text("reason"),
            restored_by=officer.name,
            key=settings.key("sheets"),
            now=now,
        )
    except RestoreRefused as refused:
        return _show(session, templates, settings, code, now, form=form, problems=[refused])
    record(
        session,
        actor=officer.name,
        action="sheet.restored",
        subject=code,
        now=now,
        details={
            "sheet": sheet.mark,
            "unit": sheet.unit_code,
            "rule": sheet.rule,
            "reason": form.text("reason"),
        },
    )
    return RedirectResponse(f"/console/campaigns/{code}/quality?notice=restored#rejected", 303)


def _show(
    session: Session,
    templates: Templates,
    settings: Settings,
    code: str,
    now: datetime,
    *,
    unit: str = "",
    notice: str | None = None,
    form: Form | None = None,
    problems: Sequence[SurveyError] = (),
) -> Response:
    campaign = found(campaign_by_code(session, code))
    plan = plan_content(session, evaluation_of_campaign(session, campaign))
    quality = campaign_quality(session, campaign, plan, now)
    sheets = rejected_sheets(session, campaign, plan, settings.key("sheets"))
    return templates.page(
        "console/quality.html",
        422 if problems else 200,
        quality=quality,
        evaluation=found(evaluation_by_code(session, quality.evaluation)),
        judgement=judge("flagged_share", quality.flagged_share, limits=plan.judgement),
        seconds=seconds_chart(quality, templates),
        arrivals=arrivals_chart(quality, templates),
        sheets=sheets,
        longest_reason=LONGEST_REASON,
        notice=notice,
        form=form or Form({}),
        problems=[sentence_of(problem, templates.locale) for problem in problems],
        here=f"/console/campaigns/{code}/quality",
        **_listed(quality, sheets, unit),
    )


def _listed(quality: CampaignQuality, sheets: RejectedSheets, unit: str) -> dict[str, Any]:
    """Return the rejected sheets that the page lists: of one unit if asked, the first hundred."""
    units = {sheet.unit_code: sheet.unit_name for sheet in sheets.rejected}
    chosen = [sheet for sheet in sheets.rejected if unit in ("", sheet.unit_code)]
    return {
        "unit": unit,
        "units": sorted(units.items()),
        "listed": chosen[:LISTED],
        "listed_all": len(chosen),
        "unlisted": _unlisted(quality, sheets),
    }


def _unlisted(quality: CampaignQuality, sheets: RejectedSheets) -> int:
    """Return how many sheets the run rejected that the list does not hold yet.

    At least so many: whether a restored one counts by now is not asked.
    """
    if quality.is_wound_up or sheets.not_listed is not None:
        return 0
    return max(0, quality.rejected_count - len(sheets.rejected) - len(sheets.restored))
