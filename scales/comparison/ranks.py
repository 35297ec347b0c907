"""Tests on ranks, for scores that are far from a bell: Wilcoxon's and Mann and Whitney's."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.comparison.summary import complete_pairs
from scales.errors import Undefined

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class SignedRankTest:
    """Wilcoxon's test of pairs: `v` is the sum of the ranks of those who went up."""

    n: int
    n_unchanged: int
    v: float
    p: float
    p_continuity: float


@dataclass(frozen=True)
class RankSumTest:
    """Mann and Whitney's test: `u` counts the pairs in which the second group's score is higher.

    `common_language` is the share of those pairs, ties as half; `rank_biserial` goes from −1 (the
    first group is always higher) to 1.
    """

    n_first: int
    n_second: int
    u: float
    p: float
    p_continuity: float
    common_language: float
    rank_biserial: float


def signed_rank_test(before: Vector, after: Vector) -> SignedRankTest:
    """Test whether the same people's scores moved, by the ranks of their changes.

    Parameters
    ----------
    before, after : (n_respondents,) array
        NaN where there is no score; people without both, and unchanged ones, are left out.

    Returns
    -------
    SignedRankTest
        Two-sided, normal approximation with ties, without and with continuity correction.

    Raises
    ------
    InvalidAnswer
        If the lengths differ.
    Undefined
        ``no_variance`` where nobody changed.

    Notes
    -----
    ``V = Σ ranks of the rises``, mean ``n(n+1)/4``,
    ``variance = n(n+1)(2n+1)/24 − Σ(t³−t)/48`` over ties of t; `p_continuity` is R's p
    with ``correct = TRUE``
    R: ``wilcox.test(after, before, paired = TRUE, exact = FALSE, correct = FALSE)``

    References
    ----------
    Wilcoxon, F. (1945). Individual comparisons by ranking methods. *Biometrics Bulletin*, 1, 80–83.
    """
    before, after = complete_pairs(before, after)
    changes = after - before
    moved = changes[changes != 0]
    n = len(moved)
    if n == 0:
        raise Undefined("no_variance")
    ranks, tied = ranks_of(np.abs(moved))
    v = float(ranks[moved > 0].sum())
    variance = n * (n + 1) * (2 * n + 1) / 24 - tied / 48
    plain, corrected = _two_sided(v - n * (n + 1) / 4, math.sqrt(variance))
    return SignedRankTest(n, len(changes) - n, v, plain, corrected)


def rank_sum_test(first: Vector, second: Vector) -> RankSumTest:
    """Test whether the scores of two groups of different people lie apart, by their ranks.

    Parameters
    ----------
    first : (n_first,) array
        NaN where a person has no score.
    second : (n_second,) array
        The same of the other group.

    Returns
    -------
    RankSumTest
        Two-sided, normal approximation with ties, without and with continuity correction.

    Raises
    ------
    Undefined
        ``too_few_to_compare`` where a group has nobody; ``no_variance`` where all scores are equal.

    Notes
    -----
    ``U = Σ ranks of the second − n₂(n₂+1)/2``, mean ``n₁n₂/2``,
    ``variance = n₁n₂/12 · (N + 1 − Σ(t³−t)/(N(N−1)))`` over ties of t;
    common language ``U/(n₁n₂)``, rank-biserial ``2U/(n₁n₂) − 1``; `p_continuity` is R's p
    with ``correct = TRUE``
    R: ``wilcox.test(second, first, exact = FALSE, correct = FALSE)``, ``effectsize::rank_biserial``

    References
    ----------
    Mann, H. B., & Whitney, D. R. (1947). On a test of whether one of two random variables is
    stochastically larger than the other. *Annals of Mathematical Statistics*, 18, 50–60.
    """
    first, second = first[~np.isnan(first)], second[~np.isnan(second)]
    n_first, n_second = len(first), len(second)
    if not n_first or not n_second:
        raise Undefined("too_few_to_compare")
    ranks, tied = ranks_of(np.concatenate([first, second]))
    total, pairs = n_first + n_second, n_first * n_second
    variance = pairs / 12 * (total + 1 - tied / (total * (total - 1)))
    if variance <= 0:
        raise Undefined("no_variance")
    u = float(ranks[n_first:].sum()) - n_second * (n_second + 1) / 2
    plain, corrected = _two_sided(u - pairs / 2, math.sqrt(variance))
    return RankSumTest(n_first, n_second, u, plain, corrected, u / pairs, 2 * u / pairs - 1)


def ranks_of(values: Vector) -> tuple[Vector, float]:
    """Return the ranks, ties at their mean rank, and ``Σ(t³−t)`` over the ties of t values."""
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes, dtype=np.float64)
    tied = sizes.astype(np.float64)
    return (last - (tied - 1) / 2)[group], float((tied**3 - tied).sum())


def _two_sided(distance: float, error: float) -> tuple[float, float]:
    """Return p without and with a continuity correction of one half."""
    from scipy.special import ndtr

    near = max(0.0, abs(distance) - 0.5) if distance else 0.0
    return 2.0 * float(ndtr(-abs(distance) / error)), 2.0 * float(ndtr(-near / error))
