"""Waiting sheets become rows, many in one transaction, and each learns what became of it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import Session

from survey.rules.ways_in.link import MIXED_KINDS, PUBLIC_KINDS, LinkState
from survey.storage.counted_sheets import store_to_be_counted
from survey.storage.office_sheets import store_office_sheets
from survey.storage.open_answers import store_texts
from survey.storage.tables import AnswerSheet, Campaign, InboxSheet, Link, table_of
from survey.storage.waiting import Outcome, Placed, WaitingSheet

__all__ = ["Outcome", "WaitingSheet", "store_sheets"]


def store_sheets(session: Session, sheets: Sequence[WaitingSheet]) -> list[Outcome]:
    """Store the sheets and return what became of each, in their order."""
    connection = session.connection()
    wound_up = _wound_up_campaigns(connection, sheets)
    taken = {n: s for n, s in enumerate(sheets) if s.way.campaign_id not in wound_up}
    public_ones = {n: s for n, s in taken.items() if s.way.kind in PUBLIC_KINDS}
    open_ones = {n: s for n, s in public_ones.items() if not s.way.counts_only}
    counted_ones = {n: s for n, s in public_ones.items() if s.way.counts_only}
    mixed_ones = {n: s for n, s in taken.items() if s.way.kind in MIXED_KINDS}
    signed_ones = {n: s for n, s in taken.items() if n not in public_ones and n not in mixed_ones}
    outcomes = dict.fromkeys(range(len(sheets)), Outcome.CLOSED)
    if open_ones:
        outcomes |= _store_open(connection, open_ones)
    if counted_ones:
        outcomes |= store_to_be_counted(connection, counted_ones)
    if mixed_ones:
        outcomes |= _store_single(connection, mixed_ones)
    if signed_ones:
        outcomes |= store_office_sheets(connection, signed_ones)
    return list(outcomes.values())


def _wound_up_campaigns(connection: Connection, sheets: Sequence[WaitingSheet]) -> set[int]:
    ids = {sheet.way.campaign_id for sheet in sheets}
    rows = connection.execute(_SELECT_CAMPAIGNS, {"ids": list(ids)})
    return ids - {row.id for row in rows if row.wound_up_at is None}


def _store_open(connection: Connection, placed: Placed) -> dict[int, Outcome]:
    """Insert sheets of open codes; one that meets its own id is compared with what is stored."""
    first: dict[tuple[int, int, UUID], int] = {}
    for place, sheet in placed.items():
        first.setdefault(sheet.key, place)
    ordered = sorted(first)  # in one order, so that two processes never wait for each other
    rows = [_answer_row(placed[first[key]]) for key in ordered]
    inserted = {tuple(row) for row in connection.execute(_insert_sheets(connection), rows)}
    store_texts(connection, [placed[first[key]] for key in first if key in inserted])
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


def _store_single(connection: Connection, placed: Placed) -> dict[int, Outcome]:
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
    _store_in_inbox(connection, [placed[first[link_id]] for link_id in now_used])
    return outcomes


def _store_in_inbox(connection: Connection, sheets: Sequence[WaitingSheet]) -> None:
    rows = [
        {
            "campaign_id": sheet.way.campaign_id,
            "unit_id": sheet.way.unit_id,
            "id": uuid4(),
            "packed": sheet.packed,
            "seconds_bucket": sheet.seconds_bucket,
            "channel": sheet.channel,
            "texts": json.dumps(dict(sheet.texts), ensure_ascii=False) if sheet.texts else None,
        }
        for sheet in sheets
    ]
    if rows:  # by random id, so that the order of arrival is not kept
        connection.execute(_INSERT_INBOX, sorted(rows, key=lambda row: str(row["id"])))


def _answer_row(sheet: WaitingSheet) -> dict[str, Any]:
    return {
        "campaign_id": sheet.way.campaign_id,
        "unit_id": sheet.way.unit_id,
        "id": sheet.sheet_id,
        "packed": sheet.packed,
        "bucket_at": sheet.bucket_at,
        "seconds_bucket": sheet.seconds_bucket,
        "place": sheet.way.place,
        "channel": sheet.channel,
        "order_seed": sheet.order_seed,
        "arrival_marks": sheet.arrival_marks,
        "is_held": False,
    }


def _insert_sheets(connection: Connection) -> Any:
    return _INSERT_SHEETS[connection.dialect.name]


_CAMPAIGNS, _LINKS = table_of(Campaign), table_of(Link)
_SHEETS = table_of(AnswerSheet)
_KEY = (_SHEETS.c.campaign_id, _SHEETS.c.unit_id, _SHEETS.c.id)
_INSERT_SHEETS: Mapping[str, Any] = {
    "sqlite": sqlite.insert(_SHEETS).on_conflict_do_nothing().returning(*_KEY),
    "postgresql": postgresql.insert(_SHEETS).on_conflict_do_nothing().returning(*_KEY),
}
_INSERT_INBOX = table_of(InboxSheet).insert()
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
