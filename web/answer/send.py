"""Send: hand a sheet that nothing keeps from it to the collector, and answer what became of it."""

from datetime import datetime
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.receive import Entrance, Outcome, Submission
from survey.errors import DatabaseUnavailable, WriterFull
from survey.rules.sheets.answers import FilledSheet
from survey.rules.ways_in.link import PUBLIC_KINDS, Standing
from web.answer import messages
from web.answer.device import remember_sending
from web.answer.guard import judge_arrival, purpose_of
from web.answer.look import Look
from web.answer.posted import Posted
from web.answer.proof import PROVE_SHEET, ask_for_proof
from web.answer.reply import RETRY_AFTER, form_address, reply_message, reply_page, see_other
from web.errors import ProofWanted

_REFUSALS = {
    Outcome.OTHER_ANSWERS: messages.CONFLICT,
    Outcome.LINK_USED: messages.RECEIVED,
    Outcome.CLOSED: messages.BY_STANDING[Standing.CLOSED],
}


async def send_sheet(
    request: Request,
    entrance: Entrance,
    look: Look,
    posted: Posted,
    sheet: FilledSheet,
    now: datetime,
) -> Response:
    """Store a sheet that nothing keeps from it, then redirect."""
    code, sheet_id = request.path_params["code"], UUID(hex=posted.sheet_id)
    try:
        marks = await judge_arrival(request, entrance, posted.sheet_id, posted.credentials, now)
        submission = Submission(code, sheet_id, posted.stamp, sheet, marks)
        outcome = await request.app.state.collector.receive(entrance, submission, now)
    except (WriterFull, DatabaseUnavailable):
        return hold(request, look, posted)
    except ProofWanted as wanted:
        return _ask_for_proof(request, look, posted, wanted)
    if outcome in _REFUSALS:
        return reply_message(request, _REFUSALS[outcome], look, entrance.way)
    end = look.query_with(has_ended=sheet.has_ended)
    thanks = see_other(f"{form_address(request)}/thanks{end}")
    if entrance.way.kind in PUBLIC_KINDS:
        remember_sending(thanks, request, entrance.way, now)
    return thanks


def hold(
    request: Request, look: Look, posted: Posted, notice: messages.Notice = messages.BUSY
) -> Response:
    """Give the answers back in a page that sends them again under the same sheet id."""
    page = request.app.state.pages.busy(notice, look, posted.fields)
    return reply_page(request, page, notice.status, RETRY_AFTER)


def _ask_for_proof(request: Request, look: Look, posted: Posted, wanted: ProofWanted) -> Response:
    """Give the answers back in a page that sends them again with a proof."""
    purpose = purpose_of(request, posted.sheet_id)
    is_word_wrong = bool(wanted.values.get("is_word_wrong"))
    return ask_for_proof(
        request, PROVE_SHEET, look, purpose, posted.fields, is_word_wrong=is_word_wrong
    )
