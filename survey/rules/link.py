"""Ways in: codes, tokens and their keyed hashes, and what a link leads to."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from survey.rules.audience import Audience
from survey.rules.campaign import Phase, phase_at

CODE_LENGTH = 8
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0 and 1
TOKEN_LENGTH = 22


class LinkKind(StrEnum):
    """How a link lets people in."""

    OPEN = "open"
    PERSONAL = "personal"
    PARTNER = "partner"


class LinkState(StrEnum):
    """Whether a link may still be used; an open code stays open."""

    OPEN = "open"
    UNUSED = "unused"
    USED = "used"
    VOID = "void"


ADMITTED_BY: Mapping[Audience, LinkKind] = {
    Audience.STAFF: LinkKind.PERSONAL,
    Audience.PARTNER: LinkKind.PARTNER,
    Audience.CITIZEN: LinkKind.OPEN,
    Audience.SELF: LinkKind.PARTNER,
}


@dataclass(frozen=True, slots=True)
class Way:
    """What a code in an address leads to: one unit in one campaign, by one kind of link.

    `rater_name` is the office a partner link was issued to, else None.
    """

    kind: LinkKind
    link_id: int
    campaign_id: int
    unit_id: int
    unit_name: str
    place: str | None
    audience: Audience
    opens_at: datetime
    closes_at: datetime
    is_paused: bool
    is_wound_up: bool
    questionnaire_version_id: int
    rating_pair_id: int | None
    state: LinkState
    evaluation_name: str
    is_demo: bool = False
    rater_name: str | None = None


def new_code() -> str:
    """Return a public code people can copy from paper: 8 characters without look-alikes."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def new_token() -> str:
    """Return the 128 random bits of a single-use link, in 22 characters fit for an address."""
    return secrets.token_urlsafe(16)


def is_token(code: str) -> bool:
    """Whether a code from an address has the shape of a single-use link's token."""
    return len(code) == TOKEN_LENGTH


def is_code(code: str) -> bool:
    """Whether a code from an address has the shape of a public code, in either case."""
    return len(code) == CODE_LENGTH and code.isascii() and code.isalnum()


def token_hash(link_key: bytes, token: str) -> bytes:
    """Return what is stored of a token: its hash under the links' own key."""
    return hmac.digest(link_key, token.encode(), hashlib.sha256)


class Standing(StrEnum):
    """What somebody who comes by a link meets at an instant."""

    OPEN = "open"
    UPCOMING = "upcoming"
    PAUSED = "paused"
    CLOSED = "closed"
    USED = "used"
    VOID = "void"


def standing_of(way: Way, now: datetime) -> Standing:
    """Return what a link leads to now; once closed, used and unused links look the same."""
    phase = phase_at(way.opens_at, way.closes_at, now, is_paused=way.is_paused)
    if way.is_wound_up or phase is Phase.CLOSED:
        return Standing.CLOSED
    if way.state in (LinkState.USED, LinkState.VOID):
        return Standing(way.state)
    return Standing(phase)
