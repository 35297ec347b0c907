"""GET /s/{code}.{secret}: the page of a counter's screen, whose QR code keeps changing."""

import base64

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.receive import Collector
from survey.errors import LinkNotFound
from survey.rules.sheets.serving import LOCAL_TIME
from survey.rules.ways_in.link import LinkKind, Standing, standing_of
from survey.rules.ways_in.rotating import ADMITTED_FOR, SHOWN_FOR, is_screen_secret, new_ticket
from web.qr import qr_svg
from web.templating import page


async def show_screen(request: Request) -> Response:
    """Show a fresh code; the page asks for the next one by itself, with or without script."""
    state = request.app.state
    code, _, secret = request.path_params["code"].partition(".")
    key, now = state.settings.key("screens"), state.clock()
    if not is_screen_secret(key, code, secret):
        raise LinkNotFound
    collector: Collector = state.collector
    way = (await collector.find(code)).way
    if way.kind is not LinkKind.ROTATING:
        raise LinkNotFound
    standing = standing_of(way, now)
    address = f"{state.settings.public_origin}/a/{code}.{new_ticket(key, code, now)}"
    return page(
        request,
        "answer/screen.html",
        way=way,
        standing=standing.value,
        is_open=standing is Standing.OPEN,
        qr=base64.b64encode(qr_svg(address)).decode(),
        shown_seconds=int(SHOWN_FOR.total_seconds()),
        valid_minutes=int(ADMITTED_FOR.total_seconds()) // 60,
        renews_at=(now + SHOWN_FOR).astimezone(LOCAL_TIME).strftime("%H:%M"),
        address=request.url.path,
    )
