"""The smallest group that may be shown.

What is not shown enters no figure that is shown: totals, reliability and scores count shown cells
only, so that there is nothing to subtract, between two tables or between two runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from survey.rules.audience import Minima
from survey.rules.scoring.run import ScaleFigure

PROGRESS_STEP = 5
BAND_WIDTH = 20.0

Cell: TypeAlias = tuple[int, ...]  # by its place on each axis


@dataclass(frozen=True, slots=True)
class Showing:
    """What may be shown of a score: the figure, a band in its place, or nothing."""

    is_shown: bool
    band_percent: tuple[float, float] | None
    is_enough_for_grade: bool

    @property
    def is_exact(self) -> bool:
        """Whether the figure itself may be shown."""
        return self.is_shown and self.band_percent is None


def is_shown(n: int, minimum: int) -> bool:
    """Whether a group is large enough; nobody is no group."""
    return n >= max(minimum, 1)


def show_score(
    n: int, mean_percent: float | None, sd_percent: float | None, minima: Minima
) -> Showing:
    """Return what may be shown of a cell's score.

    Where more than one person answered and all have the same score, the mean would say what each
    of them answered: a band stands in its place.
    """
    if mean_percent is None or not is_shown(n, minima.shown):
        return Showing(False, None, False)
    is_enough = minima.graded is not None and n >= minima.graded
    if n > 1 and not sd_percent:
        return Showing(True, band_of(mean_percent), is_enough)
    return Showing(True, None, is_enough)


def show_figure(figure: ScaleFigure, minima: Minima) -> Showing:
    """Return what may be shown of a cell's figure, also where only counts are kept."""
    spread = figure.sd_percent
    if figure.is_alike is not None:
        spread = 0.0 if figure.is_alike else 1.0
    return show_score(figure.n, figure.mean_percent, spread, minima)


def band_of(percent: float) -> tuple[float, float]:
    """Return the fifth of 0–100 that a percent lies in, closed below."""
    low = min(percent // BAND_WIDTH * BAND_WIDTH, 100.0 - BAND_WIDTH)
    return low, low + BAND_WIDTH


def progress_shown(count: int, people: int | None = None) -> int | None:
    """Return a count of single-use links in whole steps, None under the first.

    It is never said that all of so many `people` have answered: their chief would know it of each.
    """
    if people is not None:
        count = min(count, people - 1)
    steps = max(count, 0) // PROGRESS_STEP * PROGRESS_STEP
    return steps or None


def is_too_small_for_progress(people: int | None) -> bool:
    """Whether the first step would say that everybody answered."""
    return people is not None and people <= PROGRESS_STEP


def hidden_cells(counts: NDArray[np.int64], minimum: int) -> NDArray[np.bool_] | None:
    """Return which cells of a table are hidden so that its totals give none of them away.

    Told are the other cells and every total, along each axis and of all. Empty cells are told:
    nobody stands behind them. A cell under the minimum is hidden, and with it as many of the next
    smallest as it takes: what is hidden in a row sums to the minimum at least, and each hidden
    cell is the corner of a box of hidden cells in which one person more or fewer could be moved
    round. None where nothing less than hiding the totals would do.
    """
    hidden = (counts > 0) & (counts < max(minimum, 1))
    while True:
        more = _next_in_short_row(counts, hidden, minimum)
        if more is None:
            more = _next_in_box(counts, hidden)
        if more is None:
            return hidden
        if not more:
            return None
        for cell in more:
            hidden[cell] = True


def _next_in_short_row(
    counts: NDArray[np.int64], hidden: NDArray[np.bool_], minimum: int
) -> list[Cell] | None:
    """Return the next cell of a row that hides too little, none where there is none left."""
    for axis in range(counts.ndim):
        in_rows = np.where(hidden, counts, 0).sum(axis=axis)
        for row in _cells((in_rows > 0) & (in_rows < minimum)):
            line = [_at(row, axis, place) for place in range(counts.shape[axis])]
            left = [cell for cell in line if counts[cell] and not hidden[cell]]
            return sorted(left, key=lambda cell: (int(counts[cell]), cell))[:1]
    return None


def _next_in_box(counts: NDArray[np.int64], hidden: NDArray[np.bool_]) -> list[Cell] | None:
    """Return what completes the box of a hidden cell that has none, hiding the fewest people."""
    for cell in _cells(hidden):
        boxes = [box for box in _boxes(cell, counts) if _can_turn(box, counts)]
        wanted = [[corner for corner in box if not hidden[corner]] for box in boxes]
        if not wanted:
            return []
        if all(wanted):
            return min(wanted, key=lambda new: (sum(int(counts[each]) for each in new), new))
    return None


def _boxes(cell: Cell, counts: NDArray[np.int64]) -> Iterator[list[Cell]]:
    """Yield the corners of each box a cell is a corner of, itself first."""
    others = [
        [place for place in range(length) if place != own]
        for own, length in zip(cell, counts.shape, strict=True)
    ]
    for opposite in product(*others):
        corners = product(*zip(cell, opposite, strict=True))
        yield [corner for corner in corners if counts[corner]]


def _can_turn(box: list[Cell], counts: NDArray[np.int64]) -> bool:
    """Whether a person could be moved round a box, so that no hidden cell of it became empty."""
    first = box[0]
    if len(box) < 2 ** len(first):
        return False
    steps = [sum(a != b for a, b in zip(first, corner, strict=True)) % 2 for corner in box]
    gains = (
        all(counts[c] > 1 for c, s in zip(box, steps, strict=True) if s == odd) for odd in (0, 1)
    )
    return any(gains)


def _cells(mask: NDArray[np.bool_]) -> list[Cell]:
    return [tuple(int(place) for place in found) for found in np.argwhere(mask)]


def _at(row: Cell, axis: int, place: int) -> Cell:
    return (*row[:axis], place, *row[axis:])
