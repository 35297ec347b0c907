"""Who may use the feed: the holder of a token."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlmodel import Session

from survey.errors import TokenRefused
from survey.people import reader_of_token, writer_of_token
from survey.settings import Settings
from web.dependencies import SettingsDep

_bearer = HTTPBearer(auto_error=False, description="minyi user token NAME")


Given = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def feed_reader(request: Request, settings: SettingsDep, given: Given) -> str:
    """Return whose token opens the feed, or raise `TokenRefused`."""
    return await _holder(request, settings, given, reader_of_token)


async def feed_writer(request: Request, settings: SettingsDep, given: Given) -> str:
    """Return whose token may have codes issued: an evaluator's, not an auditor's."""
    return await _holder(request, settings, given, writer_of_token)


async def _holder(
    request: Request,
    settings: Settings,
    given: HTTPAuthorizationCredentials | None,
    holder_of: Callable[[Session, bytes, str], str],
) -> str:
    if given is None:
        raise TokenRefused
    token, key = given.credentials, settings.key("tokens")

    def look_up() -> str:
        with request.app.state.database.reading() as session:
            return holder_of(session, key, token)

    return await run_in_threadpool(look_up)
