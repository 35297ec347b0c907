"""Sums: what is added up while sheets are read, by how many items a person answered."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from scales.moments import ItemScoreSums, Moments, ScoreSums

Integers = NDArray[np.int64]


@dataclass(eq=False)
class Sums:
    """Integer sums of aligned offsets; the first axis is the number of answered items, 0…n_items.

    Attributes
    ----------
    people : (n_items + 1,) array
        Sheets.
    n, sums, products : (n_items + 1, n_items, n_items) array
        As in `Moments`.
    squares : (n_items + 1, n_items) array
        The squared total of the person, summed over who answered the item.
    counts : (n_items, points + 2) array
        Raw answers by position.
    percent : list of (total, squared total)
        In percent units; not used where a point is worth `percent_step` units.
    """

    people: Integers
    n: Integers
    sums: Integers
    products: Integers
    squares: Integers
    counts: Integers
    percent: list[tuple[int, int]]
    percent_step: int | None

    @classmethod
    def of_nobody(cls, item_count: int, points: int, percent_step: int | None) -> Self:
        """Return sums of no sheet."""
        groups = item_count + 1
        square = (groups, item_count, item_count)
        return cls(
            np.zeros(groups, dtype=np.int64),
            np.zeros(square, dtype=np.int64),
            np.zeros(square, dtype=np.int64),
            np.zeros(square, dtype=np.int64),
            np.zeros((groups, item_count), dtype=np.int64),
            np.zeros((item_count, points + 2), dtype=np.int64),
            [(0, 0)] * groups,
            percent_step,
        )

    def add_percent(self, answered: int, totals: Integers) -> None:
        """Add percent totals of people who answered so many items."""
        if not len(totals):
            return
        largest = int(np.abs(totals).max())
        if largest**2 * len(totals) < 2**63:
            squared = int(totals @ totals)
        else:
            squared = sum(total * total for total in totals.tolist())
        before, before_squared = self.percent[answered]
        self.percent[answered] = (before + int(totals.sum()), before_squared + squared)

    def moments(self, percent_denominator: int) -> Moments:
        """Return the moments of all sheets added."""
        return Moments(
            rows=int(self.people.sum()),
            n=self.n.sum(axis=0),
            sums=self.sums.sum(axis=0),
            products=self.products.sum(axis=0),
            counts=self.counts,
            scores=tuple(self._scores(answered) for answered in range(len(self.people))),
            item_scores=tuple(self._item_scores(item) for item in range(len(self.counts))),
            percent_denominator=percent_denominator,
        )

    def _scores(self, answered: int) -> ScoreSums:
        points = int(np.trace(self.sums[answered]))
        squared = int(self.products[answered].sum())
        step = self.percent_step
        percent = self.percent[answered] if step is None else (step * points, step * step * squared)
        return ScoreSums(int(self.people[answered]), points, squared, *percent)

    def _item_scores(self, item: int) -> ItemScoreSums:
        """Sum each person's mean of answered offsets, in units that make it an integer."""
        unit = math.lcm(*range(1, len(self.people)))
        score = squared = cross = 0
        for answered in range(1, len(self.people)):
            factor = unit // answered
            score += factor * int(self.sums[answered, :, item].sum())
            squared += factor**2 * int(self.squares[answered, item])
            cross += factor * int(self.products[answered, item].sum())
        return ItemScoreSums(score, squared, cross)
