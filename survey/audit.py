"""Who did what: one entry for each deed, in the deed's own transaction, chained by hash."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from survey.storage.queries.people import audit_entries, last_audit_entry
from survey.storage.tables import AuditEntry
from survey.storage.turns import Turn, wait_for_turn

BEGINNING = "sha256:" + "0" * 64


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    subject: str,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry to the trail."""
    wait_for_turn(session, Turn.AUDIT_TRAIL)
    last = last_audit_entry(session)
    entry = AuditEntry(
        at=now,
        actor=actor,
        action=action,
        subject=subject,
        details=dict(details or {}),
        previous_digest=last.digest if last is not None else BEGINNING,
        digest="",
    )
    entry.digest = digest_of(entry)
    session.add(entry)
    session.flush()
    return entry


def digest_of(entry: AuditEntry) -> str:
    """Return the digest over an entry and the one before it."""
    content = json.dumps(
        [
            entry.previous_digest,
            entry.at.astimezone(UTC).isoformat(),
            entry.actor,
            entry.action,
            entry.subject,
            entry.details,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    return "sha256:" + hashlib.sha256(content.encode()).hexdigest()


def is_whole(session: Session) -> bool:
    """Whether no entry was altered, and none taken out between two others."""
    previous = BEGINNING
    for entry in audit_entries(session):
        if entry.previous_digest != previous or entry.digest != digest_of(entry):
            return False
        previous = entry.digest
    return True
