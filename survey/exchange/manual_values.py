"""Manual values as a table: unit, indicator, points, note; all rows or none."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from survey.errors import (
    ColumnMissing,
    ManualValueRefused,
    ManualValuesRefused,
    RefusedCell,
    TableUnreadable,
)
from survey.evaluate.enter import Entry, Fillable, enter_manual_values, fillable
from survey.exchange.cells import number
from survey.exchange.csv_export import columns, read_text, write_csv
from survey.exchange.refusals import shown
from survey.exchange.table_file import Table, table_of
from survey.language import LOCALES
from survey.results import manual_entries
from survey.storage.tables import Evaluation

_COLUMNS = ("unit_code", "unit_name", "indicator", "indicator_title", "points", "note")
_NEEDED = ("unit_code", "indicator", "points")
_REASONS = {"table_empty": "manual_file_empty", "table_binary": "manual_file_no_table"}


def read_manual_values(
    session: Session,
    evaluation: Evaluation,
    content: bytes,
    *,
    file_name: str,
    entered_by: str,
    now: datetime,
) -> int:
    """Enter every row of a CSV or XLSX file and return how many changed.

    A row without points says nothing. Where one row is wrong none is entered, and the error names
    every wrong row.
    """
    table = _table(file_name, content)
    places = _columns(table.file, table.header)
    allowed = fillable(session, evaluation)
    entries: list[Entry] = []
    refused: list[RefusedCell] = []
    rows_by_place: dict[tuple[str, str], int] = {}
    for row, cells in table.rows:
        try:
            entry = _entry(cells, places, allowed)
            if entry is None:
                continue
            place = (entry.unit_code, entry.indicator_code)
            if place in rows_by_place:
                raise ManualValueRefused("manual_row_twice", first=rows_by_place[place])
        except ManualValueRefused as error:
            refused.append(RefusedCell(error.code, row, error.values))
            continue
        rows_by_place[place] = row
        entries.append(entry)
    if refused:
        raise ManualValuesRefused(table.file, refused)
    return enter_manual_values(session, evaluation, entries, entered_by=entered_by, now=now)


def manual_values_csv(session: Session, evaluation: Evaluation, locale: str) -> bytes:
    """Return the file to fill in: a row per unit and manual leaf, with what stands so far."""
    rows = [
        (
            entry.unit_code,
            entry.unit_name,
            entry.indicator,
            entry.title.get(locale, ""),
            entry.points,
            entry.note,
        )
        for entry in manual_entries(session, evaluation)
    ]
    return write_csv(columns(_COLUMNS, locale), rows)


def _table(file_name: str, content: bytes) -> Table:
    """Open the file, or say what is wrong with it as a table of manual values."""
    try:
        return table_of(file_name, content)
    except TableUnreadable as error:
        if error.code not in _REASONS:
            raise
        raise TableUnreadable(_REASONS[error.code], file=file_name) from error


def _columns(file: str, header: Sequence[str]) -> dict[str, int]:
    """Return where each column stands; the words of either language are known."""
    names = {
        word: name
        for locale in LOCALES
        for name, word in zip(_COLUMNS, columns(_COLUMNS, locale), strict=True)
    }
    places = {names[word]: place for place, word in enumerate(header) if word in names}
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        words = ", ".join("/".join(columns((m,), locale)[0] for locale in LOCALES) for m in missing)
        raise ColumnMissing("manual_column_missing", file=file, columns=words)
    return places


def _entry(cells: Sequence[str], places: Mapping[str, int], allowed: Fillable) -> Entry | None:
    texts = {
        name: read_text(cells[place]).strip() if place < len(cells) else ""
        for name, place in places.items()
    }
    if not texts["points"]:
        return None
    unit, indicator = texts["unit_code"], texts["indicator"]
    allowed.check_unit(unit)
    allowed.check_leaf(indicator)
    points = number(texts["points"])
    if math.isnan(points):
        full_points = allowed.leaves[indicator].points_bp / 100
        raise ManualValueRefused(
            "manual_points_unreadable",
            points=shown(texts["points"]),
            full_points=f"{full_points:g}",
        )
    allowed.check_points(indicator, points)
    return Entry(unit, indicator, points, texts.get("note", ""))
