"""Withdrawals of named offices: erase what a pair has sent, and tell the pairs that withdrew."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from survey.storage.tables import (
    Campaign,
    EvidenceFile,
    OfficeSheet,
    OpenAnswer,
    Rater,
    RatingPair,
    RestoredSheet,
    SheetDraft,
    Unit,
)


def pairs_of_office(
    session: Session, campaign_id: int, rater_code: str, unit_code: str | None
) -> Sequence[tuple[RatingPair, Unit]]:
    """Return an office's pairs, or the one with a unit, locked until the commit."""
    statement = (
        select(RatingPair, Unit)
        .join(Rater, col(Rater.id) == RatingPair.rater_id)
        .join(Unit, col(Unit.id) == RatingPair.unit_id)
        .where(RatingPair.campaign_id == campaign_id, Rater.code == rater_code)
        .order_by(col(RatingPair.id))
    )
    if unit_code is not None:
        statement = statement.where(Unit.code == unit_code)
    return session.exec(statement.with_for_update(of=RatingPair)).all()


def erase_pair(session: Session, pair: RatingPair) -> tuple[int, int, int, int]:
    """Erase a pair's sheets, restorings, files and drafts, and return how many of each."""
    sheet_ids = select(OfficeSheet.sheet_id).where(OfficeSheet.rating_pair_id == pair.id)
    restored = _erase(
        session,
        RestoredSheet,
        col(RestoredSheet.campaign_id) == pair.campaign_id,
        col(RestoredSheet.unit_id) == pair.unit_id,
        col(RestoredSheet.sheet_id).in_(sheet_ids),
    )
    sheets = _erase(session, OfficeSheet, col(OfficeSheet.rating_pair_id) == pair.id)
    files = _erase(session, EvidenceFile, col(EvidenceFile.rating_pair_id) == pair.id)
    drafts = _erase(session, SheetDraft, col(SheetDraft.rating_pair_id) == pair.id)
    return sheets, restored, files, drafts


def erase_words_left(session: Session, pair: RatingPair) -> int:
    """Erase the words about a unit where no office is left that could have written them."""
    others = (
        select(OfficeSheet.rating_pair_id)
        .join(RatingPair, col(RatingPair.id) == OfficeSheet.rating_pair_id)
        .where(RatingPair.campaign_id == pair.campaign_id, RatingPair.unit_id == pair.unit_id)
    )
    if session.exec(others.limit(1)).first() is not None:
        return 0
    return _erase(
        session,
        OpenAnswer,
        col(OpenAnswer.campaign_id) == pair.campaign_id,
        col(OpenAnswer.unit_id) == pair.unit_id,
    )


def withdrawn_counts(session: Session, campaign: Campaign) -> dict[str, int]:
    """Return, by unit code, how many offices have withdrawn since the close."""
    statement = (
        select(Unit.code, func.count())
        .join(RatingPair, col(RatingPair.unit_id) == Unit.id)
        .where(
            RatingPair.campaign_id == campaign.id,
            col(RatingPair.withdrawn_at) >= campaign.closes_at,
        )
        .group_by(col(Unit.code))
        .order_by(col(Unit.code))
    )
    return {code: count for code, count in session.exec(statement)}


def scrubs_due(session: Session) -> Sequence[int]:
    """Return the pairs whose erased rows are not yet overwritten in the files."""
    due = select(RatingPair.id).where(col(RatingPair.is_scrub_due))
    return [pair_id or 0 for pair_id in session.exec(due)]


def mark_scrubbed(session: Session, pair_ids: Sequence[int]) -> None:
    """Note that nothing of these pairs is left in the files."""
    session.connection().execute(
        update(RatingPair).where(col(RatingPair.id).in_(pair_ids)).values(is_scrub_due=False)
    )


def _erase(session: Session, table: Any, *where: Any) -> int:
    return session.connection().execute(delete(table).where(*where)).rowcount
