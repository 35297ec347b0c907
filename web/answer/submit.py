"""POST /a/{code}: read the raw body, fill a sheet, say what became of it."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.receive import Collector, Entrance
from survey.errors import DatabaseUnavailable
from survey.rules.sheets.answers import FilledSheet, fields_of, fill_sheet
from survey.rules.ways_in.link import Standing, is_office, is_own, standing_of
from web.answer import messages
from web.answer.form_page import Filling, Problems
from web.answer.look import Look, read_look
from web.answer.on_site import may_finish
from web.answer.paged import turn_page
from web.answer.posted import Posted, read_posted
from web.answer.problems import find_problems
from web.answer.reply import form_address, reply_message, reply_page, see_other
from web.answer.send import hold, send_sheet
from web.answer.serve import new_sheet, seed_of

_FROM_SCRIPT = "x-from-script"


async def submit(request: Request) -> Response:
    """Take a filled form; a script is told where to go on, since it would follow a redirect."""
    reply = await _submit(request)
    if reply.status_code == 303 and _FROM_SCRIPT in request.headers:
        reply.status_code = 204
        reply.headers["x-go"] = reply.headers["location"]
        del reply.headers["location"]
    return reply


async def _submit(request: Request) -> Response:
    posted = read_posted(await request.body())
    collector: Collector = request.app.state.collector
    now: datetime = request.app.state.clock()
    try:
        entrance = await collector.find(request.path_params["code"])
    except DatabaseUnavailable:
        return hold(request, read_look(request.scope["query_string"]), posted)
    look = read_look(request.scope["query_string"], entrance.questionnaire.languages)
    if is_office(entrance.way) or is_own(entrance.way):
        page = "units" if is_office(entrance.way) else "own"
        return see_other(f"{form_address(request)}/{page}{look.query}")
    standing = standing_of(entrance.way, now)
    if standing is Standing.PAUSED:
        return hold(request, look, posted, messages.HELD)
    if standing is not Standing.OPEN:
        return reply_message(request, messages.BY_STANDING[standing], look, entrance.way)
    if not may_finish(request, entrance.way, posted.sheet_id, posted.stamp, now):
        return reply_message(request, messages.TOO_LATE, look, entrance.way)
    if posted.page:
        return await turn_page(request, entrance, look, posted, now)
    sheet = fill_sheet(posted.answers, entrance.questionnaire)
    problems = find_problems(sheet, posted.sheet_id, look)
    if problems is not None:
        return _show_again(request, entrance, look, posted, sheet, problems)
    return await send_sheet(request, entrance, look, posted, sheet, now)


def _show_again(
    request: Request,
    entrance: Entrance,
    look: Look,
    posted: Posted,
    sheet: FilledSheet,
    problems: Problems,
) -> Response:
    sheet_id, stamp = posted.sheet_id, posted.stamp
    if not sheet_id:
        sheet_id, stamp = new_sheet(request)
    values = fields_of(sheet, entrance.questionnaire)
    filling = Filling(sheet_id, stamp, values, problems, seed_of(entrance, sheet_id))
    page = request.app.state.pages.filled_form(entrance, look, filling)
    return reply_page(request, page, 422)
