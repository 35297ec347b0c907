"""Some rows of an answers file → sheets; what is wrong in them goes to the refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales import DONT_KNOW, SKIPPED, Item
from survey.errors import RefusedCell
from survey.exchange.answer_columns import AnswerColumns
from survey.exchange.cells import (
    DONT_KNOW_POINTS,
    REFUSED,
    REFUSED_POINTS,
    PointsOfCell,
    PositionOfCell,
    number,
    plain,
    seconds_of,
)
from survey.exchange.refusals import SHOWN, Refusals, shown

_ANSWERED = 1  # the byte of an answer whose points may be a fraction and stand apart


@dataclass(frozen=True)
class Sheets:
    """The sheets of some rows."""

    packed: NDArray[np.uint8]
    points: NDArray[np.float64] | None
    labels: Mapping[str, Sequence[str]]
    weights: NDArray[np.float64] | None
    seconds: NDArray[np.float64] | None


class RowReader:
    """Reads rows column by column; spellings met once are known in the next rows."""

    def __init__(self, columns: AnswerColumns, byte_count: int, refusals: Refusals) -> None:
        self._columns = columns
        self._byte_count = byte_count
        self._refusals = refusals
        self._positions = [PositionOfCell(at.item) for at in columns.items if not at.is_fractional]
        self._points = [PointsOfCell(at.item) for at in columns.items if at.is_fractional]

    def read(self, rows: Sequence[tuple[int, list[str]]]) -> Sheets:
        """Return the sheets of these rows; they are of no use once something was refused."""
        whole = self._whole(rows)
        cells = list(zip(*(row for _, row in whole), strict=True))
        if not cells:
            cells = [()] * len(self._columns.header)
        packed = np.zeros((len(whole), self._byte_count), dtype=np.uint8)
        points = self._fill(packed, cells)
        weights = self._weights(whole, cells)
        self._refuse_answers(whole, packed)
        labels = {
            name: [label.strip() for label in cells[column]]
            for name, column in self._columns.labels.items()
        }
        return Sheets(packed, points, labels, weights, self._seconds(whole, cells))

    def _whole(self, rows: Sequence[tuple[int, list[str]]]) -> Sequence[tuple[int, list[str]]]:
        """Return the rows as long as the header."""
        width = len(self._columns.header)
        ragged = [(place, len(row)) for place, row in rows if len(row) != width]
        if not ragged:
            return rows
        cells = [
            RefusedCell("ragged_row", row, {"row": row, "found": found, "expected": width})
            for row, found in ragged[:SHOWN]
        ]
        self._refusals.add(cells, len(ragged))
        return [(place, row) for place, row in rows if len(row) == width]

    def _fill(
        self, packed: NDArray[np.uint8], cells: Sequence[Sequence[str]]
    ) -> NDArray[np.float64] | None:
        positions, fractions = iter(self._positions), iter(self._points)
        points = np.full(packed.shape, np.nan) if self._points else None
        for at in self._columns.items:
            column = cells[at.column]
            if points is not None and at.is_fractional:
                found = np.array(list(map(next(fractions).__getitem__, column)), dtype=np.float64)
                packed[:, at.byte] = _bytes_of(found)
                points[:, at.byte] = np.where(np.isfinite(found), found, np.nan)
            else:
                codes = bytes(map(next(positions).__getitem__, column))
                packed[:, at.byte] = np.frombuffer(codes, dtype=np.uint8)
        return points

    def _weights(
        self, rows: Sequence[tuple[int, list[str]]], cells: Sequence[Sequence[str]]
    ) -> NDArray[np.float64] | None:
        column = self._columns.weight
        if column is None:
            return None
        weights = np.array(list(map(number, cells[column])), dtype=np.float64)
        is_bad = ~(np.isfinite(weights) & (weights > 0))
        self._refuse_numbers(rows, column, is_bad, "weight_refused", "weight_missing")
        return weights

    def _seconds(
        self, rows: Sequence[tuple[int, list[str]]], cells: Sequence[Sequence[str]]
    ) -> NDArray[np.float64] | None:
        """Return how long each sheet took; an empty cell is not known."""
        column = self._columns.seconds
        if column is None:
            return None
        seconds = np.array(list(map(seconds_of, cells[column])), dtype=np.float64)
        self._refuse_numbers(rows, column, seconds < 0, "seconds_refused", "seconds_refused")
        return seconds

    def _refuse_numbers(
        self,
        rows: Sequence[tuple[int, list[str]]],
        column: int,
        is_bad: NDArray[np.bool_],
        refused: str,
        missing: str,
    ) -> None:
        bad, name = np.flatnonzero(is_bad), self._columns.header[column]
        cells = [
            RefusedCell(
                refused if plain(row[column]) else missing,
                place,
                {"row": place, "column": name, "value": shown(row[column])},
            )
            for place, row in (rows[index] for index in bad[:SHOWN])
        ]
        self._refusals.add(cells, len(bad))

    def _refuse_answers(
        self, rows: Sequence[tuple[int, list[str]]], packed: NDArray[np.uint8]
    ) -> None:
        bad_rows, bad_bytes = np.nonzero(packed == REFUSED)
        if not len(bad_rows):
            return
        columns = {at.byte: at for at in self._columns.items}
        cells = []
        for index, byte in zip(bad_rows[:SHOWN], bad_bytes[:SHOWN], strict=True):
            place, row = rows[index]
            at = columns[int(byte)]
            cells.append(_refused(at.item, place, row[at.column]))
        self._refusals.add(cells, len(bad_rows))


def _bytes_of(points: NDArray[np.float64]) -> NDArray[np.uint8]:
    kinds = [np.isnan(points), points == DONT_KNOW_POINTS, points == REFUSED_POINTS]
    return np.select(kinds, [SKIPPED, DONT_KNOW, REFUSED], _ANSWERED).astype(np.uint8)


def _refused(item: Item, row: int, cell: str) -> RefusedCell:
    """Say what the item would take."""
    values: dict[str, object] = {"row": row, "column": item.id, "value": shown(cell)}
    if item.format is None:
        values["options"] = ", ".join(option.id for option in item.options)
        values["count"] = len(item.options)
        return RefusedCell("off_options", row, values)
    values |= {"lowest": item.format.lowest, "highest": item.format.highest}
    if plain(cell).upper() == "DK":
        return RefusedCell("dont_know_not_offered", row, values)
    kind = "off_fraction" if item.format.fractional else "off_format"
    return RefusedCell(f"{kind}_or_dont_know" if item.offers_dont_know else kind, row, values)
