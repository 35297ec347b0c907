"""Correlations of a scale's aligned items, and what is read from such a matrix."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

SMALLEST_EIGENVALUE = 1e-10


def correlations(covariance: Matrix) -> Matrix:
    """Divide a covariance matrix by its own diagonal.

    Parameters
    ----------
    covariance : (n_items, n_items) array
        As `covariances` gives it.

    Returns
    -------
    (n_items, n_items) array
        With a diagonal of exactly 1.

    Raises
    ------
    Undefined
        ``too_few_for_alpha`` if an entry is missing, ``zero_variance`` if an item does not vary.

    Notes
    -----
    ``Rᵢⱼ = Cᵢⱼ / √(Cᵢᵢ · Cⱼⱼ)``
    R: ``cov2cor(C)``
    """
    check_entries(covariance)
    own = covariance.diagonal()
    if not own.min() > 0:
        raise Undefined("zero_variance")
    deviations = np.sqrt(own)
    result: Matrix = covariance / (deviations[:, np.newaxis] * deviations)
    np.fill_diagonal(result, 1.0)
    return result


def known_correlations(covariance: Matrix) -> Matrix:
    """Return the correlations that exist, NaN for an item without variance or a missing entry."""
    own = np.diag(covariance)
    deviations = np.sqrt(np.where(own > 0, own, np.nan))
    result: Matrix = covariance / np.outer(deviations, deviations)
    np.fill_diagonal(result, np.where(own > 0, 1.0, np.nan))
    return result


def above_diagonal(matrix: Matrix) -> NDArray[np.float64]:
    """Return the entries above the diagonal, row by row."""
    return matrix[_pairs(len(matrix))]


@cache
def _pairs(item_count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    return np.triu_indices(item_count, 1)


def unexplained_variances(matrix: Matrix) -> NDArray[np.float64]:
    """Return what the other items do not explain of each item's variance, in a linear regression.

    On correlations this is one minus the squared multiple correlation.

    Parameters
    ----------
    matrix : (n_items, n_items) array
        Covariances or correlations.

    Returns
    -------
    (n_items,) array

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_variance``; ``singular_matrix`` if the matrix
        is not positive definite, so that no regression exists.

    Notes
    -----
    ``1 / (R⁻¹)ᵢᵢ = 1 − R²ᵢ``, with R²ᵢ what the other items explain of item i
    R: ``1 - psych::smc(R)``

    References
    ----------
    Guttman, L. (1945). A basis for analyzing test-retest reliability. *Psychometrika*, 10, 255–282.
    """
    if len(matrix) < 2:
        raise Undefined("single_item")
    check_definite(correlations(matrix))
    return np.asarray(1.0 / np.diag(np.linalg.inv(matrix)))


def check_entries(matrix: Matrix) -> None:
    """Refuse a matrix with a missing entry.

    Raises
    ------
    Undefined
        ``too_few_for_alpha``.
    """
    if math.isnan(matrix.sum()):
        raise Undefined("too_few_for_alpha")


def check_definite(correlation: Matrix) -> None:
    """Refuse a matrix whose smallest eigenvalue is not above 1e-10.

    Raises
    ------
    Undefined
        ``singular_matrix``.
    """
    shifted = correlation.copy()
    np.fill_diagonal(shifted, 1.0 - SMALLEST_EIGENVALUE)
    try:
        np.linalg.cholesky(shifted)
    except np.linalg.LinAlgError:
        raise Undefined("singular_matrix") from None
