"""Lists of the feed as CSV: columns named as in JSON, figures unrounded."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from starlette.responses import Response

from survey.exchange.csv_export import Value, write_csv

_REASONS = ("not_shown", "rank_not_shown")
_NESTED = ("title", *_REASONS, "evidence")
_RANGES = ("band_points", "ci95_percent", "hedges_g_ci95")


def csv_reply(content: bytes) -> Response:
    """Return CSV bytes as a response."""
    return Response(content, media_type="text/csv; charset=utf-8")


def entries_as_csv(kind: type[Any], entries: Sequence[Any], **same: Value) -> Response:
    """Return a row per entry; a range becomes two columns, a reason its code.

    `same` are further columns, the same in every row.
    """
    names = [field.name for field in fields(kind)]
    header = [*(column for name in names for column in _columns(name)), *same]
    rows = [[*_row(names, asdict(entry)), *same.values()] for entry in entries]
    return csv_reply(write_csv(header, rows))


def _columns(name: str) -> tuple[str, ...]:
    if name in _RANGES:
        return (f"{name}_low", f"{name}_high")
    return () if name == "evidence" else (name,)


def _row(names: Sequence[str], entry: dict[str, Any]) -> list[Value]:
    cells: list[Value] = []
    for name in names:
        value = entry[name]
        if name in _RANGES:
            cells += value or (None, None)
        elif name in _NESTED:
            cells += _nested(name, value)
        else:
            cells.append(value.isoformat() if isinstance(value, datetime) else value)
    return cells


def _nested(name: str, value: Any) -> list[Value]:
    if name == "evidence":
        return []
    if name in _REASONS:
        return [None if value is None else value["code"]]
    return [value.get("zh-Hans") or next(iter(value.values()), "")]
