"""Moments: n, sums, cross-products of one scale's answers as integers that add up."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer
from scales.score_sums import ItemScoreSums, ScoreSums

Integers = NDArray[np.int64]


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
    complete_counts : (n_items, points) array of people, optional
        *Raw* answers by position, of the people who answered every item.
    complete_sums : (n_items,) array of offsets, optional
        The sum of the item over the people who answered every item.
    complete_products : (n_items, n_items) array of squared offsets, optional
        As `products`, over the people who answered every item.
    pairs : (n_pairs, points, points) array of people, optional
        *Raw* positions of each two items, in the order of ``numpy.triu_indices(n_items, 1)``, over
        the people who answered both.

    An optional part that one of two moments lacks is not in their sum.
    """

    rows: int
    n: Integers
    sums: Integers
    products: Integers
    counts: Integers
    scores: tuple[ScoreSums, ...]
    item_scores: tuple[ItemScoreSums, ...]
    percent_denominator: int
    complete_counts: Integers | None = None
    complete_sums: Integers | None = None
    complete_products: Integers | None = None
    pairs: Integers | None = None

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
            **{name: _both(getattr(self, name), getattr(other, name)) for name in _OPTIONAL},
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
        } | {name: part.tolist() for name in _OPTIONAL if (part := getattr(self, name)) is not None}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the moments that `to_json` described; an absent optional part is None.

        Raises
        ------
        InvalidAnswer
            If a key is missing, or the shapes do not belong together.
        """
        try:
            counts = np.array(values["counts"], dtype=np.int64)
            item_count, points = len(counts), counts.shape[1] - 2
            square = (item_count, item_count)
            n, sums, products = (_part(values[key], square) for key in ("n", "sums", "products"))
            shapes = _optional_shapes(item_count, points)
            optional = {
                name: _part(values[name], shape) for name, shape in shapes.items() if name in values
            }
            scores = tuple(ScoreSums(*row) for row in values["scores"])
            item_scores = tuple(ItemScoreSums(*row) for row in values["item_scores"])
            rows, denominator = int(values["rows"]), int(values["percent_denominator"])
        except (IndexError, KeyError, TypeError, ValueError) as reason:
            raise InvalidAnswer(f"not moments: {reason}") from reason
        if (len(scores), len(item_scores)) != (item_count + 1, item_count):
            raise InvalidAnswer("not moments: the shapes do not belong together")
        return cls(rows, n, sums, products, counts, scores, item_scores, denominator, **optional)


_OPTIONAL = ("complete_counts", "complete_sums", "complete_products", "pairs")


def _optional_shapes(item_count: int, points: int) -> dict[str, tuple[int, ...]]:
    return {
        "complete_counts": (item_count, points),
        "complete_sums": (item_count,),
        "complete_products": (item_count, item_count),
        "pairs": (item_count * (item_count - 1) // 2, points, points),
    }


def _part(values: Any, shape: tuple[int, ...]) -> Integers:
    part = np.array(values, dtype=np.int64)
    if part.shape != shape and (part.size or 0 not in shape):
        raise ValueError(f"a part of shape {part.shape} stands where {shape} belongs")
    return part.reshape(shape)


def _both(one: Integers | None, other: Integers | None) -> Integers | None:
    return None if one is None or other is None else one + other
