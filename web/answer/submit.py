"""POST /a/{code}: read the raw body, fill a sheet, say what became of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.receive import Collector, Entrance, Outcome, Submission
from survey.errors import DatabaseUnavailable, DuplicateField, UnreadableForm, WriterFull
from survey.rules.answers import FilledSheet, fields_of, fill_sheet
from survey.rules.link import Standing, standing_of
from survey.rules.serving import serving_stamp
from web.answer import messages
from web.answer.look import Look, read_look
from web.answer.prepare import Filling, Problems
from web.answer.reply import RETRY_AFTER, form_address, reply_message, reply_page, see_other
from web.answer.serve import new_sheet_id

SHEET_FIELD, SERVED_FIELD = "@sheet", "@served"  # no item id holds an @
_MOST_FIELDS = 2_000
_SHEET_ID = re.compile(r"[0-9a-f]{32}")


_REFUSALS = {
    Outcome.OTHER_ANSWERS: messages.CONFLICT,
    Outcome.LINK_USED: messages.RECEIVED,
    Outcome.CLOSED: messages.BY_STANDING[Standing.CLOSED],
}


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it came, its sheet's id and stamp apart from the answers."""

    sheet_id: str
    stamp: str
    answers: Sequence[tuple[str, str]]


async def submit(request: Request) -> Response:
    """Take a filled form."""
    posted = read_posted(await request.body())
    collector: Collector = request.app.state.collector
    now: datetime = request.app.state.clock()
    try:
        entrance = await collector.find(request.path_params["code"])
    except DatabaseUnavailable:
        return _hold(request, read_look(request.scope["query_string"]), posted)
    look = read_look(request.scope["query_string"], entrance.questionnaire.languages)
    standing = standing_of(entrance.way, now)
    if standing is Standing.PAUSED:
        return _hold(request, look, posted, messages.HELD)
    if standing is not Standing.OPEN:
        return reply_message(request, messages.BY_STANDING[standing], look, entrance.way)
    return await _store(request, entrance, look, posted, now)


async def _store(
    request: Request, entrance: Entrance, look: Look, posted: Posted, now: datetime
) -> Response:
    sheet = fill_sheet(posted.answers, entrance.questionnaire)
    problems = find_problems(sheet, posted, look)
    if problems is not None:
        return _show_again(request, entrance, look, posted, sheet, problems)
    code = request.path_params["code"]
    submission = Submission(code, UUID(hex=posted.sheet_id), posted.stamp, sheet)
    try:
        outcome = await request.app.state.collector.receive(entrance, submission, now)
    except (WriterFull, DatabaseUnavailable):
        return _hold(request, look, posted)
    if outcome in _REFUSALS:
        return reply_message(request, _REFUSALS[outcome], look, entrance.way)
    return see_other(f"{form_address(request)}/thanks{look.query}")


def read_posted(body: bytes) -> Posted:
    """Return the fields of a form's body; each may stand once."""
    try:
        pairs = _read_pairs(body.decode("ascii"))
    except ValueError as error:
        raise UnreadableForm from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        names = [name for name, _ in pairs]
        raise DuplicateField(field=next(name for name in names if names.count(name) > 1)[:40])
    sheet_id, stamp = fields.pop(SHEET_FIELD, ""), fields.pop(SERVED_FIELD, "")
    if not _SHEET_ID.fullmatch(sheet_id):
        sheet_id = ""
    return Posted(sheet_id, stamp, list(fields.items()))


def _read_pairs(body: str) -> list[tuple[str, str]]:
    """Return the fields of a form, as `parse_qsl` does in four times the time."""
    parts = body.split("&", _MOST_FIELDS) if body else []
    if len(parts) > _MOST_FIELDS:
        raise ValueError("too many fields")
    pairs = []
    for part in filter(None, parts):
        name, _, value = part.partition("=")
        pairs.append((_unquote(name), _unquote(value)))
    return pairs


def _unquote(text: str) -> str:
    return unquote_plus(text, errors="strict") if "%" in text or "+" in text else text


def find_problems(sheet: FilledSheet, posted: Posted, look: Look) -> Problems | None:
    """Return what keeps a sheet from being stored, or None."""
    by_item = {name: look.phrase("answer.problem.missed") for name in sheet.missed}
    by_item |= {
        name.partition("@")[0]: look.phrase("answer.problem.too_long") for name in sheet.too_long
    }
    if by_item:
        return Problems(
            look.phrase("answer.problem.heading", count=len(by_item)),
            look.phrase("answer.problem.advice"),
            by_item,
        )
    if sheet.is_blank:
        return _plain_problem("blank", look)
    return None if posted.sheet_id else _plain_problem("page", look)


def _plain_problem(key: str, look: Look) -> Problems:
    heading, advice = f"answer.problem.{key}.heading", f"answer.problem.{key}.advice"
    return Problems(look.phrase(heading), look.phrase(advice), {})


def _show_again(
    request: Request,
    entrance: Entrance,
    look: Look,
    posted: Posted,
    sheet: FilledSheet,
    problems: Problems,
) -> Response:
    state = request.app.state
    sheet_id, stamp = posted.sheet_id, posted.stamp
    if not sheet_id:
        sheet_id = new_sheet_id()
        code = request.path_params["code"]
        stamp = serving_stamp(state.collector.serving_key, sheet_id, code, state.clock())
    values = fields_of(sheet, entrance.questionnaire)
    filling = Filling(sheet_id, stamp, values, problems)
    return reply_page(request, state.pages.filled_form(entrance, look, filling), 422)


def _hold(
    request: Request, look: Look, posted: Posted, notice: messages.Notice = messages.BUSY
) -> Response:
    """Give the answers back in a page that sends them again under the same sheet id."""
    own = [(SHEET_FIELD, posted.sheet_id), (SERVED_FIELD, posted.stamp)]
    page = request.app.state.pages.busy(notice, look, [*own, *posted.answers])
    return reply_page(request, page, notice.status, RETRY_AFTER)
