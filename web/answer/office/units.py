"""GET …/units: the units an office is to rate, and where each of them stands."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.office import UnitRating
from survey.rules.sheets.answering_time import minutes_to_answer
from survey.rules.ways_in.rating_pairs import RatingState, is_done
from web.answer.messages import write_instant
from web.answer.office.desk import Opened, open_office
from web.answer.serve import new_sheet_id
from web.answer.subject import write_notice

_SAID = ("kept", "sent", "none", "changed")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the list."""

    code: str
    name: str
    state: RatingState
    address: str
    none_address: str  # empty where it was said already
    sent: str = ""
    reason: str = ""
    is_standing: bool = False


async def show_units(request: Request) -> Response:
    """List the units: what is left to do first, then what is done."""
    opened = await open_office(request)
    if isinstance(opened, Response):
        return opened
    ratings = await opened.ratings()
    rows = [_row(opened, rating) for rating in ratings]
    counts = {state.value: sum(row.state is state for row in rows) for state in RatingState}
    questionnaire, look = opened.desk.questionnaire, opened.look
    title = questionnaire.title.get(look.locale) or next(iter(questionnaire.title.values()))
    said = request.query_params.get("said", "")
    values = {
        "questionnaire_title": title,
        "todo": [row for row in rows if not is_done(row.state)],
        "done": [row for row in rows if is_done(row.state)],
        "counts": counts,
        "count": len(rows),
        "done_count": sum(row.is_standing for row in rows),
        "minutes": minutes_to_answer(questionnaire),
        "item_count": len(questionnaire.items),
        "notice": write_notice(opened.subject, questionnaire, look),
        "more": "",
        "said": said if said in _SAID else "",
        "compare_address": opened.address("compare"),
        "items_address": opened.address("items") if len(rows) > 1 else "",
        "sheet_id": new_sheet_id(),
    }
    return opened.page("units", f"{look.phrase('answer.office.units')} · {title}", values)


def _row(opened: Opened, rating: UnitRating) -> UnitRow:
    code, look = rating.way.unit_code, opened.look
    sent = ""
    if rating.revision and rating.sent_at is not None:
        key = "answer.office.sent_again" if rating.revision > 1 else "answer.office.sent_at"
        sent = look.phrase(key, at=write_instant(rating.sent_at, look), count=rating.revision)
    may_say_none = rating.state is not RatingState.NO_DEALINGS
    return UnitRow(
        code=code,
        name=rating.way.unit_name,
        state=rating.state,
        address=opened.address("units", code),
        none_address=opened.address("units", code, "none") if may_say_none else "",
        sent=sent,
        reason=rating.return_reason or "",
        is_standing=rating.is_standing,
    )
