"""Scores of all people together: mean points, mean percent, and its interval."""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scales.coding import coding_of
from scales.definition import Scale
from scales.errors import InvalidAnswer, Undefined
from scales.moments import Moments


@dataclass(frozen=True)
class ScoreSummary:
    """Mean and standard deviation of the scores of those who have one.

    Without anybody the means are None, with fewer than two people the deviations are.
    """

    n: int
    mean_points: float | None
    sd_points: float | None
    mean_percent: float | None
    sd_percent: float | None

    @property
    def ci95_percent(self) -> tuple[float, float] | None:
        """The t-interval of `mean_percent` at 95 %, None with fewer than two people."""
        if self.mean_percent is None or self.sd_percent is None:
            return None
        return t_interval(self.mean_percent, self.sd_percent, self.n)


def t_interval(mean: float, sd: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Return the confidence interval of a mean.

    Parameters
    ----------
    mean, sd : float
        In the same unit; `sd` with n−1.
    n : int
        People.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper limit, in the unit of `mean`.

    Raises
    ------
    Undefined
        ``too_few_for_interval`` with fewer than two people.

    Notes
    -----
    ``mean ± t · sd/√n``, t with n − 1 degrees of freedom
    R: ``t.test(scores)$conf.int``

    References
    ----------
    Student (1908). The probable error of a mean. *Biometrika*, 6, 1–25.
    """
    if n < 2:
        raise Undefined("too_few_for_interval")
    half_width = t_quantile(n - 1, level) * sd / math.sqrt(n)
    return mean - half_width, mean + half_width


def t_quantile(degrees: float, level: float) -> float:
    """Return the factor of a two-sided t-interval.

    Parameters
    ----------
    degrees : float
        Degrees of freedom, at least 1.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    float
    """
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + level / 2.0))


def summarise_moments(moments: Moments, scale: Scale) -> ScoreSummary:
    """Summarise scores from moments, in exact fractions rounded once.

    Parameters
    ----------
    moments : Moments
        Of the scale.
    scale : Scale
        Gives the lowest point and the missing-answer rule.

    Returns
    -------
    ScoreSummary

    Raises
    ------
    InvalidAnswer
        If the moments are not of this scale.
    """
    if moments.counts.shape != (len(scale.items), scale.format.points + 2) or (
        moments.percent_denominator != coding_of(scale).percent_denominator
    ):
        raise InvalidAnswer(f"the moments are not of scale {scale.id}")
    scored = [
        (answered, moments.scores[answered])
        for answered in _scored_counts(scale)
        if moments.scores[answered].people
    ]
    n = sum(sums.people for _, sums in scored)
    points = sum((Fraction(sums.points, answered) for answered, sums in scored), Fraction())
    points_squared = sum(
        (Fraction(sums.points_squared, answered**2) for answered, sums in scored), Fraction()
    )
    unit = moments.percent_denominator
    percent = sum(
        (Fraction(sums.percent, answered * unit) for answered, sums in scored), Fraction()
    )
    percent_squared = sum(
        (Fraction(sums.percent_squared, (answered * unit) ** 2) for answered, sums in scored),
        Fraction(),
    )
    return ScoreSummary(
        n,
        float(scale.lowest + points / n) if n else None,
        _sd(n, points, points_squared),
        float(percent / n) if n else None,
        _sd(n, percent, percent_squared),
    )


def summarise_scores(points: NDArray[np.float64], percent: NDArray[np.float64]) -> ScoreSummary:
    """Summarise scores computed person by person.

    Parameters
    ----------
    points, percent : (n_respondents,) array
        NaN where a person has no score, in both.

    Returns
    -------
    ScoreSummary
    """
    scored_points, scored_percent = points[~np.isnan(points)], percent[~np.isnan(percent)]
    n = len(scored_points)
    return ScoreSummary(
        n,
        float(scored_points.mean()) if n else None,
        float(scored_points.std(ddof=1)) if n > 1 else None,
        float(scored_percent.mean()) if n else None,
        float(scored_percent.std(ddof=1)) if n > 1 else None,
    )


def _scored_counts(scale: Scale) -> range:
    return range(scale.needed_count, len(scale.items) + 1)


def _sd(n: int, total: Fraction, squares: Fraction) -> float | None:
    return math.sqrt((squares - total**2 / n) / (n - 1)) if n > 1 else None
