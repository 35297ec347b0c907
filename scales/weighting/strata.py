"""Audiences and strata put together in fixed proportions, from people or from summaries."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.comparison.summary import GroupSummary
from scales.errors import InvalidAnswer, Undefined
from scales.weighting.margins import check_targets, level_of_row

Interval = tuple[float, float]


@dataclass(frozen=True)
class CombinedMean:
    """A mean of group means in fixed proportions.

    `used_weights` sum to 1; those of groups without a mean are 0, and `is_renormalised` says that
    such a group was left out. `standard_error` and `ci95` are None where a group's is unknown.
    """

    mean: float
    standard_error: float | None
    ci95: Interval | None
    used_weights: tuple[float, ...]
    is_renormalised: bool


def combine_groups(groups: Sequence[GroupSummary | None], weights: Sequence[float]) -> CombinedMean:
    """Put the means of groups together with fixed weights, such as those of audiences.

    Parameters
    ----------
    groups : sequence of GroupSummary or None
        None where a group has no mean that may be used.
    weights : sequence of float
        Positive, of any sum: a group's share in the result, whatever the number of its people.

    Returns
    -------
    CombinedMean
        In the unit of the means.

    Raises
    ------
    InvalidAnswer
        If lengths differ or a weight is not a positive number.
    Undefined
        ``nobody_scored`` where no group has a mean.

    Notes
    -----
    ``m = Σ v·mean``, ``se = √Σ(v²·s²/n)``, v the weights of the groups with a mean, divided by
    their sum; the interval by t with ``df = (Σ v²s²/n)² / Σ((v²s²/n)²/(n−1))``
    R: ``sum(v * mean)``, ``sqrt(sum(v^2 * s^2 / n))``

    References
    ----------
    Cochran, W. G. (1977). *Sampling techniques* (3rd ed.), ch. 5. Wiley.
    Satterthwaite, F. E. (1946). An approximate distribution of estimates of variance components.
    *Biometrics Bulletin*, 2, 110–114.
    """
    if len(groups) != len(weights) or not all(math.isfinite(w) and w > 0 for w in weights):
        raise InvalidAnswer("every group needs a weight that is a number above zero")
    total = math.fsum(w for w, group in zip(weights, groups, strict=True) if group is not None)
    if not total:
        raise Undefined("nobody_scored")
    used = tuple(
        w / total if group is not None else 0.0 for w, group in zip(weights, groups, strict=True)
    )
    present = [(v, group) for v, group in zip(used, groups, strict=True) if group is not None]
    mean = math.fsum(v * group.mean for v, group in present)
    error = interval = None
    if all(group.n > 1 for _, group in present):
        error, interval = _error_and_interval(mean, present)
    return CombinedMean(mean, error, interval, used, len(present) < len(groups))


def post_stratification_weights(
    strata: Sequence[str], population: Mapping[str, float]
) -> NDArray[np.float64]:
    """Return weights under which each stratum counts as in the population.

    Parameters
    ----------
    strata : sequence of str
        The stratum each person belongs to.
    population : mapping of str to float
        By stratum, how many people the population has, or their share.

    Returns
    -------
    (n_respondents,) array
        The population's count divided by that of the sample.

    Raises
    ------
    InvalidAnswer
        If nobody is there.
    MarginsContradict
        Names the stratum whose population is not a positive number, that has people but no
        population, or a population but no people. The margin is called ``stratum``.

    Notes
    -----
    ``w = N_h / n_h``
    R: ``weights(survey::postStratify(design, ~stratum, population))``

    References
    ----------
    Holt, D., & Smith, T. M. F. (1979). Post stratification. *Journal of the Royal Statistical
    Society A*, 142, 33–46.
    """
    check_targets({"stratum": strata}, {"stratum": population})
    place = level_of_row("stratum", strata, population)
    counts = np.bincount(place, minlength=len(population))
    return np.asarray((np.array(list(population.values()), dtype=np.float64) / counts)[place])


def _error_and_interval(
    mean: float, present: Sequence[tuple[float, GroupSummary]]
) -> tuple[float, Interval]:
    from scales.satisfaction.scores import t_quantile

    parts = [v**2 * group.variance_of_mean for v, group in present]
    variance = math.fsum(parts)
    if not variance:
        return 0.0, (mean, mean)
    spread = math.fsum(
        part**2 / (group.n - 1) for part, (_, group) in zip(parts, present, strict=True)
    )
    half_width = t_quantile(variance**2 / spread, 0.95) * math.sqrt(variance)
    return math.sqrt(variance), (mean - half_width, mean + half_width)
