"""Head counts filled in or corrected on the page of a campaign that was opened."""

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.head_counts import correct_head_counts
from survey.errors import LaunchRefused
from survey.rules.unit import MOST_PEOPLE
from survey.storage.queries.campaigns import campaign_by_code
from web.console.campaign_page import campaign_page
from web.console.fields import read_count
from web.console.launch.step_page import Fields
from web.console.unit_search import sought_in
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    SettingsDep,
    TemplatesDep,
    officer_for_this,
)
from web.forms import Form
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.post("/head-counts")
def keep_head_counts(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Keep the head counts of the units listed; an empty field changes nothing."""
    campaign, sought = found(campaign_by_code(session, code)), sought_in(form)
    fields = Fields()
    counts = _counts(form, fields)
    problems = fields.problems
    if not problems:
        try:
            with session.begin_nested():
                changed = correct_head_counts(session, campaign, counts, now)
        except LaunchRefused as error:
            problems = [error]
    if problems:
        return campaign_page(
            session, templates, settings, code, now, form=form, problems=problems, sought=sought
        )
    if changed:
        record(
            session,
            actor=officer.name,
            action="campaign.head_counts",
            subject=code,
            now=now,
            details={
                unit: {"before": was, "after": count} for unit, (was, count) in changed.items()
            },
        )
    return RedirectResponse(f"/console/campaigns/{code}?{sought.query()}#head-counts", 303)


def _counts(form: Form, fields: Fields) -> dict[str, int]:
    counts = {}
    for unit in dict.fromkeys(form.all("listed")):
        written = form.text(f"count-{unit}")
        count = fields.take(read_count, written, unit, MOST_PEOPLE) if written else None
        if count is not None:
            counts[unit] = count
    return counts
