"""ItemAnswers: how one item was answered, from counts or from points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.definition import Item, Scale
from scales.figures.reasons import Reasons, if_defined
from scales.figures.spread import Spread, spread_of_points, spreads_of_counts
from scales.keying import is_reverse
from scales.moments import Integers


@dataclass(frozen=True)
class ItemAnswers:
    """What the answers to one item alone say; None where nobody answered.

    `counts` are by raw point; floor, ceiling and spread are of aligned points. `is_answered` says
    whether any sheet has an answer, also one that is not counted because others are missing.
    """

    item: Item
    spread: Spread | None
    counts: dict[str, int] | None
    floor_share: float | None
    ceiling_share: float | None
    missing_share: float | None
    dont_know_share: float | None
    is_answered: bool

    @property
    def n(self) -> int:
        """People who answered."""
        return self.spread.n if self.spread is not None else 0


def answers_in_counts(
    counted: Integers, everybody: Integers, rows: int, scale: Scale, reasons: Reasons
) -> tuple[ItemAnswers, ...]:
    """Describe each item by its counts.

    Parameters
    ----------
    counted : (n_items, points + 2) array of answers
        By raw position, of the sheets the item figures are of: all, or the complete ones.
    everybody : (n_items, points + 2) array of answers
        Of all sheets; missing and don't-know shares are of these.
    rows : int
        All sheets.
    scale : Scale
        Gives keying and range.
    reasons : Reasons
        Takes ``nobody_answered:ITEM``.
    """
    raw = counted[:, 1:-1]
    aligned = np.where(is_reverse(scale)[:, np.newaxis], raw[:, ::-1], raw)
    spreads = spreads_of_counts(aligned, scale.lowest)
    ends = aligned[:, [0, -1]].tolist()
    points = [str(point) for point in range(scale.lowest, scale.highest + 1)]
    has_answers = (everybody[:, 1:-1].sum(axis=1) > 0).tolist()
    for item, is_answered in zip(scale.items, has_answers, strict=True):
        if not is_answered:
            reasons.note("nobody_answered", item.id)
    return tuple(
        ItemAnswers(
            item,
            spread,
            dict(zip(points, counts, strict=True)),
            _share(lowest_count, spread.n if spread else 0),
            _share(highest_count, spread.n if spread else 0),
            _share(all_counts[0], rows),
            _share(all_counts[-1], rows),
            is_answered,
        )
        for item, spread, counts, all_counts, (lowest_count, highest_count), is_answered in zip(
            scale.items,
            spreads,
            raw.tolist(),
            everybody.tolist(),
            ends,
            has_answers,
            strict=True,
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
    has_answers = ((~(is_missing | is_dont_know)).sum(axis=0) > 0).tolist()

    def describe(column: int, item: Item) -> ItemAnswers:
        points = aligned[:, column]
        spread = if_defined(lambda: spread_of_points(points))
        if not has_answers[column]:
            reasons.note("nobody_answered", item.id)
        n = spread.n if spread is not None else 0
        return ItemAnswers(
            item,
            spread,
            None,
            _share(int((points == scale.lowest).sum()), n),
            _share(int((points == scale.highest).sum()), n),
            _share(int(is_missing[:, column].sum()), rows),
            _share(int(is_dont_know[:, column].sum()), rows),
            has_answers[column],
        )

    return tuple(describe(column, item) for column, item in enumerate(scale.items))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
