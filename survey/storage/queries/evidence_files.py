"""Files handed in as evidence: what there is of a unit, without and with the content."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from survey.storage.tables import EvidenceFile


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file without its content."""

    item_id: str
    name: str
    digest: str
    media_type: str
    byte_count: int
    added_at: datetime


def files_of(session: Session, rating_pair_id: int, item_id: str | None = None) -> list[FileInfo]:
    """Return the files of a self-assessment, or of one item, in the order they were handed in."""
    columns: list[Any] = [
        EvidenceFile.item_id,
        EvidenceFile.name,
        EvidenceFile.digest,
        EvidenceFile.media_type,
        func.length(EvidenceFile.content),
        EvidenceFile.added_at,
    ]
    statement = select(*columns).where(EvidenceFile.rating_pair_id == rating_pair_id)
    if item_id is not None:
        statement = statement.where(EvidenceFile.item_id == item_id)
    return [FileInfo(*row) for row in session.exec(statement.order_by(col(EvidenceFile.id)))]


def file_by_digest(session: Session, rating_pair_id: int, digest: str) -> EvidenceFile | None:
    """Return a file with its content."""
    return session.exec(
        select(EvidenceFile)
        .where(EvidenceFile.rating_pair_id == rating_pair_id, EvidenceFile.digest == digest)
        .order_by(col(EvidenceFile.id))
        .limit(1)
    ).first()


def delete_file(session: Session, rating_pair_id: int, item_id: str, digest: str) -> int:
    """Delete a file of an item and return how many there were."""
    done = delete(EvidenceFile).where(
        col(EvidenceFile.rating_pair_id) == rating_pair_id,
        col(EvidenceFile.item_id) == item_id,
        col(EvidenceFile.digest) == digest,
    )
    return session.connection().execute(done).rowcount
