"""Waiting sheets become rows, many in one transaction, and each learns what became of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from sqlalchemy import Table, bindparam, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import Session, SQLModel

from survey.rules.link import LinkKind, LinkState, Way
from survey.storage.tables import (
    AnswerSheet,
    Campaign,
    InboxSheet,
    Link,
    OfficeSheet,
    OpenAnswer,
)


class Outcome(Enum):
    """What became of a sheet."""

    STORED = "stored"
    SAME_AGAIN = "same_again"
    OTHER_ANSWERS = "other_answers"
    LINK_USED = "link_used"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """A filled sheet, where it belongs, and when it came."""

    way: Way
    sheet_id: UUID
    packed: bytes
    texts: Mapping[str, str]
    seconds_bucket: int | None
    bucket_at: datetime
    received_at: datetime

    @property
    def key(self) -> tuple[int, int, UUID]:
        """What makes an open sheet single."""
        return self.way.campaign_id, self.way.unit_id, self.sheet_id


_Placed: TypeAlias = Mapping[int, WaitingSheet]  # by their place in the group


def store_sheets(session: Session, sheets: Sequence[WaitingSheet]) -> list[Outcome]:
    """Store the sheets and return what became of each, in their order."""
    connection = session.connection()
    wound_up = _wound_up_campaigns(connection, sheets)
    open_ones: dict[int, WaitingSheet] = {}
    single_ones: dict[int, WaitingSheet] = {}
    for place, sheet in enumerate(sheets):
        if sheet.way.campaign_id not in wound_up:
            (open_ones if sheet.way.kind is LinkKind.OPEN else single_ones)[place] = sheet
    outcomes = dict.fromkeys(range(len(sheets)), Outcome.CLOSED)
    if open_ones:
        outcomes |= _store_open(connection, open_ones)
    if single_ones:
        outcomes |= _store_single(connection, single_ones)
    return list(outcomes.values())


def _wound_up_campaigns(connection: Connection, sheets: Sequence[WaitingSheet]) -> set[int]:
    ids = {sheet.way.campaign_id for sheet in sheets}
    rows = connection.execute(_SELECT_CAMPAIGNS, {"ids": list(ids)})
    return ids - {row.id for row in rows if row.wound_up_at is None}


def _store_open(connection: Connection, placed: _Placed) -> dict[int, Outcome]:
    """Insert sheets of open codes; one that meets its own id is compared with what is stored."""
    first: dict[tuple[int, int, UUID], int] = {}
    for place, sheet in placed.items():
        first.setdefault(sheet.key, place)
    ordered = sorted(first)  # in one order, so that two processes never wait for each other
    rows = [_answer_row(placed[first[key]]) for key in ordered]
    inserted = {tuple(row) for row in connection.execute(_insert_sheets(connection), rows)}
    _store_texts(connection, [placed[first[key]] for key in first if key in inserted])
    stored = {key: placed[place].packed for key, place in first.items() if key in inserted}
    if met := [key for key in first if key not in inserted]:
        for *key, packed in connection.execute(_SELECT_SHEETS, {"keys": met}):
            stored[key[0], key[1], key[2]] = packed
    return {
        place: Outcome.STORED
        if sheet.key in inserted and first[sheet.key] == place
        else Outcome.SAME_AGAIN
        if stored.get(sheet.key) == sheet.packed
        else Outcome.OTHER_ANSWERS
        for place, sheet in placed.items()
    }


def _store_single(connection: Connection, placed: _Placed) -> dict[int, Outcome]:
    """Use up single-use links, and keep the sheets of those that were unused."""
    first: dict[int, int] = {}
    for place, sheet in placed.items():
        first.setdefault(sheet.way.link_id, place)
    link_ids = list(first)
    now_used = set(connection.execute(_USE_LINKS, {"ids": link_ids}).scalars())
    used = now_used
    if len(now_used) < len(first):
        used = set(connection.execute(_SELECT_USED_LINKS, {"ids": link_ids}).scalars())
    outcomes = {
        place: Outcome.LINK_USED if sheet.way.link_id in used else Outcome.CLOSED
        for place, sheet in placed.items()
    }
    outcomes |= {first[link_id]: Outcome.STORED for link_id in now_used}
    kept = [sheet for place, sheet in placed.items() if outcomes[place] is Outcome.STORED]
    _store_in_inbox(connection, [s for s in kept if s.way.kind is LinkKind.PERSONAL])
    _store_of_offices(connection, [s for s in kept if s.way.kind is LinkKind.PARTNER])
    return outcomes


def _store_in_inbox(connection: Connection, sheets: Sequence[WaitingSheet]) -> None:
    rows = [
        {
            "campaign_id": sheet.way.campaign_id,
            "unit_id": sheet.way.unit_id,
            "id": uuid4(),
            "packed": sheet.packed,
            "seconds_bucket": sheet.seconds_bucket,
            "texts": json.dumps(dict(sheet.texts), ensure_ascii=False) if sheet.texts else None,
        }
        for sheet in sheets
    ]
    if rows:  # by random id, so that the order of arrival is not kept
        connection.execute(_INSERT_INBOX, sorted(rows, key=lambda row: str(row["id"])))


def _store_of_offices(connection: Connection, sheets: Sequence[WaitingSheet]) -> None:
    rows = [
        {
            "rating_pair_id": sheet.way.rating_pair_id,
            "pair_id": sheet.way.rating_pair_id,
            "sheet_id": uuid4(),
            "packed": sheet.packed,
            "received_at": sheet.received_at,
            "seconds_bucket": sheet.seconds_bucket,
        }
        for sheet in sheets
    ]
    if rows:
        connection.execute(_INSERT_OFFICE_SHEETS, rows)
    _store_texts(connection, sheets)


def _store_texts(connection: Connection, sheets: Sequence[WaitingSheet]) -> None:
    rows = [
        {
            "campaign_id": sheet.way.campaign_id,
            "unit_id": sheet.way.unit_id,
            "id": uuid4(),
            "item_id": item_id,
            "text": words,
        }
        for sheet in sheets
        for item_id, words in sheet.texts.items()
    ]
    if rows:
        connection.execute(_INSERT_TEXTS, sorted(rows, key=lambda row: str(row["id"])))


def _answer_row(sheet: WaitingSheet) -> dict[str, Any]:
    return {
        "campaign_id": sheet.way.campaign_id,
        "unit_id": sheet.way.unit_id,
        "id": sheet.sheet_id,
        "packed": sheet.packed,
        "bucket_at": sheet.bucket_at,
        "seconds_bucket": sheet.seconds_bucket,
        "place": sheet.way.place,
        "is_held": False,
    }


def _insert_sheets(connection: Connection) -> Any:
    return _INSERT_SHEETS[connection.dialect.name]


def _table(model: type[SQLModel]) -> Table:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


_CAMPAIGNS, _LINKS = _table(Campaign), _table(Link)
_SHEETS, _OFFICES = _table(AnswerSheet), _table(OfficeSheet)
_KEY = (_SHEETS.c.campaign_id, _SHEETS.c.unit_id, _SHEETS.c.id)
_INSERT_SHEETS: Mapping[str, Any] = {
    "sqlite": sqlite.insert(_SHEETS).on_conflict_do_nothing().returning(*_KEY),
    "postgresql": postgresql.insert(_SHEETS).on_conflict_do_nothing().returning(*_KEY),
}
_INSERT_INBOX = _table(InboxSheet).insert()
_INSERT_TEXTS = _table(OpenAnswer).insert()
_INSERT_OFFICE_SHEETS = _OFFICES.insert().values(
    revision=select(func.coalesce(func.max(_OFFICES.c.revision), 0) + 1)
    .where(_OFFICES.c.rating_pair_id == bindparam("pair_id"))
    .scalar_subquery()
)
_SELECT_SHEETS = select(*_KEY, _SHEETS.c.packed).where(
    tuple_(*_KEY).in_(bindparam("keys", expanding=True))
)
_SELECT_CAMPAIGNS = (
    select(_CAMPAIGNS.c.id, _CAMPAIGNS.c.wound_up_at)
    .where(_CAMPAIGNS.c.id.in_(bindparam("ids", expanding=True)))
    .with_for_update(read=True)  # another process winds up before this group or after it
)
_USE_LINKS = (
    update(_LINKS)
    .where(
        _LINKS.c.id.in_(bindparam("ids", expanding=True)),
        _LINKS.c.state == LinkState.UNUSED.value,
    )
    .values(state=LinkState.USED.value)
    .returning(_LINKS.c.id)
)
_SELECT_USED_LINKS = select(_LINKS.c.id).where(
    _LINKS.c.id.in_(bindparam("ids", expanding=True)),
    _LINKS.c.state == LinkState.USED.value,
)
