"""Offices of a campaign: who has rated whom, and where one office stands."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import Response

from survey.distribute.return_rating import LONGEST_REASON
from survey.errors import SurveyError
from survey.results import campaign_progress, coverage_of
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.queries.ratings import Rating, ratings_of
from web.dependencies import NowDep, SessionDep, Templates, TemplatesDep, officer_for_this
from web.error_pages import problems_of, sentence_of
from web.forms import Form
from web.found import found

MOST_IN_MAP = 40  # units side by side in the map of pairs

router = APIRouter(
    prefix="/console/campaigns/{code}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("/offices")
def show_offices(code: str, session: SessionDep, templates: TemplatesDep, now: NowDep) -> Response:
    """Show who has rated whom, in counts, and the form that takes a list of pairs."""
    return offices_page(session, templates, code, now)


@router.get("/offices/{rater}")
def show_office(
    code: str, rater: str, session: SessionDep, templates: TemplatesDep, now: NowDep
) -> Response:
    """Show where one office stands with each unit."""
    return office_page(session, templates, code, rater, now)


def office_page(
    session: Session,
    templates: Templates,
    code: str,
    rater: str,
    now: datetime,
    *,
    form: Form | None = None,
    problem: SurveyError | None = None,
) -> Response:
    """Show one office, also as it comes back when a sheet could not be returned."""
    campaign = found(campaign_by_code(session, code))
    progress = campaign_progress(session, campaign, now)
    ratings = ratings_of(session, key_of(campaign), rater)
    found(ratings[0] if ratings else None)
    return templates.page(
        "console/office.html",
        422 if problem else 200,
        campaign=progress,
        evaluation=found(evaluation_by_code(session, progress.evaluation)),
        office_code=rater,
        office_name=ratings[0].rater_name,
        ratings=ratings,
        places=sorted({rating.quota_place for rating in ratings}),
        droppable=_droppable(ratings),
        longest_reason=LONGEST_REASON,
        form=form or Form({}),
        problems=_sentences(problem, templates.locale),
        here=f"/console/campaigns/{code}/offices",
    )


def offices_page(
    session: Session,
    templates: Templates,
    code: str,
    now: datetime,
    *,
    form: Form | None = None,
    problem: SurveyError | None = None,
) -> Response:
    """Show all offices, also as the page comes back when a list was refused."""
    campaign = found(campaign_by_code(session, code))
    progress = campaign_progress(session, campaign, now)
    coverage = coverage_of(session, campaign)
    return templates.page(
        "console/offices.html",
        422 if problem else 200,
        campaign=progress,
        evaluation=found(evaluation_by_code(session, progress.evaluation)),
        coverage=coverage,
        has_map=0 < len(coverage.units) <= MOST_IN_MAP and bool(coverage.offices),
        form=form or Form({}),
        problems=_sentences(problem, templates.locale),
        here=f"/console/campaigns/{code}/offices",
    )


def _droppable(ratings: Sequence[Rating]) -> frozenset[str]:
    """Return the units that no quota place of an office has ever sent anything about."""
    sent = {one.unit_code for one in ratings if one.revision or one.withdrawn_at is not None}
    return frozenset(one.unit_code for one in ratings) - sent


def _sentences(problem: SurveyError | None, locale: str) -> Sequence[str]:
    if problem is None:
        return ()
    return problems_of(problem, locale) or [sentence_of(problem, locale)]
