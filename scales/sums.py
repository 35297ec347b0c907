"""Sums: what is added up while sheets are read, by how many items a person answered."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from scales.coding import Coding
from scales.moments import Moments
from scales.score_sums import ItemScoreSums, ScoreSums

Integers = NDArray[np.int64]


@dataclass(eq=False)
class Sums:
    """Integer sums; incomplete sheets by the number of answered items, 0…n_items, as offsets.

    Attributes
    ----------
    people : (n_items + 1,) array
        Sheets.
    n, sums, products : (n_items + 1, n_items, n_items) array
        As in `Moments`.
    squares : (n_items + 1, n_items) array
        The squared total of the person, summed over who answered the item.
    counts : (n_items, points + 2) array
        Raw answers of incomplete sheets by position.
    complete_counts, complete_ticked : (n_items, points) and (n_items, n_items) array
        Of complete sheets: raw answers by position, and products of the positions ticked.
    percent : list of (total, squared total)
        In percent units; not used where a point is worth ``coding.percent_step`` units.
    """

    coding: Coding
    people: Integers
    n: Integers
    sums: Integers
    products: Integers
    squares: Integers
    counts: Integers
    complete_counts: Integers
    complete_ticked: Integers
    percent: list[tuple[int, int]]

    @classmethod
    def of_nobody(cls, item_count: int, coding: Coding) -> Self:
        """Return sums of no sheet."""
        groups = item_count + 1
        square = (groups, item_count, item_count)
        return cls(
            coding,
            np.zeros(groups, dtype=np.int64),
            np.zeros(square, dtype=np.int64),
            np.zeros(square, dtype=np.int64),
            np.zeros(square, dtype=np.int64),
            np.zeros((groups, item_count), dtype=np.int64),
            np.zeros((item_count, coding.points + 2), dtype=np.int64),
            np.zeros((item_count, coding.points), dtype=np.int64),
            np.zeros(square[1:], dtype=np.int64),
            [(0, 0)] * groups,
        )

    def add_incomplete(
        self, answered: int, values: NDArray[np.float32], squares: NDArray[np.float64]
    ) -> None:
        """Add sheets that answer so many items.

        `values` holds an item's offsets in each of its first n_items rows, then who answered it.
        """
        item_count = len(values) // 2
        gram = (values @ values.T).astype(np.int64)
        self.people[answered] += values.shape[1]
        self.n[answered] += gram[item_count:, item_count:]
        self.sums[answered] += gram[:item_count, item_count:]
        self.products[answered] += gram[:item_count, :item_count]
        self.squares[answered] += (values[item_count:] @ squares).astype(np.int64)

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

    def moments(self) -> Moments:
        """Return the moments of all sheets added; to be asked once, at the end."""
        complete_sums, complete_products = self._aligned_complete()
        people = int(self.complete_counts[0].sum())
        self.people[-1], self.n[-1] = people, people
        self.sums[-1] = complete_sums[:, np.newaxis]
        self.products[-1] = complete_products
        self.squares[-1] = complete_products.sum()
        self.counts[:, 1:-1] += self.complete_counts
        return Moments(
            rows=int(self.people.sum()),
            n=self.n.sum(axis=0),
            sums=self.sums.sum(axis=0),
            products=self.products.sum(axis=0),
            counts=self.counts,
            scores=tuple(self._scores(answered) for answered in range(len(self.people))),
            item_scores=self._item_scores(),
            percent_denominator=self.coding.percent_denominator,
            complete_counts=self.complete_counts,
            complete_sums=complete_sums,
            complete_products=complete_products,
        )

    def _aligned_complete(self) -> tuple[Integers, Integers]:
        """Turn positions into offsets: position − 1, or points − position where reversed."""
        sign = np.ones(len(self.counts), dtype=np.int64)
        shift = -sign
        sign[self.coding.reverse_rows], shift[self.coding.reverse_rows] = -1, self.coding.points
        people = int(self.complete_counts[0].sum())
        ticked = self.complete_counts @ np.arange(1, self.coding.points + 1)
        mixed = np.outer(sign * ticked, shift)
        products = np.outer(sign, sign) * self.complete_ticked + mixed + mixed.T
        return sign * ticked + shift * people, products + people * np.outer(shift, shift)

    def _scores(self, answered: int) -> ScoreSums:
        points = int(np.trace(self.sums[answered]))
        squared = int(self.products[answered].sum())
        step = self.coding.percent_step
        percent = self.percent[answered] if step is None else (step * points, step * step * squared)
        return ScoreSums(int(self.people[answered]), points, squared, *percent)

    def _item_scores(self) -> tuple[ItemScoreSums, ...]:
        """Sum each person's mean of answered offsets, in units that make it an integer."""
        unit = math.lcm(*range(1, len(self.people)))
        result = [ItemScoreSums(0, 0, 0)] * len(self.counts)
        for answered in np.flatnonzero(self.people[1:]) + 1:
            factor = unit // int(answered)
            of_items = zip(
                self.sums[answered].sum(axis=0).tolist(),
                self.squares[answered].tolist(),
                self.products[answered].sum(axis=0).tolist(),
                strict=True,
            )
            result = [
                before + ItemScoreSums(factor * score, factor**2 * squared, factor * cross)
                for before, (score, squared, cross) in zip(result, of_items, strict=True)
            ]
        return tuple(result)
