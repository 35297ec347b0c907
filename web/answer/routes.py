"""Every address a respondent may call, and the page each failure leads to."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from survey.errors import DatabaseUnavailable, LinkNotFound, UnreadableForm
from web.answer import messages
from web.answer.look import read_look
from web.answer.reply import reply_message
from web.answer.serve import draw_png, draw_svg, show, thank
from web.answer.submit import submit

Handler = Callable[[Request], Awaitable[Response]]

_NOTICES = {
    LinkNotFound: messages.NOT_FOUND,
    UnreadableForm: messages.UNREADABLE,
    DatabaseUnavailable: messages.UNAVAILABLE,
}


def answer_routes() -> list[Route]:
    """Return the routes under /a/ and /q/."""
    return [
        Route("/a/{code}", _with_pages(show), methods=["GET"]),
        Route("/a/{code}", _with_pages(submit), methods=["POST"]),
        Route("/a/{code}/thanks", _with_pages(thank), methods=["GET"]),
        Route("/q/{code}.svg", _with_pages(draw_svg), methods=["GET"]),
        Route("/q/{code}.png", _with_pages(draw_png), methods=["GET"]),
    ]


def _with_pages(handler: Handler) -> Handler:
    """Let a failure end in a page of the respondents' frame, in their language."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except (LinkNotFound, UnreadableForm, DatabaseUnavailable) as error:
            notice = next(found for kind, found in _NOTICES.items() if isinstance(error, kind))
            return reply_message(request, notice, read_look(request.scope["query_string"]))

    return answer
