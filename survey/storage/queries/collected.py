"""Collected sheets of a campaign, with all that the rules of validity read; and restored ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import literal, null
from sqlmodel import Session, col, func, select

from survey.rules.audience import Audience
from survey.rules.ways_in.channel import ENTERED
from survey.rules.ways_in.link import is_signed
from survey.storage.keys import key_of
from survey.storage.queries.ratings import is_newest, newest_revisions
from survey.storage.tables import AnswerSheet, Campaign, OfficeSheet, RatingPair, RestoredSheet


@dataclass(frozen=True, eq=False)
class CollectedSheets:
    """Sheets of a campaign, one a row: unit ids (n,), packed answers (n, m), seconds' buckets.

    A bucket is NaN where the time is not known. `ids` are None unless they were asked for.
    """

    unit_ids: NDArray[np.int64]
    packed: NDArray[np.uint8]
    seconds_buckets: NDArray[np.float64]
    bucket_at: NDArray[np.int64]  # microseconds; of offices 0
    places: NDArray[np.object_]
    channels: NDArray[np.object_]  # None where it is not kept
    arrival_marks: NDArray[np.uint8]
    is_restored: NDArray[np.bool_]
    ids: Sequence[UUID] | None
    raters: NDArray[np.int64] | None = None  # the named offices that sent the sheets

    def of(self, rows: NDArray[Any]) -> "CollectedSheets":
        """Return some of the sheets."""
        ids = None
        if self.ids is not None:
            ids = [self.ids[place] for place in np.arange(len(self.unit_ids))[rows]]
        return CollectedSheets(
            self.unit_ids[rows],
            self.packed[rows],
            self.seconds_buckets[rows],
            self.bucket_at[rows],
            self.places[rows],
            self.channels[rows],
            self.arrival_marks[rows],
            self.is_restored[rows],
            ids,
            None if self.raters is None else self.raters[rows],
        )


def collected_sheets(
    session: Session, campaign: Campaign, *, with_ids: bool = False
) -> CollectedSheets:
    """Return a campaign's sheets as far as they may be counted; of an office the latest revision.

    Held batches come after the winding up only, and ids only if asked for or if one was restored.
    """
    if is_signed(Audience(campaign.audience)):
        return _office_sheets(session, key_of(campaign))
    is_wound_up = campaign.wound_up_at is not None
    return _anonymous_sheets(session, key_of(campaign), include_held=is_wound_up, with_ids=with_ids)


def arrival_counts(
    session: Session, campaign_id: int
) -> Sequence[tuple[datetime, int, str | None, int]]:
    """Return (bucket, unit, place, sheets) of a campaign's open codes, the earliest first."""
    return session.exec(
        select(AnswerSheet.bucket_at, AnswerSheet.unit_id, AnswerSheet.place, func.count())
        .where(
            AnswerSheet.campaign_id == campaign_id,
            func.coalesce(AnswerSheet.channel, "").not_in(ENTERED),
        )
        .group_by(col(AnswerSheet.bucket_at), col(AnswerSheet.unit_id), col(AnswerSheet.place))
        .order_by(col(AnswerSheet.bucket_at))
    ).all()


def restored_ids(session: Session, campaign_id: int) -> set[UUID]:
    """Return the sheets of a campaign that were restored."""
    return set(
        session.exec(
            select(RestoredSheet.sheet_id).where(RestoredSheet.campaign_id == campaign_id)
        ).all()
    )


def restored_sheets(session: Session, campaign_id: int) -> Sequence[RestoredSheet]:
    """Return every restoring of a campaign, in the order of random ids."""
    return session.exec(
        select(RestoredSheet)
        .where(RestoredSheet.campaign_id == campaign_id)
        .order_by(col(RestoredSheet.unit_id), col(RestoredSheet.sheet_id))
    ).all()


def _anonymous_sheets(
    session: Session, campaign_id: int, *, include_held: bool, with_ids: bool
) -> CollectedSheets:
    restored = restored_ids(session, campaign_id)
    columns: list[Any] = [
        AnswerSheet.unit_id,
        AnswerSheet.packed,
        AnswerSheet.seconds_bucket,
        AnswerSheet.bucket_at,
        AnswerSheet.place,
        AnswerSheet.channel,
        AnswerSheet.arrival_marks,
    ]
    if restored or with_ids:
        columns.append(AnswerSheet.id)
    statement = select(*columns).where(AnswerSheet.campaign_id == campaign_id)
    if not include_held:
        statement = statement.where(col(AnswerSheet.is_held).is_(False))
    return _collected(session, statement, restored)


def _office_sheets(session: Session, campaign_id: int) -> CollectedSheets:
    newest = newest_revisions(campaign_id)
    restored = restored_ids(session, campaign_id)
    columns: list[Any] = [
        RatingPair.unit_id,
        OfficeSheet.packed,
        OfficeSheet.seconds_bucket,
        literal(0),
        RatingPair.rater_id,  # where others have a place
        null(),
        literal(0),
        OfficeSheet.sheet_id,
    ]
    statement = (
        select(*columns)
        .join(OfficeSheet, col(OfficeSheet.rating_pair_id) == RatingPair.id)
        .join(newest, is_newest(newest))
        .where(RatingPair.campaign_id == campaign_id, col(OfficeSheet.has_no_dealings).is_(False))
    )
    found = _collected(session, statement, restored)
    return replace(
        found, raters=found.places.astype(np.int64), places=np.full(len(found.places), None)
    )


def _collected(session: Session, statement: Any, restored: set[UUID]) -> CollectedSheets:
    """Read the driver's own tuples: three times as fast as rows for a million sheets."""
    cursor = session.connection().execute(statement).cursor
    rows = [] if cursor is None else cursor.fetchall()
    ids = None
    is_restored = np.zeros(len(rows), dtype=bool)
    if rows and len(rows[0]) == _WITH_ID:
        ids = [_uuid(row[-1]) for row in rows]
        if restored:
            is_restored = np.array([sheet_id in restored for sheet_id in ids])
    packed = [row[1] for row in rows]
    joined = np.frombuffer(b"".join(packed), dtype=np.uint8)
    return CollectedSheets(
        unit_ids=np.array([row[0] for row in rows], dtype=np.int64),
        packed=joined.reshape(len(rows), len(packed[0]) if packed else 0),
        seconds_buckets=np.array([row[2] for row in rows], dtype=np.float64),
        bucket_at=np.array([row[3] for row in rows], dtype=np.int64),
        places=np.array([row[4] for row in rows], dtype=object),
        channels=np.array([row[5] for row in rows], dtype=object),
        arrival_marks=np.array([row[6] for row in rows], dtype=np.uint8),
        is_restored=is_restored,
        ids=ids,
    )


def _uuid(value: Any) -> UUID:
    """Return an id as either database hands it over."""
    return value if isinstance(value, UUID) else UUID(bytes=bytes(value))


_WITH_ID = 8
