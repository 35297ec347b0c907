"""Officers: add one, sign in and out, hand out keys to the feed."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete
from sqlmodel import Session, col

from survey.audit import record
from survey.errors import MayNotChange, NameTaken, NotSignedIn, OfficerNotFound, TokenRefused
from survey.passwords import hash_password
from survey.storage.queries.people import (
    failures,
    officer_by_name,
    officer_of_session,
    officer_of_token,
)
from survey.storage.tables import ApiToken, Officer, OfficerSession, SignInFailure
from survey.storage.turns import Turn, wait_for_turn

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
CLOCK_SKEW = timedelta(minutes=5)
NOTED_EVERY = timedelta(minutes=1)
LOCKED_FOR = timedelta(minutes=15)
MOST_FAILURES = 5
TOKEN_PREFIX = "minyi_"


class Role(StrEnum):
    """What an officer may do: everything, or read everything and change nothing."""

    EVALUATOR = "evaluator"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The officer of a request, and when the browser was last seen."""

    name: str
    role: Role
    seen_at: datetime

    @property
    def may_change(self) -> bool:
        """Whether this officer may change anything."""
        return self.role is Role.EVALUATOR


def add_officer(
    session: Session, *, name: str, password: str, role: Role, now: datetime, actor: str
) -> None:
    """Make an account."""
    if officer_by_name(session, name) is not None:
        raise NameTaken(name=name)
    session.add(
        Officer(name=name, role=role, password_hash=hash_password(password), created_at=now)
    )
    record(
        session, actor=actor, action="officer.added", subject=name, now=now, details={"role": role}
    )


def has_officer(session: Session, name: str) -> bool:
    """Whether there is an account of that name."""
    return officer_by_name(session, name) is not None


def set_password(
    session: Session, *, name: str, password_hash: str, now: datetime, actor: str
) -> None:
    """Change a password; every browser signed in under the name is signed out."""
    officer = _officer(session, name)
    officer.password_hash = password_hash
    _end_all(session, officer)
    record(session, actor=actor, action="officer.password_changed", subject=name, now=now)


def disable_officer(session: Session, *, name: str, now: datetime, actor: str) -> None:
    """Close an account; every browser signed in under the name is signed out."""
    officer = _officer(session, name)
    officer.is_disabled = True
    _end_all(session, officer)
    record(session, actor=actor, action="officer.disabled", subject=name, now=now)


def password_hash_of(session: Session, name: str) -> str | None:
    """Return what a password is compared with; nothing for an unknown or closed account."""
    officer = officer_by_name(session, name)
    return None if officer is None or officer.is_disabled else officer.password_hash


def begin_attempt(session: Session, keys: Sequence[bytes], now: datetime) -> bool:
    """Count a try before its password is looked at; whether it may be looked at.

    Counting first leaves no gap for tries sent at the same instant.
    """
    wait_for_turn(session, Turn.SIGN_IN)
    counted = {failure.key: failure for failure in failures(session, keys)}
    for failure in counted.values():
        if now - failure.last_at >= LOCKED_FOR:
            failure.count = 0
    if any(failure.count >= MOST_FAILURES for failure in counted.values()):
        return False
    for key in keys:
        failure = counted.get(key) or SignInFailure(key=key, count=0, last_at=now)
        failure.count += 1
        failure.last_at = now
        session.add(failure)
    session.flush()
    return True


def sign_in(
    session: Session, *, name: str, key: bytes, tries: Sequence[bytes], now: datetime
) -> str:
    """Begin a session after the right password; return its token, which is not kept.

    `tries` are the keys the attempt was counted under, the account's first.
    """
    _forgive(session, tries)
    officer = _officer(session, name)
    token = secrets.token_urlsafe(32)
    session.add(
        OfficerSession(
            token_hash=_hash(key, token), officer_id=officer.id or 0, created_at=now, seen_at=now
        )
    )
    record(session, actor=name, action="officer.signed_in", subject=name, now=now)
    return token


def signed_in(session: Session, key: bytes, token: str, now: datetime) -> SignedIn:
    """Return the officer of a session's token, or raise `NotSignedIn`."""
    found = officer_of_session(session, _hash(key, token))
    if found is None:
        raise NotSignedIn
    officer, known = found
    is_over = now - known.seen_at >= IDLE or now - known.created_at >= LONGEST
    is_from_the_future = known.seen_at - now > CLOCK_SKEW
    if is_over or is_from_the_future or officer.is_disabled:
        raise NotSignedIn
    return SignedIn(officer.name, Role(officer.role), known.seen_at)


def is_worth_noting(officer: SignedIn, now: datetime) -> bool:
    """Whether the last sight of a browser is so old that a new one is written down."""
    return now - officer.seen_at >= NOTED_EVERY


def note_seen(session: Session, key: bytes, token: str, now: datetime) -> None:
    """Remember that a session is in use, unless it has ended meanwhile."""
    found = officer_of_session(session, _hash(key, token))
    if found is not None:
        found[1].seen_at = now


def end_session(session: Session, key: bytes, token: str) -> None:
    """Sign a browser out."""
    session.execute(
        delete(OfficerSession).where(col(OfficerSession.token_hash) == _hash(key, token))
    )


def issue_token(session: Session, *, name: str, key: bytes, now: datetime, actor: str) -> str:
    """Return a new key to the feed; only its hash is kept."""
    officer = _officer(session, name)
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            name=name, token_hash=_hash(key, token), officer_id=officer.id or 0, created_at=now
        )
    )
    record(session, actor=actor, action="token.issued", subject=name, now=now)
    return token


def reader_of_token(session: Session, key: bytes, token: str) -> str:
    """Return the name of the officer a feed token belongs to, or raise `TokenRefused`."""
    officer = officer_of_token(session, _hash(key, token))
    if officer is None or officer.is_disabled:
        raise TokenRefused
    return officer.name


def writer_of_token(session: Session, key: bytes, token: str) -> str:
    """Return the name of the officer of a token who may change things, or raise."""
    name = reader_of_token(session, key, token)
    if Role(_officer(session, name).role) is not Role.EVALUATOR:
        raise MayNotChange
    return name


def _forgive(session: Session, tries: Sequence[bytes]) -> None:
    """Forget the account's slips, and take them off what its network is counted for."""
    wait_for_turn(session, Turn.SIGN_IN)
    counted = {failure.key: failure for failure in failures(session, tries)}
    slips = counted[tries[0]].count
    for failure in counted.values():
        failure.count = max(0, failure.count - slips)


def _hash(key: bytes, token: str) -> bytes:
    return hmac.digest(key, token.encode(), hashlib.sha256)


def _officer(session: Session, name: str) -> Officer:
    officer = officer_by_name(session, name)
    if officer is None:
        raise OfficerNotFound(name=name)
    return officer


def _end_all(session: Session, officer: Officer) -> None:
    session.execute(delete(OfficerSession).where(col(OfficerSession.officer_id) == officer.id))
