"""One after the other, where several processes write the same thing."""

from enum import IntEnum

from sqlalchemy import text
from sqlmodel import Session


class Turn(IntEnum):
    """What is written one after the other; the number is the lock's name in PostgreSQL."""

    AUDIT_TRAIL = 0x4D494E59
    SIGN_IN = 0x4D494E5A
    FOUNDING = 0x4D494E5B


def wait_for_turn(session: Session, turn: Turn) -> None:
    """Hold the turn until the transaction ends; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": int(turn)})
