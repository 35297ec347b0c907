"""A file of head counts, a row a group → how many people each group has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from survey.errors import ColumnMissing, RefusedCell
from survey.exchange.cells import number, plain
from survey.exchange.refusals import Refusals, shown
from survey.exchange.table_file import read_table

GROUP, HEAD_COUNT = "group", "head_count"


@dataclass(frozen=True)
class HeadCounts:
    """How many people each group has, and the row of the file that says so."""

    file: str = ""
    people: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)


def read_head_counts(path: Path) -> HeadCounts:
    """Return the head count of every group, or raise with the rows that are wrong."""
    table = read_table(path)
    if missing := [name for name in (GROUP, HEAD_COUNT) if name not in table.header]:
        raise ColumnMissing(
            "head_count_column_missing",
            file=table.file,
            columns=", ".join(missing),
            header=", ".join(table.header),
        )
    group_at, count_at = (table.header.index(name) for name in (GROUP, HEAD_COUNT))
    found: dict[str, int] = {}
    rows: dict[str, int] = {}
    refusals = Refusals(table.file)
    for place, row in table.rows:
        cells = [*row, *[""] * len(table.header)]
        group, count = cells[group_at].strip(), number(cells[count_at])
        if not group and not plain(cells[count_at]):
            continue
        code = _fault(group, count, found)
        if code is not None:
            values = {"row": place, "group": shown(group), "value": shown(cells[count_at])}
            refusals.add([RefusedCell(code, place, values)], 1)
            continue
        found[group], rows[group] = int(count), place
    refusals.raise_if_any()
    return HeadCounts(table.file, found, rows)


def _fault(group: str, count: float, found: dict[str, int]) -> str | None:
    if not group:
        return "head_count_without_group"
    if group in found:
        return "head_count_twice"
    return None if count > 0 and count.is_integer() else "head_count_refused"
