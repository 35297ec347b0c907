"""Answers collected elsewhere: a table as it waits, the sheets read from it, what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A row of the table: its number in the file, a keyed hash of all of it, the cells kept."""

    number: int
    row_hash: bytes
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Export:
    """A table of answers from elsewhere, without the columns that say who, where and when."""

    file: str
    digest: str  # "sha256:…" over the file as it came
    headings: tuple[str, ...]
    dropped: tuple[str, ...]
    rows: Sequence[ExportRow]


@dataclass(frozen=True, slots=True)
class ImportedSheet:
    """One row that is to be stored as a sheet."""

    unit_id: int
    packed: bytes
    texts: Mapping[str, str]
    seconds: int | None
    row_hash: bytes


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A text that stands for no answer: in which column, how often, in which rows first."""

    column: int
    text: str
    count: int
    rows: tuple[int, ...]
    is_skipped: bool  # the officer says: take it as not answered


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """How the cells of one column were read."""

    column: int
    heading: str
    use: str
    matched_count: int
    empty_count: int
    dont_know_count: int
    unmatched: tuple[Unmatched, ...] = ()
    are_points: bool = False

    @property
    def is_item(self) -> bool:
        """Whether the column holds answers, not a unit or a time."""
        return not self.use.startswith("@")


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What a file becomes, before anything of it is stored."""

    row_count: int
    blank_count: int  # rows without one answer
    left_out_count: int  # rows of units the officer left out
    columns: tuple[ColumnReport, ...]
    sheets: Sequence[ImportedSheet] = field(repr=False)

    @property
    def answer_count(self) -> int:
        """How many cells say an answer."""
        items = [column for column in self.columns if column.is_item]
        return sum(column.matched_count + column.dont_know_count for column in items)

    @property
    def open_count(self) -> int:
        """How many texts still match nothing."""
        return sum(not each.is_skipped for column in self.columns for each in column.unmatched)


def ignored_headings(export: Export, fidelity: Fidelity) -> list[str]:
    """Return the headings of the columns that nothing is read from."""
    used = {column.column for column in fidelity.columns}
    return [heading or "—" for n, heading in enumerate(export.headings) if n not in used]


def kept_report(
    export: Export, fidelity: Fidelity, outcome: Mapping[str, int], *, with_cells: bool
) -> dict[str, Any]:
    """Return what is kept of a file: counts and headings, never what stood in a cell."""
    columns = fidelity.columns
    return {
        **outcome,
        "rows": fidelity.row_count,
        "blank": fidelity.blank_count,
        "left_out": fidelity.left_out_count,
        "uses": [[column.heading, column.use] for column in columns],
        "ignored": ignored_headings(export, fidelity),
        "dropped": list(export.dropped),
        "cells": _cell_counts([c for c in columns if c.is_item]) if with_cells else None,
    }


def _cell_counts(columns: Sequence[ColumnReport]) -> dict[str, int]:
    return {
        "matched": sum(column.matched_count for column in columns),
        "empty": sum(column.empty_count for column in columns),
        "dont_know": sum(column.dont_know_count for column in columns),
        "skipped": sum(each.count for column in columns for each in column.unmatched),
    }
