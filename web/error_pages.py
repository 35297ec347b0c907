"""Domain error → status and page; the one place that knows both."""

import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from survey import errors
from survey.language import messages
from web.errors import BadForm, NoSuchPage
from web.templating import locale_of, page, screen_phrases

SIGN_IN = "/console/sign-in"
FOR_PROGRAMS = ("/api/", "/readyz")

_STATUS: Mapping[type[Exception], int] = {
    errors.DatabaseUnavailable: 503,
    errors.WriterFull: 503,
    errors.SetupError: 503,
    errors.LinkNotFound: 404,
    errors.UnitNotFound: 404,
    errors.SheetNotFound: 404,
    errors.OfficeNotFound: 404,
    errors.ValueNotFound: 404,
    errors.JobNotFound: 404,
    errors.HandedOutGone: 404,
    errors.ProposalNotFound: 404,
    errors.TokenRefused: 401,
    errors.MayNotChange: 403,
    errors.UnreadableForm: 400,
    BadForm: 400,
    NoSuchPage: 404,
    errors.InputError: 422,
}

_ROWS: Mapping[type[Exception], str] = {
    errors.ManualValuesRefused: "manual_row",
    errors.UnitsRefused: "units_row",
    errors.PairsRefused: "pairs_row",
    errors.RosterRefused: "roster_row",
}

_TITLED = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 500, 503})

_log = logging.getLogger(__name__)


def register_error_pages(app: FastAPI) -> None:
    """Let every error end in a page of the frame, or in JSON on the feed."""
    app.add_exception_handler(errors.NotSignedIn, _ask_to_sign_in)
    app.add_exception_handler(errors.SurveyError, _show_fact)
    app.add_exception_handler(RequestValidationError, _show_bad_query)
    app.add_exception_handler(HTTPException, _show_status)
    app.add_exception_handler(Exception, _show_failure)


def status_of(error: Exception) -> int:
    """Return the status of an error: its class's, or the nearest base's."""
    return next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 409)


def sentence_of(error: errors.SurveyError, locale: str) -> str:
    """Return what an error says, in a language."""
    key = f"errors.{error.code}"
    if messages().has(key, locale):
        return messages().phrase(key, locale, **error.values)
    return screen_phrases().phrase(f"errors_page.{error.code}", locale, **error.values)


def problems_of(error: errors.SurveyError, locale: str) -> list[str]:
    """Return each thing that is wrong in a file: its rows, or its parts, in words."""
    if isinstance(error, errors.TreeFileRefused | errors.UnitsDiffer):
        return [sentence_of(problem, locale) for problem in error.problems]
    if not isinstance(
        error,
        errors.ManualValuesRefused
        | errors.UnitsRefused
        | errors.PairsRefused
        | errors.RosterRefused,
    ):
        return []
    row = next(words for kind, words in _ROWS.items() if isinstance(error, kind))
    return [
        messages().phrase(
            f"errors.{row}",
            locale,
            row=cell.row,
            reason=messages().phrase(f"errors.{cell.code}", locale, **cell.values),
        )
        for cell in error.cells
    ]


async def _ask_to_sign_in(request: Request, _: Exception) -> Response:
    if request.headers.get("hx-request") == "true":
        return Response(status_code=401, headers={"hx-redirect": SIGN_IN})
    if request.method not in ("GET", "HEAD") or request.url.path == "/console/":
        return RedirectResponse(SIGN_IN, 303)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{SIGN_IN}?next={quote(asked, safe='/')}", 303)


async def _show_fact(request: Request, error: Exception) -> Response:
    if not isinstance(error, errors.SurveyError):
        raise error
    locale = locale_of(request)
    return await run_in_threadpool(
        error_page,
        request,
        status_of(error),
        sentence_of(error, locale),
        error.code,
        problems_of(error, locale),
    )


async def _show_bad_query(request: Request, error: Exception) -> Response:
    return await run_in_threadpool(error_page, request, 422, _about_query(request, error))


def _about_query(request: Request, error: Exception) -> str | None:
    """Name the parameter whose value is none of the allowed ones, and those that are."""
    if not isinstance(error, RequestValidationError):
        raise error
    for wrong in error.errors():
        if wrong["type"] == "literal_error":
            parameter, allowed = (
                wrong["loc"][-1],
                re.findall(r"'([^']*)'", wrong["ctx"]["expected"]),
            )
            return screen_phrases().phrase(
                "errors_page.bad_query",
                locale_of(request),
                parameter=parameter,
                allowed=", ".join(allowed),
            )
    return None


async def _show_status(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    shown = await run_in_threadpool(error_page, request, error.status_code)
    shown.headers.update(error.headers or {})
    return shown


async def _show_failure(request: Request, error: Exception) -> Response:
    _log.error("a request failed: %s %s", request.method, type(error).__name__)
    return await run_in_threadpool(error_page, request, 500)


def error_page(
    request: Request,
    status_code: int,
    sentence: str | None = None,
    code: str | None = None,
    problems: Sequence[str] = (),
) -> Response:
    """Return an error in the shape the asker reads."""
    locale = locale_of(request)
    known = status_code if status_code in _TITLED else 400
    title = screen_phrases().phrase(f"errors_page.title_{known}", locale)
    sentence = sentence or screen_phrases().phrase(f"errors_page.text_{known}", locale)
    if request.url.path.startswith(FOR_PROGRAMS):
        code = code or HTTPStatus(status_code).phrase.lower().replace(" ", "_")
        shown: Response = JSONResponse({"error": code, "message": sentence}, status_code)
    else:
        shown = page(
            request,
            "error.html",
            status_code,
            title=title,
            sentence=sentence,
            status=status_code,
            problems=problems,
        )
    if status_code == 503:
        shown.headers["retry-after"] = "5"
    if status_code == 401:
        shown.headers["www-authenticate"] = "Bearer"
    return shown
