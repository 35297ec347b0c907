"""compare_independent: two groups of different people, from n, mean and standard deviation."""

import math
from dataclasses import dataclass

from scales.comparison.effect_sizes import EffectSize, hedges_correction, noncentral_interval
from scales.comparison.summary import GroupSummary, check_groups
from scales.satisfaction.scores import t_quantile

Interval = tuple[float, float]


@dataclass(frozen=True)
class MeanTest:
    """A t-test of a difference: the interval is of the difference, p is two-sided."""

    t: float
    df: float
    p: float
    ci95: Interval


@dataclass(frozen=True)
class IndependentComparison:
    """Second group minus first: the difference in the unit of the scores, tests, effect sizes.

    `welch` does not take the two deviations for equal and is the one to report; `student` does.
    `cohen_d` divides by the pooled deviation, `hedges_g` is the same without its bias,
    `d_unpooled` divides by the root of the mean variance, `glass_delta` by the first deviation.
    """

    first: GroupSummary
    second: GroupSummary
    difference: float
    welch: MeanTest
    student: MeanTest
    cohen_d: EffectSize
    hedges_g: EffectSize
    d_unpooled: float
    glass_delta: float


def compare_independent(first: GroupSummary, second: GroupSummary) -> IndependentComparison:
    """Compare the means of two groups of different people, second minus first.

    This is the comparison of two years of anonymous answers too: nobody can be found again, so the
    people count as different ones, which makes the interval wider than need be, never narrower,
    as long as those who answer twice answer alike.

    Parameters
    ----------
    first, second : GroupSummary
        Scores in the same unit.

    Returns
    -------
    IndependentComparison

    Raises
    ------
    Undefined
        ``too_few_to_compare`` with fewer than two people in a group; ``no_variance`` where all
        scores of a group are equal.

    Notes
    -----
    ``t = difference / √(s₁²/n₁ + s₂²/n₂)`` with
    ``df = (s₁²/n₁ + s₂²/n₂)² / ((s₁²/n₁)²/(n₁−1) + (s₂²/n₂)²/(n₂−1))``;
    ``d = difference / √(((n₁−1)s₁² + (n₂−1)s₂²)/(n₁+n₂−2))``, ``g = J·d``; the interval of d is
    that of the noncentral t divided by ``√(n₁n₂/(n₁+n₂))``, that of g is J times it.
    R: ``t.test(second, first)``, ``effectsize::hedges_g(second, first)``

    References
    ----------
    Welch, B. L. (1947). The generalization of Student's problem. *Biometrika*, 34, 28–35.
    Hedges, L. V., & Olkin, I. (1985). *Statistical methods for meta-analysis*. Academic Press.
    """
    check_groups([first, second])
    difference = second.mean - first.mean
    pooled = pooled_variance(first, second)
    student_error = math.sqrt(pooled * (1 / first.n + 1 / second.n))
    student = mean_test(difference, student_error, first.n + second.n - 2)
    welch_error = math.sqrt(first.variance_of_mean + second.variance_of_mean)
    d = difference / math.sqrt(pooled)
    factor = math.sqrt(first.n * second.n / (first.n + second.n))
    cohen_d = _effect(d, student, factor)
    correction = hedges_correction(student.df)
    return IndependentComparison(
        first,
        second,
        difference,
        mean_test(difference, welch_error, welch_degrees(first, second)),
        student,
        cohen_d,
        scaled(cohen_d, correction),
        difference / math.sqrt((first.sd**2 + second.sd**2) / 2),
        difference / first.sd,
    )


def mean_test(difference: float, error: float, degrees: float) -> MeanTest:
    """Test a difference by its standard error.

    Parameters
    ----------
    difference, error : float
        In the same unit; `error` above zero.
    degrees : float
        Degrees of freedom, a fraction too.

    Returns
    -------
    MeanTest
        Two-sided.

    Notes
    -----
    ``t = difference / error``, interval ``difference ± t(0.975; df) · error``
    """
    from scipy.special import stdtr

    t = difference / error
    half_width = t_quantile(degrees, 0.95) * error
    p = 2.0 * float(stdtr(degrees, -abs(t)))
    return MeanTest(t, degrees, p, (difference - half_width, difference + half_width))


def pooled_variance(first: GroupSummary, second: GroupSummary) -> float:
    """Return the variance inside the two groups, taken together."""
    squares = (first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2
    return squares / (first.n + second.n - 2)


def welch_degrees(first: GroupSummary, second: GroupSummary) -> float:
    """Return the degrees of freedom of Welch and Satterthwaite."""
    one, two = first.variance_of_mean, second.variance_of_mean
    return (one + two) ** 2 / (one**2 / (first.n - 1) + two**2 / (second.n - 1))


def scaled(effect: EffectSize, factor: float) -> EffectSize:
    """Return an effect size and its interval times a factor."""
    lower, upper = effect.ci95
    return EffectSize(effect.value * factor, (lower * factor, upper * factor))


def _effect(d: float, test: MeanTest, factor: float) -> EffectSize:
    lower, upper = noncentral_interval(test.t, test.df)
    return EffectSize(d, (lower / factor, upper / factor))
