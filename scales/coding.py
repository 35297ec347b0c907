"""Coding: how a scale's positions become integers that can be summed exactly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.definition import Format, Scale
from scales.keying import is_reverse


@dataclass(frozen=True)
class Coding:
    """What turns positions into offsets from the lowest point, and into percent units."""

    points: int
    reverse_rows: NDArray[np.intp]
    percent_units: NDArray[np.int64]  # by offset
    percent_denominator: int  # one percent is this many units

    @property
    def percent_step(self) -> int | None:
        """Percent units a point is worth, or None if the table is not proportional."""
        step = int(self.percent_units[-1]) // max(1, self.points - 1)
        is_proportional = np.array_equal(self.percent_units, step * np.arange(self.points))
        return step if is_proportional else None

    def offsets(self, positions: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return aligned offsets, ``(n_items, rows)``; at least `points` where no answer is."""
        offsets = positions - np.uint8(1)
        offsets[self.reverse_rows] = np.uint8(self.points - 1) - offsets[self.reverse_rows]
        return offsets

    def percent_totals(self, offsets: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return each person's total in percent units, from offsets of ``(n_items, rows)``."""
        totals = np.zeros(offsets.shape[1], dtype=np.int64)
        smallest = np.min_scalar_type(len(offsets))
        for offset, units in enumerate(self.percent_units):
            here = (offsets == offset).view(np.uint8)
            totals += units * np.add.reduce(here, axis=0, dtype=smallest).astype(np.int64)
        return totals


def coding_of(scale: Scale) -> Coding:
    """Return the coding of a scale's answers."""
    units, denominator = _percent_units(scale.format)
    return Coding(scale.format.points, np.flatnonzero(is_reverse(scale)), units, denominator)


def _percent_units(item_format: Format) -> tuple[NDArray[np.int64], int]:
    """Return the percent table as integers over one denominator, right to 1e-9 percent."""
    percent = np.array(item_format.percent)
    denominators = (1, max(1, item_format.points - 1), *(10**digits for digits in range(1, 10)))
    for denominator in denominators:
        units = np.rint(percent * denominator)
        if np.all(np.abs(percent * denominator - units) <= denominator * 1e-10):
            break
    return units.astype(np.int64), denominator
