"""GET /a/{code}, its thanks page and its QR code."""

import os

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.receive import Collector
from survey.errors import LinkNotFound
from survey.rules.link import LinkKind, Standing, is_token, standing_of
from survey.rules.serving import serving_stamp
from web.answer.look import read_look
from web.answer.messages import BY_STANDING, THANKS
from web.answer.reply import form_address, reply_form, reply_message, see_other
from web.qr import qr_png, qr_svg


async def show(request: Request) -> Response:
    """Serve the questionnaire with a fresh sheet id, or say why not."""
    state, code = request.app.state, request.path_params["code"]
    collector: Collector = state.collector
    entrance = await collector.find(code)
    look = read_look(request.scope["query_string"], entrance.questionnaire.languages)
    now = state.clock()
    standing = standing_of(entrance.way, now)
    if standing is not Standing.OPEN:
        return reply_message(request, BY_STANDING[standing], look, entrance.way)
    sheet_id = new_sheet_id()
    stamp = serving_stamp(collector.serving_key, sheet_id, code, now)
    return reply_form(request, state.pages.form(entrance, look), sheet_id, stamp)


async def thank(request: Request) -> Response:
    """Serve the page that follows a stored sheet."""
    state, code = request.app.state, request.path_params["code"]
    entrance = await state.collector.find(code)
    look = read_look(request.scope["query_string"], entrance.questionnaire.languages)
    if entrance.way.kind is LinkKind.OPEN:
        return reply_message(request, THANKS, look, entrance.way)
    standing = standing_of(entrance.way, state.clock())
    if standing is Standing.OPEN:
        return see_other(form_address(request) + look.query)
    return reply_message(request, BY_STANDING[standing], look, entrance.way)


async def draw_svg(request: Request) -> Response:
    """Serve an open code's QR as SVG."""
    return Response(qr_svg(await _address(request)), media_type="image/svg+xml")


async def draw_png(request: Request) -> Response:
    """Serve an open code's QR as PNG."""
    return Response(qr_png(await _address(request)), media_type="image/png")


def new_sheet_id() -> str:
    """Return 128 random bits as 32 letters."""
    return os.urandom(16).hex()


async def _address(request: Request) -> str:
    state, code = request.app.state, request.path_params["code"]
    if is_token(code):
        raise LinkNotFound  # a personal link is drawn once, where it is issued
    await state.collector.find(code)
    return f"{state.settings.public_origin}/a/{code}"
