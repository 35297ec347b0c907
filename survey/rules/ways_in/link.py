"""Ways in: codes, tokens and their keyed hashes, and what a link leads to."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from survey.rules.audience import Audience
from survey.rules.campaign import Phase, phase_at

CODE_LENGTH = 8
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0 and 1
TOKEN_LENGTH = 22


class LinkKind(StrEnum):
    """How a link lets people in."""

    OPEN = "open"  # a printed public code
    ROTATING = "rotating"  # a public code on a counter's screen, whose address keeps changing
    PERSONAL = "personal"
    CARD = "card"
    RECEIPT = "receipt"
    PARTNER = "partner"  # an office signs, or a unit assesses itself


class LinkState(StrEnum):
    """Whether a link may still be used; an open code stays open."""

    OPEN = "open"
    UNUSED = "unused"
    USED = "used"
    VOID = "void"


WAYS_IN: Mapping[Audience, tuple[LinkKind, ...]] = {
    Audience.STAFF: (LinkKind.PERSONAL, LinkKind.CARD),
    Audience.PARTNER: (LinkKind.PARTNER,),
    Audience.CITIZEN: (LinkKind.OPEN, LinkKind.ROTATING, LinkKind.RECEIPT),
    Audience.SELF: (LinkKind.PARTNER,),
}
PUBLIC_KINDS = frozenset({LinkKind.OPEN, LinkKind.ROTATING})  # used by many, known by a code
MIXED_KINDS = frozenset({LinkKind.PERSONAL, LinkKind.CARD, LinkKind.RECEIPT})  # used once


def is_open_to_all(audience: Audience) -> bool:
    """Whether anyone may answer, so that what arrives may be counted in public."""
    return WAYS_IN[audience][0] in PUBLIC_KINDS


def is_signed(audience: Audience) -> bool:
    """Whether an office puts its name to the answers."""
    return LinkKind.PARTNER in WAYS_IN[audience]


@dataclass(frozen=True, slots=True)
class Way:
    """What a code in an address leads to: one unit in one campaign, by one kind of link.

    A partner link leads to the units its office is to rate: `rater_id`, `rater_name` and
    `quota_place` are the office's, and `rating_pair_id` the unit's that is being rated.
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
    is_kiosk: bool = False
    rater_id: int | None = None
    rater_name: str | None = None
    quota_place: int | None = None
    asked_by: str = ""
    legal_basis: str = ""
    contact: str = ""
    kept_until: date | None = None
    counts_only: bool = False
    statement: str | None = None  # what the unit says of itself
    unit_code: str = ""
    sibling_name: str | None = None  # the unit its sheets join if they are too few


def is_office(way: Way) -> bool:
    """Whether a link is an office's that rates others."""
    return way.kind is LinkKind.PARTNER and way.audience is Audience.PARTNER


def is_own(way: Way) -> bool:
    """Whether a link is a unit's own, to assess itself."""
    return way.kind is LinkKind.PARTNER and way.audience is Audience.SELF


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
