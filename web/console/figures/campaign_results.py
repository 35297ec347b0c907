"""The results of one campaign: a section for each scale, first in words, then every figure."""

from dataclasses import dataclass

from fastapi import APIRouter, Depends
from starlette.responses import Response

from scales import Questionnaire, Scale
from survey.language import messages
from survey.report.judging import Judged, judged
from survey.report.scale_page import ScalePart, scale_part
from survey.report.wording import Remark, remarks
from survey.results import CampaignReport, ScaleReliability, campaign_report
from survey.rules.scoring.judgement import JudgementLimits
from survey.rules.scoring.standing import Agreement
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.questionnaires import questionnaire_of
from web.dependencies import NowDep, SessionDep, TemplatesDep, officer_for_this
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}/results",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@dataclass(frozen=True, slots=True)
class ScaleView:
    """A scale as the page shows it; `part` is None where there are too few answers to show.

    `top` judges the share of high answers, `differ` whether units differ, `mean_of_unit` whether
    their means are dependable; None where the run has no such figure.
    """

    figures: ScaleReliability
    part: ScalePart | None
    top: Judged | None
    differ: Judged | None
    mean_of_unit: Judged | None
    reasons: tuple[str, ...]
    to_act_on: tuple[Remark, ...]
    to_know: tuple[Remark, ...]


@router.get("")
def show_campaign_results(
    code: str, session: SessionDep, templates: TemplatesDep, now: NowDep
) -> Response:
    """Show each scale's score, how far to trust it, its items, and what to look at."""
    campaign = found(campaign_by_code(session, code))
    report = campaign_report(session, campaign, now)
    asked = questionnaire_of(session, campaign.questionnaire_version_id)
    views = scale_views(report, asked, templates.locale)
    return templates.page(
        "console/campaign_results.html",
        report=report,
        evaluation=report.evaluation,
        scales=views,
        remarks=[remark for view in views for remark in view.to_act_on],
    )


def scale_views(report: CampaignReport, asked: Questionnaire, locale: str) -> list[ScaleView]:
    """Return the scales of a campaign in words and drawings."""
    if report.figures is None:
        return []
    return [
        _view(scale, figures, report.limits, locale)
        for scale, figures in zip(asked.scales, report.figures.scales, strict=True)
    ]


def _view(
    scale: Scale, figures: ScaleReliability, limits: JudgementLimits, locale: str
) -> ScaleView:
    top, agreement, analysis = figures.top, figures.agreement, figures.analysis
    said = [] if analysis is None else remarks(scale, analysis, locale)
    return ScaleView(
        figures=figures,
        part=scale_part(scale, analysis, locale, limits) if analysis is not None else None,
        top=judged("top_box", top.share, locale, limits=limits)
        if top is not None and top.share is not None
        else None,
        differ=judged("icc1", agreement.icc1, locale, p=agreement.p, limits=limits)
        if agreement
        else None,
        mean_of_unit=judged("icc2", agreement.icc2, locale, p=agreement.p, limits=limits)
        if agreement
        else None,
        reasons=_reasons(agreement, locale),
        to_act_on=tuple(remark for remark in said if remark.needs_action),
        to_know=tuple(remark for remark in said if not remark.needs_action),
    )


def _reasons(agreement: Agreement | None, locale: str) -> tuple[str, ...]:
    codes = agreement.warnings if agreement is not None else ()
    return tuple(messages().phrase(f"score.agreement_warning.{code}", locale) for code in codes)
