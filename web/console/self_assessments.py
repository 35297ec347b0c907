"""Self-assessments in the console: where units stand, what one signed, and how others saw it."""

from dataclasses import dataclass

from fastapi import APIRouter, Depends
from starlette.responses import Response

from survey.distribute.return_rating import LONGEST_REASON
from survey.results import (
    SelfGap,
    campaign_progress,
    self_assessment,
    self_gaps,
    signed_file,
)
from survey.rules.audience import Audience
from survey.rules.ways_in.rating_pairs import RatingState
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.queries.ratings import Rating, ratings_of
from web.console.downloads import file_download
from web.dependencies import NowDep, SessionDep, TemplatesDep, officer_for_this
from web.errors import NoSuchPage
from web.forms import Form
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}/self-assessments",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)

_SIGNED = (RatingState.RATED, RatingState.NO_DEALINGS)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the list, with the widest gap to what others said of it."""

    rating: Rating
    widest: SelfGap | None

    @property
    def distance(self) -> float:
        """How far others are away; a unit without a gap comes last."""
        return -1.0 if self.widest is None else abs(self.widest.difference or 0.0)


@router.get("")
def show_self_assessments(
    code: str, session: SessionDep, templates: TemplatesDep, now: NowDep
) -> Response:
    """Show where each unit stands, the widest gaps first."""
    campaign = found(campaign_by_code(session, code))
    progress = campaign_progress(session, campaign, now)
    gaps = self_gaps(session, campaign)
    rows = [
        UnitRow(rating, _widest(gaps.get(rating.unit_code, ())))
        for rating in ratings_of(session, key_of(campaign))
        if campaign.audience == Audience.SELF
    ]
    return templates.page(
        "console/self_assessments.html",
        campaign=progress,
        evaluation=found(evaluation_by_code(session, progress.evaluation)),
        rows=sorted(rows, key=lambda row: -row.distance),
        signed_count=sum(row.rating.state in _SIGNED for row in rows),
    )


@router.get("/{unit}")
def show_self_assessment(
    code: str,
    unit: str,
    session: SessionDep,
    templates: TemplatesDep,
    now: NowDep,
    version: int | None = None,
) -> Response:
    """Show what a unit said of itself, who signed it, and how far others are away."""
    campaign = found(campaign_by_code(session, code))
    if campaign.audience != Audience.SELF:
        raise NoSuchPage
    progress = campaign_progress(session, campaign, now)
    return templates.page(
        "console/self_assessment.html",
        campaign=progress,
        evaluation=found(evaluation_by_code(session, progress.evaluation)),
        own=found(self_assessment(session, campaign, unit, version)),
        gaps=self_gaps(session, campaign, unit).get(unit, ()),
        longest_reason=LONGEST_REASON,
        form=Form({}),
    )


@router.get("/{unit}/files/{digest}")
def download_file(code: str, unit: str, digest: str, session: SessionDep) -> Response:
    """Serve a file that a signature names, to be saved and never to be shown by the browser."""
    campaign = found(campaign_by_code(session, code))
    file = found(signed_file(session, campaign, unit, digest))
    return file_download(file.content, file.name, file.media_type)


def _widest(gaps: tuple[SelfGap, ...]) -> SelfGap | None:
    return next((gap for gap in gaps if gap.difference is not None), None)
