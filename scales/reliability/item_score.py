"""r_total: each item against the person's mean of the answered items, over who answered it."""

import math

import numpy as np
from numpy.typing import NDArray

from scales.moments import Moments


def item_score_r(moments: Moments) -> NDArray[np.float64]:
    """Return each item's correlation with the person's mean of the answered items.

    Over the people who answered the item (``r_total``), in integers rounded once.

    Parameters
    ----------
    moments : Moments
        Of one scale.

    Returns
    -------
    (n_items,) array
        NaN where the item or the mean does not vary.

    Notes
    -----
    ``r(xᵢ, mean of the answered items)`` over the people who answered item i
    R: ``psych::alpha(x)$item.stats$raw.r``

    References
    ----------
    Revelle, W. (2024). *psych: Procedures for psychological, psychometric, and personality
    research*, function ``alpha``, ``raw.r``.
    """
    return np.array([_from_sums(moments, item) for item in range(len(moments.n))])


def item_score_r_of_points(aligned: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what `item_score_r` returns, for points that may be fractions.

    Parameters
    ----------
    aligned : (n_respondents, n_items) array of points
        Points after mirroring; NaN marks a missing answer.

    Returns
    -------
    (n_items,) array
        NaN where the item or the mean does not vary.
    """
    is_answered = ~np.isnan(aligned)
    totals = np.where(is_answered, aligned, 0.0).sum(axis=1)
    scores = totals / np.maximum(is_answered.sum(axis=1), 1)
    return np.array(
        [
            _pearson(points[here], scores[here])
            for points, here in zip(aligned.T, is_answered.T, strict=True)
        ]
    )


def _from_sums(moments: Moments, item: int) -> float:
    n, total, squared = (
        int(matrix[item, item]) for matrix in (moments.n, moments.sums, moments.products)
    )
    of_score = moments.item_scores[item]
    item_part = n * squared - total**2
    score_part = n * of_score.score_squared - of_score.score**2
    if item_part == 0 or score_part == 0:
        return math.nan
    shared = n * of_score.cross - total * of_score.score
    return math.copysign(math.sqrt(shared**2 / (item_part * score_part)), shared)


def _pearson(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    if len(first) < 2 or np.ptp(first) == 0 or np.ptp(second) < 1e-12:
        return math.nan
    first, second = first - first.mean(), second - second.mean()
    return float(first @ second / math.sqrt(float(first @ first) * float(second @ second)))
