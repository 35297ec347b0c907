"""A table whose columns are known → sheets, and a report of what matched and what did not."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scales import DONT_KNOW, SKIPPED, Item, ItemKind, Questionnaire
from survey.errors import ImportRefused
from survey.exchange.foreign_answers.time_taken import UNREADABLE, time_taken
from survey.rules.sheets.answers import clean_words
from survey.rules.sheets.cell_texts import are_points, is_left_empty, positions_of
from survey.rules.sheets.column_mapping import IGNORED, SECONDS, UNIT
from survey.rules.sheets.imported_sheet import (
    SHOWN_ROWS,
    ColumnReport,
    Export,
    Fidelity,
    ImportedSheet,
    Unmatched,
)
from survey.rules.sheets.same_words import words_of

LONGEST_WORDS = 2_000
MOST_UNMATCHED = 100  # different texts of one column; more means that it is another column

_NOTHING = object()  # what a text stands for that matches nothing


@dataclass(frozen=True, slots=True)
class Reading:
    """How an officer wants a table read."""

    uses: Sequence[str]  # one a column: an item's id, UNIT, SECONDS or IGNORED
    unit_id: int | None = None  # of the whole file, where no column says it
    skipped: Collection[tuple[int, str]] = field(default=())  # texts taken as not answered


@dataclass(frozen=True, slots=True)
class _Column:
    """One column that is read: what each of its texts stands for."""

    place: int
    use: str
    values: Mapping[str, Any]
    report: ColumnReport


def translate(
    export: Export,
    reading: Reading,
    questionnaire: Questionnaire,
    units: Mapping[int, tuple[str, str]],
) -> Fidelity:
    """Read every row; `units` holds code and name by id. Raises where the columns cannot be so."""
    _check_uses(reading, questionnaire)
    columns = _columns(export, reading, questionnaire, units)
    sheets, blank, left_out = _sheets(export, columns, questionnaire, reading.unit_id)
    return Fidelity(
        row_count=len(export.rows),
        blank_count=blank,
        left_out_count=left_out,
        columns=tuple(column.report for column in columns),
        sheets=sheets,
    )


def column_reports(
    export: Export,
    reading: Reading,
    questionnaire: Questionnaire,
    units: Mapping[int, tuple[str, str]],
) -> dict[int, ColumnReport]:
    """Return how the cells of each column would be read, by its place, as far as that is known."""
    columns = _columns(export, reading, questionnaire, units)
    return {column.place: column.report for column in columns}


def _columns(
    export: Export,
    reading: Reading,
    questionnaire: Questionnaire,
    units: Mapping[int, tuple[str, str]],
) -> list[_Column]:
    items = {item.id: item for item in questionnaire.items}
    return [
        _column(export, place, use, items.get(use), units, reading.skipped)
        for place, use in enumerate(reading.uses)
        if use != IGNORED
    ]


def _check_uses(reading: Reading, questionnaire: Questionnaire) -> None:
    counts = Counter(use for use in reading.uses if use != IGNORED)
    known = {item.id for item in questionnaire.items}
    if strange := counts.keys() - known - {UNIT, SECONDS}:
        raise ImportRefused("import_use", value=min(strange)[:40])
    if twice := [use for use, count in counts.items() if count > 1]:
        raise ImportRefused("import_twice", uses=", ".join(twice))
    if not counts.keys() & known:
        raise ImportRefused("import_no_item")
    if (UNIT in counts) == (reading.unit_id is not None):
        raise ImportRefused("import_unit_twice" if UNIT in counts else "import_no_unit")


def _column(
    export: Export,
    place: int,
    use: str,
    item: Item | None,
    units: Mapping[int, tuple[str, str]],
    skipped: Collection[tuple[int, str]],
) -> _Column:
    counts = Counter(row.cells[place] for row in export.rows)
    values = _values(counts, use, item, units)
    open_texts = [text for text, value in values.items() if value is _NOTHING]
    if len(open_texts) > MOST_UNMATCHED:
        heading = export.headings[place]
        raise ImportRefused("import_unlike", column=heading[:40], count=len(open_texts))
    unmatched = _unmatched(export, place, open_texts, counts, skipped)
    dont_know = sum(counts[t] for t, value in values.items() if _is_dont_know(value, item))
    empty = sum(counts[t] for t in values if use != UNIT and is_left_empty(t))
    matched = len(export.rows) - empty - dont_know - sum(each.count for each in unmatched)
    is_numbers = item is not None and are_points(item, counts)
    heading = export.headings[place]
    report = ColumnReport(place, heading, use, matched, empty, dont_know, unmatched, is_numbers)
    return _Column(place, use, values, report)


def _is_dont_know(value: object, item: Item | None) -> bool:
    return item is not None and item.kind is not ItemKind.TEXT and value == DONT_KNOW


def _values(
    texts: Collection[str], use: str, item: Item | None, units: Mapping[int, tuple[str, str]]
) -> dict[str, Any]:
    if use == UNIT:
        ids = _unit_ids(units)
        return {text: ids.get(words_of(text), _NOTHING) for text in texts}
    if use == SECONDS:
        taken = {text: time_taken(text) for text in texts}
        return {t: _NOTHING if seconds == UNREADABLE else seconds for t, seconds in taken.items()}
    if item is None or item.kind is ItemKind.TEXT:
        return {text: _words(text) for text in texts}
    found = positions_of(item, texts)
    return {t: _NOTHING if position is None else position for t, position in found.items()}


def _unit_ids(units: Mapping[int, tuple[str, str]]) -> dict[str, Any]:
    """Return unit ids by code and name; what two units are called matches neither."""
    called: dict[str, set[int]] = {}
    for unit_id, names in units.items():
        for name in names:
            called.setdefault(words_of(name), set()).add(unit_id)
    return {words: next(iter(ids)) for words, ids in called.items() if len(ids) == 1}


def _words(text: str) -> Any:
    if is_left_empty(text):
        return None
    words = clean_words(text)
    return words if len(words) <= LONGEST_WORDS else _NOTHING


def _unmatched(
    export: Export,
    place: int,
    texts: Sequence[str],
    counts: Mapping[str, int],
    skipped: Collection[tuple[int, str]],
) -> tuple[Unmatched, ...]:
    rows: dict[str, list[int]] = {text: [] for text in texts}
    for row in export.rows if texts else ():
        found = rows.get(row.cells[place])
        if found is not None and len(found) < SHOWN_ROWS:
            found.append(row.number)
    return tuple(
        Unmatched(place, text, counts[text], tuple(numbers), (place, text) in skipped)
        for text, numbers in rows.items()
    )


def _sheets(
    export: Export, columns: Sequence[_Column], questionnaire: Questionnaire, unit_id: int | None
) -> tuple[list[ImportedSheet], int, int]:
    """Return the sheets, and how many rows are blank, and how many belong to no unit."""
    bytes_of = questionnaire.columns
    packed_ones = [(c.place, c.values, bytes_of[c.use]) for c in columns if c.use in bytes_of]
    worded = [c for c in columns if c.use not in bytes_of and c.use not in (UNIT, SECONDS)]
    unit_column, seconds_column = (_named(columns, use) for use in (UNIT, SECONDS))
    sheets: list[ImportedSheet] = []
    blank = left_out = 0
    for row in export.rows:
        unit: Any = unit_id if unit_column is None else _value(unit_column, row.cells)
        packed = bytearray(len(bytes_of))
        for place, values, byte in packed_ones:
            value = values[row.cells[place]]
            packed[byte] = SKIPPED if value is _NOTHING else value
        texts = {c.use: words for c in worded if (words := _value(c, row.cells))}
        if unit is None:
            left_out += 1
        elif not any(packed) and not texts:
            blank += 1
        else:
            seconds = None if seconds_column is None else _value(seconds_column, row.cells)
            sheets.append(ImportedSheet(unit, bytes(packed), texts, seconds, row.row_hash))
    return sheets, blank, left_out


def _named(columns: Sequence[_Column], use: str) -> _Column | None:
    return next((column for column in columns if column.use == use), None)


def _value(column: _Column, cells: Sequence[str]) -> Any:
    """Return what a cell stands for, None where it stands for nothing."""
    value = column.values[cells[column.place]]
    return None if value is _NOTHING else value
