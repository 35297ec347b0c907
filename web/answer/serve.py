"""GET /a/{code}, its thanks page and its QR code."""

import os

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.receive import Collector, Entrance
from survey.errors import LinkNotFound
from survey.rules.sheets.order import SEEDS, order_seed_of
from survey.rules.sheets.paging import is_paged
from survey.rules.sheets.serving import serving_stamp
from survey.rules.ways_in.link import (
    PUBLIC_KINDS,
    LinkKind,
    Standing,
    is_code,
    is_office,
    is_own,
    standing_of,
)
from web.answer import drafts
from web.answer.asked import NEW_DRAFT, Asked, read_asked
from web.answer.device import sent_count
from web.answer.form_page import NO_PROBLEMS, Filling
from web.answer.look import Look, read_look
from web.answer.messages import BY_STANDING, ENDED, NOT_ON_SCREEN, RETURN, THANKS
from web.answer.on_site import may_begin
from web.answer.prepare import Body
from web.answer.reply import form_address, reply_form, reply_message, reply_page, see_other
from web.qr import qr_png, qr_svg


async def show(request: Request) -> Response:
    """Serve the questionnaire with a fresh sheet id or as far as it is filled, or say why not."""
    state, query = request.app.state, request.scope["query_string"]
    collector: Collector = state.collector
    entrance = await collector.find(request.path_params["code"])
    look = read_look(query, entrance.questionnaire.languages)
    if is_office(entrance.way) or is_own(entrance.way):
        page = "units" if is_office(entrance.way) else "own"
        return see_other(f"{form_address(request)}/{page}{look.query}")
    standing = standing_of(entrance.way, state.clock())
    if standing is not Standing.OPEN:
        return reply_message(request, BY_STANDING[standing], look, entrance.way)
    asked = read_asked(query)
    if is_paged(entrance.questionnaire) and not entrance.way.is_kiosk:
        kept = await _show_kept(request, entrance, look, asked)
        if kept is not None:
            return kept
    if not may_begin(request, entrance.way, state.clock()):
        return reply_message(request, NOT_ON_SCREEN, look, entrance.way)
    sheet_id, stamp = new_sheet(request, asked.order)
    seed = seed_of(entrance, sheet_id)
    is_public = entrance.way.kind in PUBLIC_KINDS
    has_sent = is_public and sent_count(request, entrance.way) > 0
    page = state.pages.form(entrance, look, seed, has_sent=has_sent)
    return reply_form(request, page, sheet_id, stamp)


async def _show_kept(
    request: Request, entrance: Entrance, look: Look, asked: Asked
) -> Response | None:
    """Serve a page of a draft, or None where there is no draft and the first page is meant."""
    address = form_address(request)
    if asked.draft == NEW_DRAFT:
        return see_other(address + look.query_with(drafts.new_draft_token()))
    token = drafts.draft_token(request, entrance, asked)
    now = request.app.state.clock()
    kept = await drafts.load(request, token, now)
    if drafts.SENT in kept:
        return see_other(f"{address}/thanks{look.query}")
    in_address = token if entrance.way.kind in PUBLIC_KINDS else ""
    if not kept and asked.page > 1:
        return see_other(address + look.query_with(in_address))
    if not kept and (not in_address or not may_begin(request, entrance.way, now)):
        return None
    filling = _filling(request, entrance, kept, asked, in_address)
    return reply_page(request, request.app.state.pages.filled_form(entrance, look, filling), 200)


def _filling(
    request: Request, entrance: Entrance, kept: drafts.Kept, asked: Asked, in_address: str
) -> Filling:
    """Return a page of a draft, or an empty first page that a draft may come from."""
    if kept:
        sheet_id, stamp, reached = (kept[n] for n in (drafts.SHEET, drafts.STAMP, drafts.REACHED))
    else:
        (sheet_id, stamp), reached = new_sheet(request, asked.order), "1"
    page = min(asked.page, int(reached))
    seed = seed_of(entrance, sheet_id)
    go_on_at = int(reached) if page == 1 < int(reached) else 0
    return Filling(sheet_id, stamp, kept, NO_PROBLEMS, seed, page, in_address, go_on_at)


async def thank(request: Request) -> Response:
    """Serve the page that follows a stored sheet."""
    state, query = request.app.state, request.scope["query_string"]
    entrance = await state.collector.find(request.path_params["code"])
    look = read_look(query, entrance.questionnaire.languages)
    has_ended = read_asked(query).has_ended
    if entrance.way.kind in PUBLIC_KINDS:
        return reply_message(request, ENDED if has_ended else THANKS, look, entrance.way)
    standing = standing_of(entrance.way, state.clock())
    if standing is Standing.OPEN:
        return see_other(form_address(request) + look.query)
    notice = ENDED if has_ended and standing is Standing.USED else BY_STANDING[standing]
    return reply_message(request, notice, look, entrance.way)


async def lead_back(request: Request) -> Response:
    """Serve what stands in the address of a single-use link's page, to be passed on without harm.

    Where script runs, the browser that the link was opened in goes on to it.
    """
    look = read_look(request.scope["query_string"])
    page: Body = request.app.state.pages.message(RETURN, look)
    return reply_page(request, page.plain, RETURN.status)


async def draw_svg(request: Request) -> Response:
    """Serve an open code's QR as SVG."""
    return Response(qr_svg(await _address(request)), media_type="image/svg+xml")


async def draw_png(request: Request) -> Response:
    """Serve an open code's QR as PNG."""
    return Response(qr_png(await _address(request)), media_type="image/png")


def new_sheet(request: Request, seed: int | None = None) -> tuple[str, str]:
    """Return a new sheet's id and the stamp of its serving; a seed asks for an order of items."""
    state, sheet_id = request.app.state, new_sheet_id()
    if seed is not None:
        number = int(sheet_id, 16)
        sheet_id = f"{number - number % SEEDS + seed:032x}"
    code = request.path_params["code"]
    return sheet_id, serving_stamp(state.collector.serving_key, sheet_id, code, state.clock())


def new_sheet_id() -> str:
    """Return 128 random bits as 32 letters."""
    return os.urandom(16).hex()


def seed_of(entrance: Entrance, sheet_id: str) -> int | None:
    """Return the seed of a sheet's item order; None where the items are not shuffled."""
    return order_seed_of(sheet_id) if entrance.questionnaire.shuffle else None


async def _address(request: Request) -> str:
    state, code = request.app.state, request.path_params["code"]
    if not is_code(code):
        raise LinkNotFound  # a single-use link is drawn once, where it is issued
    if (await state.collector.find(code)).way.kind is not LinkKind.OPEN:
        raise LinkNotFound  # a screen draws its own code, which keeps changing
    return f"{state.settings.public_origin}/a/{code}"
