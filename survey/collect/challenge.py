"""Challenges: a small sum for the phone (ALTCHA), for one code and one sheet, solved once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import randbelow
from typing import Any

import altcha
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from survey.errors import ProofRefused
from survey.rules.sheets.serving import ten_minutes_of
from survey.storage.database import Database
from survey.storage.tables import SpentChallenge

VALID_FOR = timedelta(minutes=30)
_ALGORITHM, _ROUNDS = "PBKDF2/SHA-256", 1_000
_LEAST_TRIES, _MORE_TRIES = 100, 200  # a phone makes some hundred tries in a second
_LONGEST_PROOF = 4_000
_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge that was solved: what it is known by, and until when it is good."""

    challenge_hash: bytes
    expires_at: datetime


def make_challenge(key: bytes, purpose: str, now: datetime) -> str:
    """Return a challenge as the phone reads it; `purpose` names the code and the sheet."""
    made = altcha.create_challenge(
        _ALGORITHM,
        _ROUNDS,
        counter=_LEAST_TRIES + randbelow(_MORE_TRIES),
        key_prefix_length=16,
        data={"for": purpose, "until": int((now + VALID_FOR).timestamp())},
        hmac_secret=key,
    )
    return json.dumps(made.to_dict())


def check_proof(key: bytes, payload: str, purpose: str, now: datetime) -> Proof:
    """Return a solved challenge, or raise `ProofRefused`; it has not been spent yet."""
    try:
        solved = altcha.Payload.from_base64(payload[:_LONGEST_PROOF])
        asked = dict(solved.challenge.parameters.data or {})
        is_solved = altcha.verify_solution(solved, key).verified
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProofRefused from error
    if not is_solved or asked.get("for") != purpose:
        raise ProofRefused
    expires_at = datetime.fromtimestamp(asked["until"], UTC)
    if now >= expires_at:
        raise ProofRefused
    signature = str(solved.challenge.signature)
    return Proof(sha256(signature.encode()).digest(), expires_at)


def spend(session: Session, proof: Proof) -> None:
    """Spend a proof, or raise `ProofRefused` where somebody has; the database decides.

    It is kept until the end of the ten minutes it expires in: no finer time beside a sheet.
    """
    connection = session.connection()
    insert = _INSERTS[connection.dialect.name](SpentChallenge)
    kept_until = ten_minutes_of(proof.expires_at + timedelta(minutes=10, microseconds=-1))
    row = {"challenge_hash": proof.challenge_hash, "expires_at": kept_until}
    spent = connection.execute(
        insert.values(row).on_conflict_do_nothing().returning(col(SpentChallenge.challenge_hash))
    )
    if spent.first() is None:
        raise ProofRefused


def forget_expired_challenges(database: Database, now: datetime) -> int:
    """Erase spent challenges that nobody could use any more, and return how many."""
    is_over = col(SpentChallenge.expires_at) <= now
    with database.reading() as session:
        if session.exec(select(SpentChallenge).where(is_over).limit(1)).first() is None:
            return 0
    with database.writing() as session:
        return session.connection().execute(delete(SpentChallenge).where(is_over)).rowcount
