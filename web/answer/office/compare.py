"""…/compare: what was given to each unit, side by side; …/send: send all of it, or some."""

import asyncio
from dataclasses import dataclass

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from survey.collect.office import UnitRating, forget_kept, rating_to_send
from survey.collect.receive import Outcome
from survey.errors import DatabaseUnavailable, WriterFull
from survey.rules.ways_in.link import Standing
from survey.rules.ways_in.own_ratings import GivenRating, compare_given
from survey.rules.ways_in.rating_pairs import RatingState
from web.answer.office.desk import Opened, open_office, say_closed
from web.answer.posted import read_posted
from web.answer.reply import see_other
from web.answer.send import hold

_SHOWN = (RatingState.READY, RatingState.RATED)
_KEPT = (Outcome.STORED, Outcome.SAME_AGAIN)


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A unit in the comparison; `sheet_id` is what would be sent, empty where nothing is."""

    name: str
    code: str
    address: str
    given: GivenRating
    difference: float | None
    sheet_id: str = ""
    has_ended: bool = False


async def compare(request: Request) -> Response:
    """Show what was given to each unit, what is ready to be sent, and what is not finished."""
    opened = await open_office(request)
    if isinstance(opened, Response):
        return opened
    ratings = {rating.way.unit_code: rating for rating in await opened.ratings()}
    shown = {code: rating for code, rating in ratings.items() if rating.state in _SHOWN}
    comparison = compare_given(
        {code: rating.sheet.packed for code, rating in shown.items()}, opened.desk.questionnaire
    )
    rows = [_row(opened, shown[one.unit], one, comparison.mean) for one in comparison.given]
    values = {
        "rows": rows,
        "comparison": comparison,
        "ready_count": sum(bool(row.sheet_id) for row in rows),
        "begun": [
            (rating.way.unit_name, opened.address("units", code))
            for code, rating in ratings.items()
            if rating.state is RatingState.BEGUN
        ],
        "list_address": opened.address("units"),
        "send_address": opened.address("send"),
    }
    return opened.page("compare", opened.look.phrase("answer.office.compare"), values)


async def send(request: Request) -> Response:
    """Send what was chosen; a rating that was changed since the page was shown is not sent."""
    posted = read_posted(await request.body())
    opened = await open_office(request, posted)
    if isinstance(opened, Response):
        return opened
    chosen = dict(posted.answers)
    for code in chosen:
        opened.way_of(code)
    ready = [
        rating
        for rating in await opened.ratings()
        if rating.state is RatingState.READY and rating.sheet_id == chosen.get(rating.way.unit_code)
    ]
    hand_over = request.app.state.collector.hand_over
    outcomes = await asyncio.gather(
        *(hand_over(rating_to_send(rating, opened.now)) for rating in ready),
        return_exceptions=True,
    )
    stored = [r for r, outcome in zip(ready, outcomes, strict=True) if outcome in _KEPT]
    failures = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    try:
        if stored:
            await opened.write(lambda session: _forget_all(session, opened, stored))
    except DatabaseUnavailable:
        return hold(request, opened.look, posted)
    if any(isinstance(failure, WriterFull | DatabaseUnavailable) for failure in failures):
        return hold(request, opened.look, posted)
    if failures:
        raise failures[0]
    if Outcome.CLOSED in outcomes:
        return say_closed(request, opened.desk.ways[0], opened.look, Standing.CLOSED)
    said = "sent" if len(ready) == len(chosen) and chosen else "changed"
    return see_other(opened.address("units", query=opened.query(said=said)))


def _forget_all(session: Session, opened: Opened, stored: list[UnitRating]) -> None:
    for rating in stored:
        forget_kept(session, opened.desk, rating, opened.now)


def _row(opened: Opened, rating: UnitRating, given: GivenRating, mean: float | None) -> GivenRow:
    difference = None
    if mean is not None and given.mean_percent is not None:
        difference = given.mean_percent - mean
    return GivenRow(
        name=rating.way.unit_name,
        code=rating.way.unit_code,
        address=opened.address("units", rating.way.unit_code),
        given=given,
        difference=difference,
        sheet_id=rating.sheet_id if rating.state is RatingState.READY else "",
        has_ended=rating.sheet.has_ended,
    )
