"""GET …/own: where a unit's self-assessment stands, and what there is to do."""

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.own_unit import OwnAssessment, own_assessment
from survey.rules.sheets.answers import EVIDENCE_SUFFIX
from survey.rules.sheets.order import shown_items
from survey.rules.ways_in.rating_pairs import RatingState
from web.answer.messages import write_instant
from web.answer.office.desk import Opened, open_own
from web.answer.subject import write_notice
from web.answer.views import Wording

_SAID = ("kept", "signed", "changed")


async def read_own(opened: Opened) -> OwnAssessment:
    """Return what the unit has filled in and handed in so far."""
    return await opened.read(lambda session: own_assessment(session, opened.desk, opened.now))


async def show_overview(request: Request) -> Response:
    """Show what is done, what is left, and who has signed."""
    opened = await open_own(request)
    if isinstance(opened, Response):
        return opened
    own = await read_own(opened)
    rating, questionnaire, look = own.rating, opened.desk.questionnaire, opened.look
    wording = Wording(look, rating.way.unit_name, is_signed=True)
    items = shown_items(questionnaire)
    said = request.query_params.get("said", "")
    values = {
        "questionnaire_title": wording.of(questionnaire.title),
        "unit_name": rating.way.unit_name,
        "opening": wording.of(questionnaire.opening) if questionnaire.opening else "",
        "notice": write_notice(opened.subject, questionnaire, look),
        "more": "",
        "said": said if said in _SAID else "",
        "own": own,
        "state": _state(own),
        "answered": sum(item.id in rating.values for item in items),
        "item_count": len(items),
        "number_count": sum(name.endswith(EVIDENCE_SUFFIX) for name in rating.values),
        "signed": _signed(opened, own),
        "answers_address": opened.address("own", "answers"),
        "sign_address": opened.address("own", "sign"),
    }
    title = f"{rating.way.unit_name} · {wording.of(questionnaire.title)}"
    return opened.page("overview", title, values)


def _state(own: OwnAssessment) -> str:
    """Return the key of what is said about where it stands."""
    rating = own.rating
    if rating.state is RatingState.RETURNED:
        return "returned"
    if own.is_signed_as_it_is:
        return "signed"
    if rating.revision and rating.return_reason is None:
        return "changed"
    return "begun" if rating.is_kept or own.files else "not_yet"


def _signed(opened: Opened, own: OwnAssessment) -> str:
    rating = own.rating
    if not rating.revision or rating.sent_at is None:
        return ""
    return opened.look.phrase(
        "answer.own.signed_at",
        at=write_instant(rating.sent_at, opened.look),
        signer=rating.signed_by or "",
        count=rating.revision,
    )
