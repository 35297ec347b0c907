"""Ratings: where each pair stands, an office's newest sheets, and every revision of a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from survey.rules.audience import Audience
from survey.rules.ways_in.rating_pairs import RatingState, state_of_sending
from survey.storage.tables import Campaign, OfficeSheet, Rater, RatingPair, Unit

PairPlace = tuple[int, int]  # rating pair, quota place


@dataclass(frozen=True, slots=True)
class Rating:
    """One quota place's rating of a unit, as its newest revision stands; 0 is none."""

    rater_code: str
    rater_name: str
    unit_code: str
    unit_name: str
    quota_place: int
    revision: int
    state: RatingState
    received_at: datetime | None = None
    void_reason: str | None = None
    signed_by: str | None = None  # of a self-assessment
    withdrawn_at: datetime | None = None  # erased then, since the office asked for it


def ratings_of(session: Session, campaign_id: int, rater_code: str | None = None) -> list[Rating]:
    """Return every quota place of every pair, by office, unit and place."""
    statement = (
        select(RatingPair, Rater, Unit)
        .join(Rater, col(Rater.id) == RatingPair.rater_id)
        .join(Unit, col(Unit.id) == RatingPair.unit_id)
        .where(RatingPair.campaign_id == campaign_id)
        .order_by(col(Rater.code), col(Unit.code))
    )
    if rater_code is not None:
        statement = statement.where(Rater.code == rater_code)
    newest = _newest_of_campaign(session, campaign_id)
    return [
        _rating(pair, rater, unit, place, newest.get((pair.id or 0, place)))
        for pair, rater, unit in session.exec(statement)
        for place in range(1, pair.quota + 1)
    ]


def newest_sheets(session: Session, rater_id: int, quota_place: int) -> dict[int, OfficeSheet]:
    """Return the newest revision, voided or not, of each pair of a quota place."""
    sheets = session.exec(
        select(OfficeSheet)
        .join(RatingPair, col(RatingPair.id) == OfficeSheet.rating_pair_id)
        .where(RatingPair.rater_id == rater_id, OfficeSheet.quota_place == quota_place)
        .order_by(col(OfficeSheet.rating_pair_id), col(OfficeSheet.revision))
    )
    return {sheet.rating_pair_id: sheet for sheet in sheets}


def revisions_of(
    session: Session, campaign_id: int, rater_code: str, unit_code: str, quota_place: int
) -> Sequence[OfficeSheet]:
    """Return every revision of one rating, the newest first, locked until the commit."""
    found = _revisions(campaign_id, rater_code, unit_code, quota_place)
    return session.exec(found.with_for_update()).all()


def signed_revisions(
    session: Session, campaign_id: int, rater_code: str, unit_code: str
) -> Sequence[OfficeSheet]:
    """Return every version of a self-assessment that was signed, the newest first."""
    found = _revisions(campaign_id, rater_code, unit_code, 1)
    return session.exec(found.where(col(OfficeSheet.signed_by).is_not(None))).all()


def _revisions(
    campaign_id: int, rater_code: str, unit_code: str, quota_place: int
) -> SelectOfScalar[OfficeSheet]:
    return (
        select(OfficeSheet)
        .join(RatingPair, col(RatingPair.id) == OfficeSheet.rating_pair_id)
        .join(Rater, col(Rater.id) == RatingPair.rater_id)
        .join(Unit, col(Unit.id) == RatingPair.unit_id)
        .where(
            RatingPair.campaign_id == campaign_id,
            Rater.code == rater_code,
            Unit.code == unit_code,
            OfficeSheet.quota_place == quota_place,
        )
        .order_by(col(OfficeSheet.revision).desc())
    )


def counting_sheets(session: Session, campaign_id: int, unit_id: int) -> Sequence[OfficeSheet]:
    """Return the sheets about a unit that count: of each quota place the newest that is not void.

    One that says that there were no dealings is not among them.
    """
    newest = newest_revisions(campaign_id, unit_id)
    return session.exec(
        select(OfficeSheet)
        .join(newest, is_newest(newest))
        .where(col(OfficeSheet.has_no_dealings).is_(False))
    ).all()


def newest_revisions(campaign_id: int, unit_id: int | None = None) -> Any:
    """Return (pair, place, revision) of the newest sheets of a campaign that are not void.

    Of a self-assessment only what the person in charge has signed.
    """
    asked = [RatingPair.campaign_id == campaign_id]
    if unit_id is not None:
        asked.append(RatingPair.unit_id == unit_id)
    is_signed = or_(Campaign.audience != Audience.SELF, col(OfficeSheet.signed_by).is_not(None))
    return (
        select(
            OfficeSheet.rating_pair_id,
            OfficeSheet.quota_place,
            func.max(OfficeSheet.revision).label("revision"),
        )
        .join(RatingPair, col(RatingPair.id) == OfficeSheet.rating_pair_id)
        .join(Campaign, col(Campaign.id) == RatingPair.campaign_id)
        .where(*asked, col(OfficeSheet.void_reason).is_(None), is_signed)
        .group_by(col(OfficeSheet.rating_pair_id), col(OfficeSheet.quota_place))
        .subquery()
    )


def is_newest(newest: Any) -> Any:
    """Return what joins a sheet to the newest revisions."""
    return (
        (newest.c.rating_pair_id == OfficeSheet.rating_pair_id)
        & (newest.c.quota_place == OfficeSheet.quota_place)
        & (newest.c.revision == OfficeSheet.revision)
    )


def _newest_of_campaign(session: Session, campaign_id: int) -> dict[PairPlace, OfficeSheet]:
    sheets = session.exec(
        select(OfficeSheet)
        .join(RatingPair, col(RatingPair.id) == OfficeSheet.rating_pair_id)
        .where(RatingPair.campaign_id == campaign_id)
        .order_by(col(OfficeSheet.revision))
    )
    return {(sheet.rating_pair_id, sheet.quota_place): sheet for sheet in sheets}


def _rating(
    pair: RatingPair, rater: Rater, unit: Unit, place: int, sheet: OfficeSheet | None
) -> Rating:
    names = (rater.code, rater.name, unit.code, unit.name, place)
    if sheet is None:
        return Rating(*names, 0, RatingState.NOT_YET, withdrawn_at=pair.withdrawn_at)
    state = state_of_sending(
        sheet.revision,
        has_no_dealings=sheet.has_no_dealings,
        is_returned=sheet.void_reason is not None,
    )
    return Rating(
        *names, sheet.revision, state, sheet.received_at, sheet.void_reason, sheet.signed_by
    )
