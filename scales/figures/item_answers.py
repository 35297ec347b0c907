"""ItemAnswers: how one item was answered, from counts or from points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.definition import Item, Keying, Scale
from scales.figures.reasons import Reasons
from scales.figures.spread import Spread, spread_of_counts, spread_of_points
from scales.moments import Moments


@dataclass(frozen=True)
class ItemAnswers:
    """What the answers to one item alone say; None where nobody answered.

    `counts` are by raw point; floor, ceiling and spread are of aligned points.
    """

    item: Item
    spread: Spread | None
    counts: dict[str, int] | None
    floor_share: float | None
    ceiling_share: float | None
    missing_share: float | None
    dont_know_share: float | None

    @property
    def n(self) -> int:
        """People who answered."""
        return self.spread.n if self.spread is not None else 0


def answers_in_counts(
    counted: Moments, everybody: Moments, scale: Scale, reasons: Reasons
) -> tuple[ItemAnswers, ...]:
    """Describe each item by its counts.

    Parameters
    ----------
    counted : Moments
        Of the sheets the item figures are of: all, or the complete ones.
    everybody : Moments
        Of all sheets; missing and don't-know shares are of these.
    scale : Scale
        Gives keying and range.
    reasons : Reasons
        Takes ``nobody_answered:ITEM``.
    """
    return tuple(
        _of_counts(item, scale.lowest, counts[1:-1], all_counts, everybody.rows, reasons)
        for item, counts, all_counts in zip(
            scale.items, counted.counts, everybody.counts, strict=True
        )
    )


def answers_in_points(
    aligned: NDArray[np.float64],
    is_missing: NDArray[np.bool_],
    is_dont_know: NDArray[np.bool_],
    scale: Scale,
    reasons: Reasons,
) -> tuple[ItemAnswers, ...]:
    """Describe each item by its points, without counts.

    Parameters
    ----------
    aligned : (n_counted, n_items) array of points
        Of the sheets the item figures are of; NaN marks a missing answer.
    is_missing, is_dont_know : (n_respondents, n_items) array of bool
        Of all sheets, disjoint.
    scale : Scale
        Gives keying and range.
    reasons : Reasons
        Takes ``nobody_answered:ITEM``.
    """
    rows = len(is_missing)

    def describe(column: int, item: Item) -> ItemAnswers:
        points = aligned[:, column]
        spread = reasons.ask(lambda: spread_of_points(points), item.id)
        n = spread.n if spread is not None else 0
        return ItemAnswers(
            item,
            spread,
            None,
            _share(int((points == scale.lowest).sum()), n),
            _share(int((points == scale.highest).sum()), n),
            _share(int(is_missing[:, column].sum()), rows),
            _share(int(is_dont_know[:, column].sum()), rows),
        )

    return tuple(describe(column, item) for column, item in enumerate(scale.items))


def _of_counts(
    item: Item,
    lowest: int,
    counts: NDArray[np.int64],
    all_counts: NDArray[np.int64],
    rows: int,
    reasons: Reasons,
) -> ItemAnswers:
    aligned = counts[::-1] if item.keying is Keying.REVERSE else counts
    spread = reasons.ask(lambda: spread_of_counts(aligned, lowest), item.id)
    n = spread.n if spread is not None else 0
    return ItemAnswers(
        item,
        spread,
        {str(lowest + position): int(count) for position, count in enumerate(counts)},
        _share(int(aligned[0]), n),
        _share(int(aligned[-1]), n),
        _share(int(all_counts[0]), rows),
        _share(int(all_counts[-1]), rows),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
