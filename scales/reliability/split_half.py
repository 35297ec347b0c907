"""Split halves: the odd items of a scale against the even ones."""

import math

from scales.errors import Undefined
from scales.reliability.alpha import total_variance
from scales.reliability.matrices import Matrix


def odd_even_r(covariance: Matrix) -> float:
    """Return the correlation of the sum of the odd items with the sum of the even ones.

    Parameters
    ----------
    covariance : (n_items, n_items) array
        Covariances of the aligned items, in the order of the questionnaire.

    Returns
    -------
    float

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_total_variance``; ``zero_half_variance`` if
        one half does not vary.

    Notes
    -----
    ``r = C(odd, even) / √(C(odd, odd) · C(even, even))``, sums of blocks of C
    R: ``cor(rowSums(x[, c(TRUE, FALSE)]), rowSums(x[, c(FALSE, TRUE)]))``

    References
    ----------
    Spearman, C. (1910). Correlation calculated from faulty data. *British Journal of Psychology*,
    3, 271–295.
    """
    total_variance(covariance)
    odd, shared, even = _halves(covariance)
    smallest = 1e-12 * float(abs(covariance).sum())
    if odd <= smallest or even <= smallest:
        raise Undefined("zero_half_variance")
    return shared / math.sqrt(odd * even)


def spearman_brown(half_r: float) -> float:
    """Return the reliability of the whole scale from the correlation of its halves.

    For a scale of two items, this is its reliability: each item is a half.

    Parameters
    ----------
    half_r : float
        As `odd_even_r` gives it.

    Returns
    -------
    float

    Raises
    ------
    Undefined
        ``zero_total_variance`` for a correlation of −1.

    Notes
    -----
    ``2r / (1 + r)``
    R: ``2 * r / (1 + r)``

    References
    ----------
    Spearman, C. (1910). Correlation calculated from faulty data. *British Journal of Psychology*,
    3, 271–295. Eisinga, R., te Grotenhuis, M., & Pelzer, B. (2013). The reliability of a two-item
    scale: Pearson, Cronbach, or Spearman-Brown? *International Journal of Public Health*, 58,
    637–642.
    """
    if half_r <= -1.0 + 1e-12:
        raise Undefined("zero_total_variance")
    return 2.0 * half_r / (1.0 + half_r)


def guttman_split_half(covariance: Matrix) -> float:
    """Return Guttman's split-half reliability, which lets the halves vary unequally.

    Parameters
    ----------
    covariance : (n_items, n_items) array
        Covariances of the aligned items, in the order of the questionnaire.

    Returns
    -------
    float

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_total_variance``.

    Notes
    -----
    ``4 · C(odd, even) / ΣC``
    R: ``4 * cov(odd, even) / var(odd + even)`` with the sums of the halves

    References
    ----------
    Guttman, L. (1945). A basis for analyzing test-retest reliability. *Psychometrika*, 10, 255–282.
    """
    total = total_variance(covariance)
    return 4.0 * _halves(covariance)[1] / total


def _halves(covariance: Matrix) -> tuple[float, float, float]:
    """Return the variance of the odd half, the covariance of both, the variance of the even one."""
    return (
        float(covariance[::2, ::2].sum()),
        float(covariance[::2, 1::2].sum()),
        float(covariance[1::2, 1::2].sum()),
    )
