"""Where the draft of a respondent lies: under the link's own token, or one in the address."""

import asyncio
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from starlette.requests import Request

from survey.collect.draft import draft_place, erase_draft, load_draft, save_draft
from survey.collect.receive import Entrance
from survey.rules.ways_in.link import PUBLIC_KINDS
from survey.sealing import SealedPlace
from web.answer.asked import NEW_DRAFT, Asked

SHEET, STAMP, REACHED, SENT = "@sheet", "@served", "@reached", "@sent"  # no item id starts so

Kept = Mapping[str, str]


def draft_token(request: Request, entrance: Entrance, asked: Asked) -> str:
    """Return the secret a draft is found by; empty where there can be none yet."""
    if entrance.way.kind in PUBLIC_KINDS:
        return "" if asked.draft == NEW_DRAFT else asked.draft
    code: str = request.path_params["code"]
    return code


def new_draft_token() -> str:
    """Return the secret of an open code's draft; we store nothing it can be made from."""
    return secrets.token_urlsafe(16)


async def load(request: Request, token: str, now: datetime) -> dict[str, str]:
    """Return what a draft holds, nothing where there is none."""
    if not token:
        return {}

    def read() -> dict[str, str]:
        with request.app.state.database.reading() as session:
            return load_draft(session, _place(request, token), now) or {}

    return await asyncio.to_thread(read)


async def save(request: Request, token: str, campaign_id: int, fields: Kept, now: datetime) -> None:
    """Keep a draft, durably."""

    def write() -> None:
        with request.app.state.database.writing() as session:
            save_draft(session, _place(request, token), campaign_id, fields, now)

    await asyncio.to_thread(write)


async def forget(request: Request, token: str) -> None:
    """Erase a draft that was sent."""

    def write() -> None:
        with request.app.state.database.writing() as session:
            erase_draft(session, _place(request, token))

    await asyncio.to_thread(write)


def digest_of(answers: Sequence[tuple[str, str]]) -> str:
    """Return what tells whether the same page is sent again, and nothing of its answers."""
    salted = repr(sorted(answers)).encode()
    return hashlib.sha256(salted).hexdigest()


def _place(request: Request, token: str) -> SealedPlace:
    return draft_place(request.app.state.settings.key("drafts"), token)
