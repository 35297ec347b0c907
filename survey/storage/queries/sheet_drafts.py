"""Drafts of sheets: one by its key, and those that have lain there too long."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from survey.storage.tables import SheetDraft, table_of

_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def draft_by_key(session: Session, draft_key: bytes) -> SheetDraft | None:
    """Return a draft, sealed as it lies there."""
    of_key = col(SheetDraft.draft_key) == draft_key
    return session.exec(
        select(SheetDraft).where(of_key).execution_options(populate_existing=True)
    ).one_or_none()


def put_draft(
    session: Session,
    draft_key: bytes,
    campaign_id: int,
    sealed: bytes,
    expires_at: datetime,
    rating_pair_id: int | None = None,
) -> None:
    """Put a draft under its key, in place of what was there."""
    connection = session.connection()
    values = {
        "campaign_id": campaign_id,
        "sealed": sealed,
        "expires_at": expires_at,
        "rating_pair_id": rating_pair_id,
    }
    insert = _INSERT[connection.dialect.name](table_of(SheetDraft))
    connection.execute(
        insert.values(draft_key=draft_key, **values).on_conflict_do_update(
            index_elements=["draft_key"], set_=values
        )
    )


def delete_draft(session: Session, draft_key: bytes) -> None:
    """Delete a draft, if there is one."""
    session.connection().execute(delete(SheetDraft).where(col(SheetDraft.draft_key) == draft_key))


def delete_drafts_of(session: Session, campaign_id: int) -> None:
    """Delete every draft of a campaign."""
    session.connection().execute(
        delete(SheetDraft).where(col(SheetDraft.campaign_id) == campaign_id)
    )


def has_drafts_before(session: Session, now: datetime) -> bool:
    """Whether a draft has lain there too long."""
    old = select(SheetDraft.draft_key).where(col(SheetDraft.expires_at) <= now)
    return session.exec(old.limit(1)).first() is not None


def delete_drafts_before(session: Session, now: datetime) -> int:
    """Delete the drafts that have lain there too long, and return how many."""
    old = delete(SheetDraft).where(col(SheetDraft.expires_at) <= now)
    return session.connection().execute(old).rowcount
