"""Alpha with its interval, lambda-2 and lambda-6: how dependable the sum of the items is."""

import math

import numpy as np

from scales.errors import Undefined
from scales.reliability.matrices import (
    Matrix,
    above_diagonal,
    check_entries,
    unexplained_variances,
)


def cronbach_alpha(matrix: Matrix) -> float:
    """Return Cronbach's alpha, ``k/(k−1) · (1 − Σ variances / variance of the sum)``.

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

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests.
    *Psychometrika*, 16, 297–334.
    """
    total = total_variance(matrix)
    item_count = len(matrix)
    return _possible(float(item_count / (item_count - 1) * (1.0 - np.trace(matrix) / total)))


def feldt_interval(
    alpha: float, people: int, item_count: int, level: float = 0.95
) -> tuple[float, float]:
    """Return the confidence interval of alpha from the F distribution.

    ``1 − (1 − alpha) · F`` with n−1 and (n−1)(k−1) degrees of freedom.

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


def guttman_lambda2(matrix: Matrix) -> float:
    """Return Guttman's lambda-2, never below alpha.

    Parameters
    ----------
    matrix : (n_items, n_items) array
        Covariances of the aligned items.

    Returns
    -------
    float

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_total_variance``.

    References
    ----------
    Guttman, L. (1945). A basis for analyzing test-retest reliability. *Psychometrika*, 10, 255–282.
    """
    total = total_variance(matrix)
    item_count = len(matrix)
    off_diagonal = above_diagonal(matrix)
    shared = 2.0 * float(off_diagonal.sum())
    squares = 2.0 * float(np.square(off_diagonal).sum())
    return _possible((shared + math.sqrt(item_count / (item_count - 1) * squares)) / total)


def guttman_lambda6(matrix: Matrix) -> float:
    """Return Guttman's lambda-6, from what each item shares with all the others.

    Parameters
    ----------
    matrix : (n_items, n_items) array
        Correlations of the aligned items (this project's figure), or covariances.

    Returns
    -------
    float

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_variance``, ``singular_matrix``,
        ``zero_total_variance``.

    References
    ----------
    Guttman, L. (1945). A basis for analyzing test-retest reliability. *Psychometrika*, 10, 255–282.
    """
    unexplained = unexplained_variances(matrix)
    return 1.0 - float(unexplained.sum()) / total_variance(matrix)


def standard_error_of_measurement(sd_points: float, alpha: float) -> float:
    """Return by how many points a person's score is uncertain, ``sd · √(1 − alpha)``.

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

    References
    ----------
    Lord, F. M., & Novick, M. R. (1968). *Statistical theories of mental test scores*, ch. 3.
    """
    return sd_points * math.sqrt(max(0.0, 1.0 - alpha))


def _possible(coefficient: float) -> float:
    """Refuse what no group of people can have; it comes from pairs answered by different people."""
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
    check_entries(matrix)
    total = float(matrix.sum())
    if total <= 1e-12 * float(np.abs(matrix).sum()):
        raise Undefined("zero_total_variance")
    return total
