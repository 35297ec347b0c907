"""Who may read the feed: the holder of a token."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from survey.errors import TokenRefused
from survey.people import reader_of_token
from web.dependencies import SettingsDep

_bearer = HTTPBearer(auto_error=False, description="minyi user token NAME")


async def feed_reader(
    request: Request,
    settings: SettingsDep,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> str:
    """Return whose token opens the feed, or raise `TokenRefused`."""
    if given is None:
        raise TokenRefused
    token, key = given.credentials, settings.key("tokens")

    def look_up() -> str:
        with request.app.state.database.reading() as session:
            return reader_of_token(session, key, token)

    return await run_in_threadpool(look_up)
