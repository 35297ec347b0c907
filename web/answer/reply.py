"""Responses of the answer routes: never stored, compressed where the phone allows it."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from survey.rules.ways_in.link import Way
from web.answer.look import Look
from web.answer.messages import Notice
from web.answer.prepare import Body, Pages, compressed
from web.answer.splice import SplicedPage

RETRY_AFTER = {"retry-after": "5"}
_HTML = "text/html; charset=utf-8"


def reply_form(request: Request, page: SplicedPage, sheet_id: str, stamp: str) -> Response:
    """Answer with a prepared page, a sheet's id and stamp put in."""
    first, second = sheet_id.encode(), stamp.encode()
    if accepts_gzip(request):
        return _reply(request, page.gzipped(first, second), is_gzip=True)
    return _reply(request, page.plain(first, second))


def reply_page(
    request: Request, plain: bytes, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a page made for this request."""
    is_gzip = accepts_gzip(request)
    content = compressed(plain) if is_gzip else plain
    return _reply(request, content, status, is_gzip=is_gzip, headers=headers)


def reply_message(request: Request, notice: Notice, look: Look, way: Way | None = None) -> Response:
    """Answer with a page that only says something."""
    pages: Pages = request.app.state.pages
    body: Body = pages.message(notice, look, form_address(request), way)
    is_gzip = accepts_gzip(request)
    headers = RETRY_AFTER if notice.status == 503 else None
    content = body.gzipped if is_gzip else body.plain
    return _reply(request, content, notice.status, is_gzip=is_gzip, headers=headers)


def see_other(address: str) -> Response:
    """Send the browser on with a GET."""
    return Response(status_code=303, headers={"location": address, "cache-control": "no-store"})


def form_address(request: Request) -> str:
    """Return the address of the questionnaire the request belongs to."""
    return f"/a/{request.path_params['code']}"


def accepts_gzip(request: Request) -> bool:
    """Whether the client takes gzip."""
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        coding, _, parameters = part.strip().partition(";")
        if coding.strip() in ("gzip", "*"):
            return parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _reply(
    request: Request,
    content: bytes,
    status: int = 200,
    *,
    is_gzip: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Response:
    pages: Pages = request.app.state.pages
    sent = {
        "content-type": _HTML,
        "cache-control": "no-store",
        "vary": "accept-encoding",
        "referrer-policy": "same-origin",
        "content-security-policy": pages.content_security_policy,
        **({"content-encoding": "gzip"} if is_gzip else {}),
        **(headers or {}),
    }
    return Response(content, status, sent)
