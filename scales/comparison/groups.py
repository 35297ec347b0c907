"""Several groups at once: Welch's analysis of variance, and every pair by Games and Howell."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from scales.comparison.effect_sizes import EffectSize
from scales.comparison.independent import compare_independent, welch_degrees
from scales.comparison.summary import GroupSummary, check_groups

Interval = tuple[float, float]


@dataclass(frozen=True)
class WelchTest:
    """Welch's test that all means are equal."""

    f: float
    df1: float
    df2: float
    p: float


@dataclass(frozen=True)
class PairDifference:
    """Second minus first of two of several groups; p and interval hold for all pairs together."""

    first: str
    second: str
    difference: float
    standard_error: float
    t: float
    df: float
    p: float
    ci95: Interval
    hedges_g: EffectSize

    @property
    def is_different(self) -> bool:
        """Whether the two means differ at 5 %, all pairs taken together."""
        return self.p < 0.05


def welch_anova(groups: Sequence[GroupSummary]) -> WelchTest:
    """Test whether the means of several groups are equal, without taking variances for equal.

    Parameters
    ----------
    groups : sequence of GroupSummary
        At least two, scores in the same unit.

    Returns
    -------
    WelchTest

    Raises
    ------
    Undefined
        ``one_group``; ``too_few_to_compare`` where a group has fewer than two people;
        ``no_variance`` where all scores of a group are equal.

    Notes
    -----
    ``w = n/s²``, ``m = Σw·mean/Σw``, ``λ = Σ(1 − w/Σw)²/(n−1)``;
    ``F = (Σw(mean − m)²/(k−1)) / (1 + 2(k−2)λ/(k²−1))``, df k − 1 and ``(k²−1)/(3λ)``
    R: ``oneway.test(score ~ group, var.equal = FALSE)``

    References
    ----------
    Welch, B. L. (1951). On the comparison of several mean values. *Biometrika*, 38, 330–336.
    """
    from scipy.special import fdtrc

    check_groups(groups)
    k = len(groups)
    weights = [1.0 / group.variance_of_mean for group in groups]
    total = math.fsum(weights)
    centre = math.fsum(w * g.mean for w, g in zip(weights, groups, strict=True)) / total
    between = math.fsum(
        w * (g.mean - centre) ** 2 for w, g in zip(weights, groups, strict=True)
    ) / (k - 1)
    spread = math.fsum(
        (1 - w / total) ** 2 / (g.n - 1) for w, g in zip(weights, groups, strict=True)
    )
    f = between / (1 + 2 * (k - 2) * spread / (k**2 - 1))
    df2 = (k**2 - 1) / (3 * spread)
    return WelchTest(f, k - 1, df2, float(fdtrc(k - 1, df2, f)))


def games_howell(groups: Mapping[str, GroupSummary]) -> tuple[PairDifference, ...]:
    """Compare every two of several groups, without taking variances or sizes for equal.

    Parameters
    ----------
    groups : mapping of str to GroupSummary
        By name, at least two, scores in the same unit.

    Returns
    -------
    tuple of PairDifference
        In the order of the groups.

    Raises
    ------
    Undefined
        As `welch_anova`.

    Notes
    -----
    ``t = difference / √(s₁²/n₁ + s₂²/n₂)``, df of Welch; p and interval from the studentized range
    of all k groups: ``p = P(Q(k, df) > √2·|t|)``,
    ``difference ± Q(0.95; k, df)/√2 · standard error``
    R: ``rstatix::games_howell_test(data, score ~ group)``

    References
    ----------
    Games, P. A., & Howell, J. F. (1976). Pairwise multiple comparison procedures with unequal
    n's and/or variances. *Journal of Educational Statistics*, 1, 113–125.
    """
    check_groups(list(groups.values()))
    return tuple(
        _pair(one, two, groups[one], groups[two], len(groups))
        for one, two in combinations(groups, 2)
    )


def _pair(
    one: str, two: str, first: GroupSummary, second: GroupSummary, group_count: int
) -> PairDifference:
    from scipy.stats import studentized_range

    degrees = welch_degrees(first, second)
    difference = second.mean - first.mean
    error = math.sqrt(first.variance_of_mean + second.variance_of_mean)
    t = difference / error
    p = float(studentized_range.sf(math.sqrt(2) * abs(t), group_count, degrees))
    factor = float(studentized_range.ppf(0.95, group_count, degrees)) / math.sqrt(2)
    interval = (difference - factor * error, difference + factor * error)
    effect = compare_independent(first, second).hedges_g
    return PairDifference(
        one, two, difference, error, t, degrees, min(1.0, max(0.0, p)), interval, effect
    )
