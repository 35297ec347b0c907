"""UnitScores: n, mean and spread of every unit's scores, and how its complete people agree."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.agreement.deviation import ad_mean
from scales.agreement.unit_sums import UnitSums
from scales.agreement.within import item_variances, rwg_j
from scales.definition import Scale

Integers = NDArray[np.int64]
Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class UnitScores:
    """What the figures of agreement are made of; arrays by unit, NaN where nothing exists.

    Attributes
    ----------
    n, n_complete : (n_units,) array of people
        With a score; who answered every item.
    means : (n_units,) array of points
        Of the scores.
    squares : (n_units,) array of squared points
        Sum of the squared distances of the scores from the unit's mean; 0 for one score or none.
    mean_points : float
        Of all people with a score, NaN without any.
    rwg, ad, alpha_complete : (n_units,) array
        Of complete people.
    """

    n: Integers
    n_complete: Integers
    means: Vector
    squares: Vector
    mean_points: float
    rwg: Vector
    ad: Vector
    alpha_complete: Vector


def unit_scores(sums: UnitSums, scale: Scale) -> UnitScores:
    """Return what agreement is made of, in integers rounded once.

    Parameters
    ----------
    sums : UnitSums
        Of the scale.
    scale : Scale
        Gives the lowest point and the missing-answer rule.

    Returns
    -------
    UnitScores
    """
    answered = [
        a for a in range(scale.needed_count, len(scale.items) + 1) if sums.people[:, a].any()
    ]
    unit = math.lcm(*answered)
    factors = np.array([unit // a for a in answered], dtype=object)
    n = sums.people[:, answered].sum(axis=1)
    totals = sums.points[:, answered].astype(object) @ factors
    squared = sums.points_squared[:, answered].astype(object) @ factors**2
    return UnitScores(
        n,
        sums.people[:, -1],
        _ratios(totals, n.astype(object) * unit) + scale.lowest,
        _ratios(n * squared - totals**2, n.astype(object) * unit**2, empty=0.0),
        sum(totals) / (unit * int(n.sum())) + scale.lowest if n.any() else math.nan,
        rwg_j(sums.complete_counts),
        ad_mean(sums.complete_counts),
        _alpha(sums),
    )


def alpha_of_parts(item_variances_sum: Vector, total_variance: Vector, items: int) -> Vector:
    """Return alpha by unit from the variances of items and total, NaN where there is none.

    Notes
    -----
    ``k/(k − 1)·(1 − Σs²ᵢ/s²)``, s² the variance of the people's totals
    R: ``psych::alpha(x)$total$raw_alpha``

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. *Psychometrika*,
    16, 297–334.
    """
    alpha = np.full(total_variance.shape, np.nan)
    if items > 1:
        np.divide(item_variances_sum, total_variance, out=alpha, where=total_variance > 0)
        alpha = items / (items - 1) * (1.0 - alpha)
    return alpha


def _alpha(sums: UnitSums) -> Vector:
    n, points = sums.people[:, -1], sums.points[:, -1]
    above = n * sums.points_squared[:, -1] - points**2
    variance = np.where(n > 1, above / np.maximum(n * (n - 1), 1), np.nan)
    counts = sums.complete_counts
    return alpha_of_parts(item_variances(counts).sum(axis=-1), variance, counts.shape[1])


def _ratios(
    above: NDArray[np.object_], below: NDArray[np.object_], empty: float = np.nan
) -> Vector:
    """Divide integers of any size, each quotient rounded once."""
    return np.array([a / b if b else empty for a, b in zip(above, below, strict=True)], dtype=float)
