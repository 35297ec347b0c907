"""An office at its link: what it has kept and sent of each unit, and what is ready to be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Session

from scales import Questionnaire
from survey.collect.draft import (
    KEPT_FOR,
    KEPT_FOR_A_UNIT,
    draft_place,
    erase_draft,
    load_draft,
    save_draft,
)
from survey.rules.sheets.answers import FilledSheet, fields_of, fill_sheet
from survey.rules.sheets.self_assessment import SignedFile, read_texts
from survey.rules.sheets.serving import day_of, seconds_bucket
from survey.rules.ways_in.link import Way, is_own
from survey.rules.ways_in.rating_pairs import RatingState, state_of_sending
from survey.storage.queries.ratings import newest_sheets
from survey.storage.tables import OfficeSheet
from survey.storage.waiting import WaitingSheet

_SHEET, _SECONDS, _DONE = "@sheet", "@seconds", "@done"  # no item id starts so


@dataclass(frozen=True, slots=True)
class Desk:
    """An office's link as it was opened: the key drafts are made with, its token, its units."""

    draft_key: bytes = field(repr=False)
    token: str = field(repr=False)
    ways: tuple[Way, ...]
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class UnitRating:
    """What an office has given a unit so far: `values` are the form's, kept or else sent."""

    way: Way
    state: RatingState
    values: Mapping[str, str]
    sheet: FilledSheet
    is_kept: bool = False
    sheet_id: str = ""
    seconds: int = 0
    revision: int = 0
    sent_at: datetime | None = None
    return_reason: str | None = None
    is_standing: bool = False  # what was sent counts until something newer is sent
    signed_by: str | None = None
    signed_files: tuple[SignedFile, ...] = ()


def ratings_at(session: Session, desk: Desk, now: datetime) -> tuple[UnitRating, ...]:
    """Return every unit of an office's link, in the order of its units."""
    first = desk.ways[0]
    sent = newest_sheets(session, first.rater_id or 0, first.quota_place or 1)
    return tuple(_rating(session, desk, way, sent, now) for way in desk.ways)


def keep_rating(
    session: Session,
    desk: Desk,
    way: Way,
    changed: Mapping[str, str],
    cleared: Sequence[str],
    now: datetime,
    *,
    seconds: int | None = None,
    is_done: bool = False,
) -> UnitRating:
    """Keep some answers about a unit for a day; those to other items stay.

    Each keeping makes a sheet of its own, so that one sent before is never taken for it.
    """
    sent = newest_sheets(session, way.rater_id or 0, way.quota_place or 1)
    before = _rating(session, desk, way, sent, now)
    values = {name: value for name, value in before.values.items() if name not in cleared}
    values |= {name: value for name, value in changed.items() if value}
    own = {_SHEET: uuid4().hex, _SECONDS: str(before.seconds + (seconds or 0))}
    if is_done:
        own[_DONE] = "1"
    place = draft_place(desk.draft_key, desk.token, way.unit_code)
    kept_for = KEPT_FOR_A_UNIT if is_own(way) else KEPT_FOR
    fields = {**values, **own}
    save_draft(session, place, way.campaign_id, fields, now, kept_for, way.rating_pair_id)
    kept = _rating(session, desk, way, sent, now)
    if is_done and _is_as_sent(kept.sheet, sent.get(way.rating_pair_id or 0)):
        erase_draft(session, place)  # looked through and left as it was
        return _rating(session, desk, way, sent, now)
    return kept


def forget_kept(session: Session, desk: Desk, rating: UnitRating, now: datetime) -> None:
    """Erase what was kept of a rating, unless something newer lies there."""
    place = draft_place(desk.draft_key, desk.token, rating.way.unit_code)
    kept = load_draft(session, place, now)
    if kept is not None and kept.get(_SHEET) == rating.sheet_id:
        erase_draft(session, place)


def rating_to_send(rating: UnitRating, now: datetime) -> WaitingSheet:
    """Return the sheet of a rating; one that ended politely says that there were no dealings."""
    return WaitingSheet(
        way=rating.way,
        sheet_id=UUID(hex=rating.sheet_id),
        packed=rating.sheet.packed,
        texts=dict(rating.sheet.texts),
        seconds_bucket=seconds_bucket(rating.seconds) if rating.seconds else None,
        bucket_at=day_of(now),
        received_at=now,
        has_no_dealings=rating.sheet.has_ended,
    )


def no_dealings_to_send(
    way: Way, questionnaire: Questionnaire, sheet_id: UUID, now: datetime
) -> WaitingSheet:
    """Return the sheet that says an office had nothing to do with a unit."""
    return WaitingSheet(
        way=way,
        sheet_id=sheet_id,
        packed=bytes(len(questionnaire.packed_items)),
        texts={},
        seconds_bucket=None,
        bucket_at=day_of(now),
        received_at=now,
        has_no_dealings=True,
    )


def _rating(
    session: Session, desk: Desk, way: Way, sent: Mapping[int, OfficeSheet], now: datetime
) -> UnitRating:
    newest = sent.get(way.rating_pair_id or 0)
    place = draft_place(desk.draft_key, desk.token, way.unit_code)
    kept = load_draft(session, place, now)
    values, sheet = _content(kept, newest, desk.questionnaire)
    state = state_of_sending(
        newest.revision if newest is not None else 0,
        has_no_dealings=newest is not None and newest.has_no_dealings,
        is_returned=newest is not None and newest.void_reason is not None,
    )
    if kept is not None:
        state = RatingState.READY if _is_ready(sheet, kept) else RatingState.BEGUN
    return UnitRating(
        way=way,
        state=state,
        values=values,
        sheet=sheet,
        is_kept=kept is not None,
        sheet_id=(kept or {}).get(_SHEET, ""),
        seconds=int((kept or {}).get(_SECONDS, "0")),
        revision=newest.revision if newest is not None else 0,
        sent_at=newest.received_at if newest is not None else None,
        return_reason=newest.void_reason if newest is not None else None,
        is_standing=newest is not None and newest.void_reason is None,
        signed_by=newest.signed_by if newest is not None else None,
        signed_files=read_texts(newest.texts)[1] if newest is not None else (),
    )


def _is_as_sent(sheet: FilledSheet, newest: OfficeSheet | None) -> bool:
    """Whether a sheet says what was sent and stands."""
    if newest is None or newest.void_reason is not None or newest.has_no_dealings:
        return False
    return (sheet.packed, dict(sheet.texts)) == (newest.packed, read_texts(newest.texts)[0])


def _content(
    kept: Mapping[str, str] | None, newest: OfficeSheet | None, questionnaire: Questionnaire
) -> tuple[Mapping[str, str], FilledSheet]:
    """Return the form's fields and the sheet they fill: what is kept, else what was sent."""
    if kept is not None:
        values = {name: value for name, value in kept.items() if not name.startswith("@")}
        return values, fill_sheet(list(values.items()), questionnaire)
    if newest is None:
        return {}, fill_sheet([], questionnaire)
    sheet = FilledSheet(newest.packed, read_texts(newest.texts)[0])
    values = fields_of(sheet, questionnaire)
    return values, fill_sheet(list(values.items()), questionnaire)


def _is_ready(sheet: FilledSheet, kept: Mapping[str, str]) -> bool:
    """Whether nothing is missing: the last page was reached, or every item that is ticked is."""
    if sheet.missed or sheet.too_long or sheet.is_blank:
        return False
    return sheet.has_ended or _DONE in kept or all(sheet.packed)
