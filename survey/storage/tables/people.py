"""Officer, OfficerSession, SignInFailure, ApiToken, AuditEntry: who may act, and who did what."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


class Officer(SQLModel, table=True):
    """An account of the evaluation office."""

    __tablename__ = "officer"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    role: str = "evaluator"
    password_hash: str
    is_disabled: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class OfficerSession(SQLModel, table=True):
    """A signed-in browser; the cookie holds the token, the table only its hash."""

    __tablename__ = "session"

    token_hash: bytes = Field(primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class SignInFailure(SQLModel, table=True):
    """Wrong passwords for a name, or from an address prefix; both known by a keyed hash only.

    Names that do not exist are counted like those that do, so that nobody learns which exist.
    """

    __tablename__ = "sign_in_failure"

    key: bytes = Field(primary_key=True)
    count: int
    last_at: datetime = Field(sa_type=UtcDateTime)


class ApiToken(SQLModel, table=True):
    """A key to the feed; shown once, kept as a hash."""

    __tablename__ = "api_token"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    token_hash: bytes = Field(unique=True)
    officer_id: int = Field(foreign_key="officer.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AuditEntry(SQLModel, table=True):
    """Who did what, when, to which object; chained by hash."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str
    action: str
    subject: str
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    previous_digest: str
    digest: str
