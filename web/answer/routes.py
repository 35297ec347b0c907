"""Every address a respondent may call, and the page each failure leads to."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from survey.errors import DatabaseUnavailable, LinkNotFound, UnreadableForm
from web.answer import messages
from web.answer.enter import ask_for_code, go_to_code, written_otherwise
from web.answer.guess import hold_guess, reply_not_found
from web.answer.look import read_look
from web.answer.office import OFFICE_PAGES
from web.answer.own import FILE_BYTES, FILE_PAGES, OWN_PAGES
from web.answer.reply import reply_message
from web.answer.screen import show_screen
from web.answer.serve import draw_png, draw_svg, lead_back, show, thank
from web.answer.submit import submit

Handler = Callable[[Request], Awaitable[Response]]

_NOTICES = {
    UnreadableForm: messages.UNREADABLE,
    DatabaseUnavailable: messages.UNAVAILABLE,
}


def answer_routes() -> list[Route]:
    """Return the routes under /a, /q and /s."""
    return [
        Route("/a", ask_for_code, methods=["GET"]),
        Route("/a", go_to_code, methods=["POST"]),
        Route("/a/return", lead_back, methods=["GET"]),
        Route("/a/{code}", _with_pages(show), methods=["GET"]),
        Route("/a/{code}", _with_pages(submit), methods=["POST"]),
        Route("/a/{code}/thanks", _with_pages(thank), methods=["GET"]),
        Route("/q/{code}.svg", _with_pages(draw_svg), methods=["GET"]),
        Route("/q/{code}.png", _with_pages(draw_png), methods=["GET"]),
        *(Route(path, _with_pages(page), methods=[method]) for path, page, method in OFFICE_PAGES),
        *(Route(path, _with_pages(page), methods=[method]) for path, page, method in OWN_PAGES),
        *(
            Route(path, _with_pages(page), methods=["POST"], max_body_size=FILE_BYTES)
            for path, page in FILE_PAGES
        ),
        Route("/s/{code}", _with_pages(show_screen), methods=["GET"]),
    ]


def _with_pages(handler: Handler) -> Handler:
    """Let a failure end in a page of the respondents' frame, in their language."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            elsewhere = written_otherwise(request) or await hold_guess(request)
            return elsewhere or await handler(request)
        except LinkNotFound:
            return await reply_not_found(request)
        except (UnreadableForm, DatabaseUnavailable) as error:
            notice = next(found for kind, found in _NOTICES.items() if isinstance(error, kind))
            return reply_message(request, notice, read_look(request.scope["query_string"]))

    return answer
