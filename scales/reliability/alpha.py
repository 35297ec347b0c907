"""Alpha with its interval, and the error of measurement: how dependable the sum of items is."""

import math

import numpy as np

from scales.errors import Undefined
from scales.reliability.matrices import Matrix


def cronbach_alpha(matrix: Matrix) -> float:
    """Return Cronbach's alpha: how much of the variance of the sum the items have in common.

    Of items with two points it is Kuder and Richardson's formula 20.

    Parameters
    ----------
    matrix : (n_items, n_items) array
        Covariances of the aligned items. Correlations give the standardized alpha.

    Returns
    -------
    float
        At most 1; negative when items pull against each other.

    Raises
    ------
    Undefined
        ``single_item``, ``zero_total_variance``; ``too_few_for_alpha`` if an entry is missing, or
        if the pairs of items rest on such different people that alpha comes out above 1.

    Notes
    -----
    ``alpha = k/(k − 1) · (1 − ΣCᵢᵢ / ΣC)``
    R: ``psych::alpha(x)$total$raw_alpha``, of correlations ``$std.alpha``

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests.
    *Psychometrika*, 16, 297–334.
    """
    total = total_variance(matrix)
    item_count = len(matrix)
    return check_possible(float(item_count / (item_count - 1) * (1.0 - matrix.trace() / total)))


def feldt_interval(
    alpha: float, people: int, item_count: int, level: float = 0.95
) -> tuple[float, float]:
    """Return the confidence interval of alpha from the F distribution.

    Parameters
    ----------
    alpha : float
        As estimated from covariances.
    people : int
        Complete people (listwise) or people with any answer (pairwise).
    item_count : int
        Items of the scale.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper limit.

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``.

    Notes
    -----
    ``1 − (1 − alpha) · F`` at 0.975 and 0.025, with n − 1 and (n − 1)(k − 1) degrees of freedom
    R: ``psych::alpha.ci(alpha, n.obs, n.var)``

    References
    ----------
    Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability
    coefficient twenty. *Psychometrika*, 30, 357–370.
    """
    from scipy.special import fdtri

    if item_count < 2:
        raise Undefined("single_item")
    if people < 2:
        raise Undefined("too_few_for_alpha")
    degrees = (people - 1, (people - 1) * (item_count - 1))
    tail = (1.0 - level) / 2.0
    lower = 1.0 - (1.0 - alpha) * float(fdtri(*degrees, 1.0 - tail))
    upper = 1.0 - (1.0 - alpha) * float(fdtri(*degrees, tail))
    return lower, upper


def standard_error_of_measurement(sd_points: float, alpha: float) -> float:
    """Return by how many points a person's score is uncertain: the standard error of measurement.

    Parameters
    ----------
    sd_points : float
        Standard deviation of the scores, in points.
    alpha : float
        Reliability of the scores.

    Returns
    -------
    float
        In points.

    Notes
    -----
    ``sd · √(1 − alpha)``
    R: ``sd(score) * sqrt(1 - psych::alpha(x)$total$raw_alpha)``

    References
    ----------
    Lord, F. M., & Novick, M. R. (1968). *Statistical theories of mental test scores*, ch. 3.
    """
    return sd_points * math.sqrt(max(0.0, 1.0 - alpha))


def check_possible(coefficient: float) -> float:
    """Return a coefficient, unless it is above 1, which no group of people can have.

    Raises
    ------
    Undefined
        ``too_few_for_alpha``: the pairs of items were answered by different people.
    """
    if coefficient > 1.0 + 1e-9:
        raise Undefined("too_few_for_alpha")
    return coefficient


def total_variance(matrix: Matrix) -> float:
    """Return the variance of the sum of the items.

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``; ``zero_total_variance`` if it is not positive.
    """
    if len(matrix) < 2:
        raise Undefined("single_item")
    total = float(matrix.sum())
    if math.isnan(total):
        raise Undefined("too_few_for_alpha")
    if total <= 1e-12 * float(np.abs(matrix).sum()):
        raise Undefined("zero_total_variance")
    return total
