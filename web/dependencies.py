"""What a route may ask for: a session, the officer, the present instant, a form, the language."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.concurrency import contextmanager_in_threadpool, run_in_threadpool
from sqlmodel import Session
from starlette.responses import HTMLResponse

from survey.errors import MayNotChange, NotSignedIn
from survey.people import SignedIn, is_worth_noting, note_seen, signed_in
from survey.settings import Settings
from web.forms import Form, read_form
from web.same_site import SAFE_METHODS
from web.templating import locale_of, page, screen_phrases


@asynccontextmanager
async def writing(request: Request) -> AsyncIterator[Session]:
    """Open the writing transaction of a request.

    Requests take their turn on the event loop: one that waited in a thread for the
    database's write lock could hold the very thread the lock's owner needs to go on.
    """
    state = request.app.state
    async with state.writing_turn, contextmanager_in_threadpool(state.database.writing()) as made:
        yield made


async def _session(request: Request) -> AsyncIterator[Session]:
    if request.method in SAFE_METHODS:
        reading = request.app.state.database.reading()
        async with contextmanager_in_threadpool(reading) as session:
            yield session
    else:
        async with writing(request) as session:
            yield session


def _now(request: Request) -> datetime:
    now: datetime = request.app.state.clock()
    return now


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


NowDep = Annotated[datetime, Depends(_now)]
SettingsDep = Annotated[Settings, Depends(_settings)]
LocaleDep = Annotated[str, Depends(locale_of)]
FormDep = Annotated[Form, Depends(read_form)]
SessionDep = Annotated[Session, Depends(_session, scope="function")]


def session_cookie(settings: Settings) -> str:
    """Return the name of the officers' cookie: bound to the host wherever there is encryption."""
    return "__Host-minyi" if settings.public_origin.startswith("https:") else "minyi_session"


async def signed_in_officer(request: Request, now: NowDep, settings: SettingsDep) -> SignedIn:
    """Return who sent the request, or raise `NotSignedIn`; notes at most once a minute."""
    token = request.cookies.get(session_cookie(settings))
    if not token:
        raise NotSignedIn
    key = settings.key("sessions")

    def look_up() -> SignedIn:
        with request.app.state.database.reading() as session:
            return signed_in(session, key, token, now)

    officer = await run_in_threadpool(look_up)
    if is_worth_noting(officer, now):
        async with writing(request) as session:
            await run_in_threadpool(note_seen, session, key, token, now)
    request.state.officer = officer
    return officer


async def officer_if_any(request: Request, now: NowDep, settings: SettingsDep) -> None:
    """Let the frame of a public page name whoever is signed in."""
    with suppress(NotSignedIn):
        await signed_in_officer(request, now, settings)


SignedInDep = Annotated[SignedIn, Depends(signed_in_officer)]


def officer_for_this(request: Request, officer: SignedInDep) -> SignedIn:
    """Return the officer, who may change things if the request does."""
    if request.method not in SAFE_METHODS and not officer.may_change:
        raise MayNotChange
    return officer


OfficerDep = Annotated[SignedIn, Depends(officer_for_this)]


class Templates:
    """Pages and sentences in the language of one request."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.locale = locale_of(request)

    def page(self, template: str, status_code: int = 200, /, **values: Any) -> HTMLResponse:
        """Render a page in its frame."""
        return page(self._request, template, status_code, **values)

    def text(self, key: str, **values: object) -> str:
        """Return a screen text in the language of the request."""
        return screen_phrases().phrase(key, self.locale, **values)


TemplatesDep = Annotated[Templates, Depends(Templates)]
