"""What the newest run found: unit scores, each audience's scales, how dependable they are."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.errors import NothingNewToScore
from survey.evaluate.plan import current_plan
from survey.evaluate.score import PreparedRun, keep_run, prepare_run
from survey.exchange.csv_export import scores_csv
from survey.report.wording import Remark
from survey.results import (
    CampaignReliability,
    Cell,
    EvaluationOverview,
    EvaluationResults,
    Title,
    UnitProgress,
    UnitResult,
    evaluation_overview,
    evaluation_results,
)
from survey.rules.scoring.scoring_plan import SMALLEST_BATCH
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.queries.questionnaires import questionnaire_of
from web.console.downloads import csv_download
from web.console.figures.comparing import comparisons_of
from web.console.reading import by_category, chart_of, remarks_of
from web.dependencies import (
    LocaleDep,
    NowDep,
    OfficerDep,
    SessionDep,
    TemplatesDep,
    officer_for_this,
    writing,
)
from web.found import found

router = APIRouter(
    prefix="/console/evaluations/{code}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@dataclass(frozen=True, slots=True)
class CampaignView:
    """One campaign's figures as the page shows them: a row for each unit it asked about."""

    reliability: CampaignReliability
    rows: tuple[tuple[UnitResult, Cell], ...]


@router.get("/results")
def show_results(
    code: str, request: Request, session: SessionDep, templates: TemplatesDep, now: NowDep
) -> Response:
    """Show unit scores, and one campaign's scales with their intervals."""
    evaluation = found(evaluation_by_code(session, code))
    results = evaluation_results(session, evaluation)
    overview = evaluation_overview(session, evaluation, now)
    chosen = _chosen(results, request.query_params.get("campaign"))
    scale = _scale(chosen, request.query_params.get("scale"))
    return templates.page(
        "console/results.html",
        results=results,
        categories=by_category(sorted(results.units, key=_by_rank)),
        chosen=chosen,
        scale=scale,
        chart=chart_of(chosen.rows, scale) if chosen and scale else None,
        comparisons=comparisons_of(results, _item_texts(session, results), templates.locale),
        remarks=_remarks(session, chosen, templates.locale),
        notice=request.query_params.get("notice"),
        waiting=waiting_units(overview),
        winding_up=[each.name for each in overview.campaigns if each.is_winding_up],
    )


@router.get("/results.csv")
def download_results(code: str, session: SessionDep, locale: LocaleDep) -> Response:
    """Send a row per unit, audience and scale."""
    results = evaluation_results(session, found(evaluation_by_code(session, code)))
    return csv_download(scores_csv(results, locale), f"scores-{code}.csv")


@router.post("/score")
async def score(code: str, request: Request, officer: OfficerDep, now: NowDep) -> Response:
    """Make a run, unless it would find nothing new; answers are written while it is computed."""

    def prepare() -> PreparedRun:
        with request.app.state.database.reading() as session:
            evaluation = found(evaluation_by_code(session, code))
            return prepare_run(session, evaluation, current_plan(session, evaluation))

    def keep(session: Session, prepared: PreparedRun) -> None:
        run = keep_run(session, prepared, now)
        record(
            session,
            actor=officer.name,
            action="evaluation.scored",
            subject=code,
            now=now,
            details={"run": run.code, "digest": run.digest},
        )

    try:
        prepared = await run_in_threadpool(prepare)
    except NothingNewToScore:
        return RedirectResponse(f"/console/evaluations/{code}/results?notice=nothing_new", 303)
    async with writing(request) as session:
        await run_in_threadpool(keep, session, prepared)
    return RedirectResponse(f"/console/evaluations/{code}/results?notice=scored", 303)


def waiting_units(overview: EvaluationOverview) -> tuple[UnitProgress, ...]:
    """Return the units on their way to the next run, those that lack least first."""
    units = [
        unit
        for campaign in overview.campaigns
        for unit in campaign.units
        if unit.missing_count and unit.missing_count < SMALLEST_BATCH
    ]
    return tuple(sorted(units, key=lambda unit: (unit.missing_count, unit.code)))


def _by_rank(unit: UnitResult) -> tuple[bool, int]:
    return unit.rank is None, unit.rank or 0


def _chosen(results: EvaluationResults, wanted: str | None) -> CampaignView | None:
    campaigns = results.campaigns
    if not campaigns:
        return None
    chosen = next((c for c in campaigns if c.campaign == wanted), campaigns[0])
    rows = tuple(
        (unit, cell)
        for unit in results.units
        for cell in unit.cells
        if cell.campaign == chosen.campaign
    )
    return CampaignView(chosen, rows)


def _remarks(session: Session, chosen: CampaignView | None, locale: str) -> dict[str, list[Remark]]:
    if chosen is None:
        return {}
    campaign = found(campaign_by_code(session, chosen.reliability.campaign))
    asked = questionnaire_of(session, campaign.questionnaire_version_id)
    return remarks_of(chosen.reliability.scales, asked, locale)


def _item_texts(session: Session, results: EvaluationResults) -> dict[str, dict[str, Title]]:
    """Return the words of each item, of the campaigns that are compared."""
    compared = {score.campaign for found in results.comparisons for score in found.scores}
    asked = {
        code: questionnaire_of(
            session, found(campaign_by_code(session, code)).questionnaire_version_id
        )
        for code in compared
    }
    return {code: {item.id: item.text for item in each.items} for code, each in asked.items()}


def _scale(chosen: CampaignView | None, wanted: str | None) -> Any:
    if chosen is None or not chosen.reliability.scales:
        return None
    scales = chosen.reliability.scales
    return next((s for s in scales if s.scale == wanted), scales[0])
