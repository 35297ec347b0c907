"""Moments: n, sums, cross-products of one scale's answers as integers that add up."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class ScoreSums:
    """Sums over the people who answered the same number of items.

    `points` and `percent` are the person's *total* over the answered items: points counted from
    the format's lowest, percent in units of ``1 / percent_denominator``.
    """

    people: int
    points: int
    points_squared: int
    percent: int
    percent_squared: int

    def __add__(self, other: "ScoreSums") -> "ScoreSums":
        return ScoreSums(
            self.people + other.people,
            self.points + other.points,
            self.points_squared + other.points_squared,
            self.percent + other.percent,
            self.percent_squared + other.percent_squared,
        )


@dataclass(frozen=True)
class ItemScoreSums:
    """Sums over the people who answered an item, of the mean of their answered offsets.

    The mean is counted in units of one over the least common multiple of 1…n_items.
    """

    score: int
    score_squared: int
    cross: int  # the item times the score

    def __add__(self, other: "ItemScoreSums") -> "ItemScoreSums":
        return ItemScoreSums(
            self.score + other.score,
            self.score_squared + other.score_squared,
            self.cross + other.cross,
        )


@dataclass(frozen=True, eq=False)
class Moments:
    """Everything the figures of one scale need, as integers.

    Points are *offsets* of aligned answers: 0 for the lowest, ``points - 1`` for the highest.
    Adding the moments of two groups of sheets gives the moments of both together, exactly.

    Attributes
    ----------
    rows : int
        All sheets, answered or not.
    n : (n_items, n_items) array of people
        Who answered both items; the diagonal has who answered the item.
    sums : (n_items, n_items) array of offsets
        Row i, column j: the sum of item i over the people who answered i and j.
    products : (n_items, n_items) array of squared offsets
        The sum of item i times item j over the people who answered both.
    counts : (n_items, points + 2) array of people
        *Raw* answers by position: skipped, 1…points, don't know.
    scores : tuple of ScoreSums
        By the number of answered items, from none to all.
    item_scores : tuple of ItemScoreSums
        By item.
    percent_denominator : int
        One percent is this many units in `scores`.
    """

    rows: int
    n: Integers
    sums: Integers
    products: Integers
    counts: Integers
    scores: tuple[ScoreSums, ...]
    item_scores: tuple[ItemScoreSums, ...]
    percent_denominator: int

    @property
    def complete_count(self) -> int:
        """People who answered every item."""
        return self.scores[-1].people

    @property
    def any_answer_count(self) -> int:
        """People who answered at least one item."""
        return self.rows - self.scores[0].people

    def __add__(self, other: "Moments") -> "Moments":
        if (
            self.counts.shape != other.counts.shape
            or self.percent_denominator != other.percent_denominator
        ):
            raise InvalidAnswer("moments of different scales do not add up")
        return Moments(
            self.rows + other.rows,
            self.n + other.n,
            self.sums + other.sums,
            self.products + other.products,
            self.counts + other.counts,
            tuple(a + b for a, b in zip(self.scores, other.scores, strict=True)),
            tuple(a + b for a, b in zip(self.item_scores, other.item_scores, strict=True)),
            self.percent_denominator,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the moments as JSON values, integers only; equal moments give equal values."""
        return {
            "rows": self.rows,
            "n": self.n.tolist(),
            "sums": self.sums.tolist(),
            "products": self.products.tolist(),
            "counts": self.counts.tolist(),
            "scores": [list(astuple(sums)) for sums in self.scores],
            "item_scores": [list(astuple(sums)) for sums in self.item_scores],
            "percent_denominator": self.percent_denominator,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the moments that `to_json` described.

        Raises
        ------
        InvalidAnswer
            If a key is missing, or the shapes do not belong together.
        """
        try:
            n, sums, products, counts = (
                np.array(values[key], dtype=np.int64) for key in ("n", "sums", "products", "counts")
            )
            scores = tuple(ScoreSums(*row) for row in values["scores"])
            item_scores = tuple(ItemScoreSums(*row) for row in values["item_scores"])
            rows, denominator = int(values["rows"]), int(values["percent_denominator"])
        except (KeyError, TypeError, ValueError) as reason:
            raise InvalidAnswer(f"not moments: {reason}") from reason
        item_count = len(counts)
        squares = {n.shape, sums.shape, products.shape}
        lengths = (len(scores), len(item_scores))
        if squares != {(item_count, item_count)} or lengths != (item_count + 1, item_count):
            raise InvalidAnswer("not moments: the shapes do not belong together")
        return cls(rows, n, sums, products, counts, scores, item_scores, denominator)
