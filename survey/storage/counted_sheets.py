"""Sheets of open codes where only counts are kept: they wait in the inbox under their page's id.

Of a sheet that became a count only a hash of that id stays, a day or two, so that a phone that
sends it again is not counted twice.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from survey.storage.tables import InboxSheet, SpentChallenge, table_of
from survey.storage.waiting import Outcome, Placed, WaitingSheet

Key: TypeAlias = tuple[int, int, UUID]


def store_to_be_counted(connection: Connection, placed: Placed) -> dict[int, Outcome]:
    """Put sheets of open codes into the inbox, each once."""
    first: dict[Key, int] = {}
    for place, sheet in placed.items():
        first.setdefault(sheet.key, place)
    counted = _counted_before(connection, first)
    waiting = _waiting(connection, [key for key in first if key not in counted])
    new = [key for key in sorted(first) if key not in counted and key not in waiting]
    if new:
        inserts = _INSERTS[connection.dialect.name]
        connection.execute(inserts, [_row(placed[first[key]]) for key in new])
    stored = waiting | {key: placed[first[key]].packed for key in new}
    return {
        place: Outcome.STORED
        if sheet.key in new and first[sheet.key] == place
        else Outcome.SAME_AGAIN
        if sheet.key in counted or stored[sheet.key] == sheet.packed
        else Outcome.OTHER_ANSWERS
        for place, sheet in placed.items()
    }


def note_counted(connection: Connection, keys: Iterable[Key], expires_at: datetime) -> None:
    """Keep hashes of the ids of sheets that become counts, in an order that says nothing."""
    hashes = sorted(_hash_of(key) for key in keys)
    rows = [{"challenge_hash": each, "expires_at": expires_at} for each in hashes]
    if rows:
        insert = _NOTES[connection.dialect.name]
        connection.execute(insert, rows)


def _counted_before(connection: Connection, keys: Iterable[Key]) -> set[Key]:
    hashes = {_hash_of(key): key for key in keys}
    found = connection.execute(_SELECT_NOTED, {"hashes": list(hashes)}).scalars()
    return {hashes[bytes(each)] for each in found}


def _waiting(connection: Connection, keys: list[Key]) -> dict[Key, bytes]:
    if not keys:
        return {}
    rows = connection.execute(_SELECT_WAITING, {"keys": keys})
    return {(campaign, unit, sheet): packed for campaign, unit, sheet, packed in rows}


def _hash_of(key: Key) -> bytes:
    campaign_id, unit_id, sheet_id = key
    return hashlib.sha256(f"counted {campaign_id} {unit_id} {sheet_id.hex}".encode()).digest()


def _row(sheet: WaitingSheet) -> dict[str, Any]:
    return {
        "campaign_id": sheet.way.campaign_id,
        "unit_id": sheet.way.unit_id,
        "id": sheet.sheet_id,
        "packed": sheet.packed,
        "seconds_bucket": None,
        "channel": sheet.channel,
        "texts": json.dumps(dict(sheet.texts), ensure_ascii=False) if sheet.texts else None,
    }


_INBOX, _NOTED = table_of(InboxSheet), table_of(SpentChallenge)
_KEY = (_INBOX.c.campaign_id, _INBOX.c.unit_id, _INBOX.c.id)
_INSERTS: Mapping[str, Any] = {
    "sqlite": sqlite.insert(_INBOX).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_INBOX).on_conflict_do_nothing(),
}
_NOTES: Mapping[str, Any] = {
    "sqlite": sqlite.insert(_NOTED).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_NOTED).on_conflict_do_nothing(),
}
_SELECT_NOTED = select(_NOTED.c.challenge_hash).where(
    _NOTED.c.challenge_hash.in_(bindparam("hashes", expanding=True))
)
_SELECT_WAITING = select(*_KEY, _INBOX.c.packed).where(
    tuple_(*_KEY).in_(bindparam("keys", expanding=True))
)
