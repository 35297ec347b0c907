"""Item bias: do people with the same score on a scale, but of different groups, answer alike."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.comparison.proportional_odds import fit_proportional_odds, null_log_likelihood
from scales.counting import is_complete
from scales.definition import Scale
from scales.errors import InvalidAnswer, Undefined
from scales.keying import check_columns, is_reverse

Integers = NDArray[np.int64]

SIGNIFICANT = 0.01
MODERATE, LARGE = 0.035, 0.070  # change of R², Jodoin & Gierl 2001


@dataclass(frozen=True)
class LikelihoodTest:
    """A likelihood-ratio test of one model against a smaller one."""

    chi2: float
    df: int
    p: float


@dataclass(frozen=True)
class ItemBias:
    """How an item works in several groups, among people with the same total score.

    `uniform` tests whether a group answers higher or lower throughout, `non_uniform` whether the
    distance depends on the score, `both` the two together. `r2_change` is what the groups explain
    beyond the score, `r2_change_uniform` the part of `uniform`. `difference_points` is, by group,
    how much higher it answers than everybody else with the same total score; None where no such
    people are met.
    """

    n: int
    uniform: LikelihoodTest
    non_uniform: LikelihoodTest
    both: LikelihoodTest
    r2_change: float
    r2_change_uniform: float
    difference_points: tuple[float | None, ...]

    @property
    def band(self) -> str:
        """How much it matters: ``negligible``, ``moderate`` or ``large``."""
        if self.both.p >= SIGNIFICANT or self.r2_change < MODERATE:
            return "negligible"
        return "moderate" if self.r2_change < LARGE else "large"


def count_by_total(
    packed: NDArray[np.uint8], group_of_row: NDArray[np.integer], group_count: int, scale: Scale
) -> Integers:
    """Count the complete sheets by item, group, total score and aligned point.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        The scale's columns.
    group_of_row : (n_respondents,) array of int
        Each person's group, from 0; negative for nobody's.
    group_count : int
        How many groups there are.
    scale : Scale
        Gives range and keying.

    Returns
    -------
    (n_items, n_groups, n_items · (points − 1) + 1, points) array of people
        Counts of different sheets add up.

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items, or the groups not the rows.
    """
    check_columns(packed, scale)
    if len(group_of_row) != len(packed) or np.max(group_of_row, initial=0) >= group_count:
        raise InvalidAnswer(f"{len(packed)} sheets, {len(group_of_row)} groups of {group_count}")
    is_used = is_complete(packed, scale) & (group_of_row >= 0)
    points = scale.format.points
    offsets = packed[is_used].astype(np.int64) - 1
    offsets = np.where(is_reverse(scale), points - 1 - offsets, offsets)
    total_count = len(scale.items) * (points - 1) + 1
    cell = (group_of_row[is_used] * total_count + offsets.sum(axis=1)) * points
    size = group_count * total_count * points
    counts = [np.bincount(cell + offset, minlength=size) for offset in offsets.T]
    return np.array(counts).reshape(len(scale.items), group_count, total_count, points)


def item_bias(counts: Integers) -> ItemBias:
    """Ask whether an item means the same to several groups, by ordinal logistic regression.

    Parameters
    ----------
    counts : (n_groups, n_totals, points) array of people
        One item of `count_by_total`.

    Returns
    -------
    ItemBias

    Raises
    ------
    Undefined
        ``one_group`` with fewer than two groups of people; ``too_few_to_compare`` where a group has
        fewer than two people; ``no_variance`` where all answers, or all totals, are equal;
        ``groups_not_comparable`` where no two groups share enough totals; ``no_convergence``.

    Notes
    -----
    Models of the answer: ``score``; ``score + group``; ``score + group + score × group``;
    ``chi² = 2(ln L₂ − ln L₁)``;
    ``R² = (1 − exp(2(ln L₀ − ln L)/n)) / (1 − exp(2 ln L₀/n))``.
    Bands: under 0.035 or p ≥ 0.01 negligible, from 0.070 large
    R: ``lmtest::lrtest(MASS::polr(y ~ s), MASS::polr(y ~ s + g), MASS::polr(y ~ s * g))``

    References
    ----------
    Zumbo, B. D. (1999). *A handbook on the theory and methods of differential item functioning*.
    Department of National Defense, Ottawa. Jodoin, M. G., & Gierl, M. J. (2001). Evaluating type I
    error and power rates using an effect size measure with the logistic regression procedure.
    *Applied Measurement in Education*, 14, 329–349. Nagelkerke, N. J. D. (1991). A note on a
    general definition of the coefficient of determination. *Biometrika*, 78, 691–692.
    """
    people = counts.sum(axis=(1, 2))
    if len(people) < 2:
        raise Undefined("one_group")
    if people.min() < 2:
        raise Undefined("too_few_to_compare")
    n, group_count = int(people.sum()), len(people)
    table, score, groups = _design(counts)
    null = null_log_likelihood(table)
    fits = [
        fit_proportional_odds(table, np.column_stack(predictors)).log_likelihood
        for predictors in ([score], [score, groups], [score, groups, groups * score])
    ]
    explained = [_nagelkerke(null, fit, n) for fit in fits]
    more = group_count - 1
    return ItemBias(
        n,
        _test(fits[0], fits[1], more),
        _test(fits[1], fits[2], more),
        _test(fits[0], fits[2], 2 * more),
        max(0.0, explained[2] - explained[0]),
        max(0.0, explained[1] - explained[0]),
        tuple(_matched_difference(counts, group) for group in range(group_count)),
    )


def _design(counts: Integers) -> tuple[Integers, NDArray[np.float64], NDArray[np.float64]]:
    """Return counts by (group, total), the standardized total as a column, and group columns."""
    group_count, total_count, points = counts.shape
    by_total = counts.sum(axis=(0, 2)).astype(np.float64)
    totals = np.arange(total_count, dtype=np.float64)
    centre = by_total @ totals / by_total.sum()
    deviation = math.sqrt(by_total @ (totals - centre) ** 2 / by_total.sum())
    if not deviation:
        raise Undefined("no_variance")
    score = np.tile((totals - centre) / deviation, group_count)[:, None]
    groups = np.repeat(np.eye(group_count)[:, 1:], total_count, axis=0)
    return counts.reshape(-1, points), score, groups


def _nagelkerke(null: float, fit: float, n: int) -> float:
    return math.expm1(2 * (null - fit) / n) / math.expm1(2 * null / n)


def _test(smaller: float, larger: float, degrees: int) -> LikelihoodTest:
    from scipy.special import chdtrc

    chi2 = max(0.0, 2 * (larger - smaller))
    return LikelihoodTest(chi2, degrees, float(chdtrc(degrees, chi2)))


def _matched_difference(counts: Integers, group: int) -> float | None:
    """Return the group's mean minus that of all others, at equal totals, weighted by the group."""
    own, others = counts[group], counts.sum(axis=0) - counts[group]
    n_own, n_others = own.sum(axis=1), others.sum(axis=1)
    both = (n_own > 0) & (n_others > 0)
    if not both.any():
        return None
    offsets = np.arange(counts.shape[2])
    distance = own[both] @ offsets / n_own[both] - others[both] @ offsets / n_others[both]
    return float(n_own[both] @ distance / n_own[both].sum())
