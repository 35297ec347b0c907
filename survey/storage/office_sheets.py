"""Ratings that offices sign: each sending is a revision, and the newest counts."""

import json
from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection

from survey.storage.tables import OfficeSheet, RatingPair, table_of
from survey.storage.waiting import Outcome, Placed, WaitingSheet

_Key: TypeAlias = tuple[int | None, int | None, UUID]  # pair, quota place, sheet


def store_office_sheets(connection: Connection, placed: Placed) -> dict[int, Outcome]:
    """Keep each sheet as its pair's newest revision; one that was kept before stays as it was."""
    _lock_pairs(connection, list(placed.values()))
    kept = _kept(connection, [sheet.sheet_id for sheet in placed.values()])
    outcomes: dict[int, Outcome] = {}
    for place, sheet in placed.items():
        key = (sheet.way.rating_pair_id, sheet.way.quota_place, sheet.sheet_id)
        if key in kept:
            is_same = kept[key] == sheet.packed
            outcomes[place] = Outcome.SAME_AGAIN if is_same else Outcome.OTHER_ANSWERS
            continue
        connection.execute(_INSERT, _row(sheet))
        kept[key] = sheet.packed
        outcomes[place] = Outcome.STORED
    return outcomes


def _lock_pairs(connection: Connection, sheets: Sequence[WaitingSheet]) -> None:
    """Let no other process count up the same pair's revisions until we commit."""
    ids = sorted({sheet.way.rating_pair_id for sheet in sheets if sheet.way.rating_pair_id})
    connection.execute(_LOCK_PAIRS, {"ids": ids})


def _kept(connection: Connection, sheet_ids: Sequence[UUID]) -> dict[_Key, bytes]:
    rows = connection.execute(_SELECT_KEPT, {"ids": list(sheet_ids)})
    return {(pair, place, sheet_id): packed for pair, place, sheet_id, packed in rows}


def _row(sheet: WaitingSheet) -> dict[str, Any]:
    return {
        "rating_pair_id": sheet.way.rating_pair_id,
        "quota_place": sheet.way.quota_place,
        "pair_id": sheet.way.rating_pair_id,
        "place": sheet.way.quota_place,
        "sheet_id": sheet.sheet_id,
        "packed": sheet.packed,
        "received_at": sheet.received_at,
        "seconds_bucket": sheet.seconds_bucket,
        "has_no_dealings": sheet.has_no_dealings,
        "signed_by": sheet.signed_by,
        "texts": json.dumps(dict(sheet.texts), ensure_ascii=False) if sheet.texts else None,
    }


_OFFICES, _PAIRS = table_of(OfficeSheet), table_of(RatingPair)
_INSERT = _OFFICES.insert().values(
    revision=select(func.coalesce(func.max(_OFFICES.c.revision), 0) + 1)
    .where(
        _OFFICES.c.rating_pair_id == bindparam("pair_id"),
        _OFFICES.c.quota_place == bindparam("place"),
    )
    .scalar_subquery()
)
_SELECT_KEPT = select(
    _OFFICES.c.rating_pair_id, _OFFICES.c.quota_place, _OFFICES.c.sheet_id, _OFFICES.c.packed
).where(_OFFICES.c.sheet_id.in_(bindparam("ids", expanding=True)))
_LOCK_PAIRS = (
    select(_PAIRS.c.id)
    .where(_PAIRS.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(_PAIRS.c.id)
    .with_for_update()
)
