"""The list of evaluations, one evaluation at a glance, its campaigns."""

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from survey.results import EvaluationOverview, evaluation_list, evaluation_overview
from survey.rules.campaign import Phase
from survey.storage.queries.drafts import drafts_of
from survey.storage.queries.evaluations import evaluation_by_code
from web.dependencies import NowDep, SessionDep, TemplatesDep, officer_for_this
from web.found import found

front_door = APIRouter(include_in_schema=False)
router = APIRouter(
    prefix="/console", dependencies=[Depends(officer_for_this)], include_in_schema=False
)


@front_door.get("/")
@front_door.get("/console")
def go_in() -> Response:
    """Send whoever types the bare address to the console."""
    return RedirectResponse("/console/", 303)


@router.get("/")
def list_evaluations(session: SessionDep, templates: TemplatesDep) -> Response:
    """Show every evaluation."""
    return templates.page("console/evaluations.html", evaluations=evaluation_list(session))


@router.get("/evaluations/{code}")
def show_overview(code: str, session: SessionDep, templates: TemplatesDep, now: NowDep) -> Response:
    """Show where an evaluation stands and what to do next."""
    overview = evaluation_overview(session, found(evaluation_by_code(session, code)), now)
    running = [campaign for campaign in overview.campaigns if campaign.phase == Phase.OPEN]
    return templates.page(
        "console/overview.html",
        overview=overview,
        steps=next_steps(overview),
        open_count=len(running),
        received_count=sum(campaign.received_count for campaign in overview.campaigns),
        counting=counting_of(overview),
    )


@router.get("/evaluations/{code}/campaigns")
def list_campaigns(
    code: str, session: SessionDep, templates: TemplatesDep, now: NowDep
) -> Response:
    """Show the campaigns of an evaluation."""
    evaluation = found(evaluation_by_code(session, code))
    return templates.page(
        "console/campaigns.html",
        overview=evaluation_overview(session, evaluation, now),
        drafts=drafts_of(session, evaluation.id or 0),
    )


def counting_of(overview: EvaluationOverview) -> str:
    """Return how the sum over all campaigns is to be read: as the least exact of them."""
    ways = {campaign.counting for campaign in overview.campaigns}
    return next((way for way in ("at_least", "in_steps") if way in ways), "exact")


def next_steps(overview: EvaluationOverview) -> tuple[str, ...]:
    """Return what to do next, most urgent first; each is a key of [console.step]."""
    steps = []
    phases = {campaign.phase for campaign in overview.campaigns}
    if not overview.campaigns:
        steps.append("launch")
    if Phase.PAUSED in phases:
        steps.append("paused")
    if overview.run is None and overview.campaigns:
        steps.append("first_score")
    elif overview.ready_unit_count:
        steps.append("score")
    if phases & {Phase.OPEN}:
        steps.append("collect")
    if overview.tree is not None:
        steps.append("manual")
    if overview.run is not None:
        steps.append("read")
    return tuple(steps)
