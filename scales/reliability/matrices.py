"""Covariances and correlations of a scale's aligned items, from moments or from points."""

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined
from scales.moments import Moments

Matrix = NDArray[np.float64]

SMALLEST_EIGENVALUE = 1e-10


def covariances(moments: Moments) -> Matrix:
    """Return the pairwise covariances of the aligned items, with n−1.

    Each covariance comes from the people who answered both items; it is computed in integers
    and rounded once.

    Parameters
    ----------
    moments : Moments
        Of one scale.

    Returns
    -------
    (n_items, n_items) array of squared points
        NaN where fewer than two people answered both items.
    """
    people = moments.n.astype(object)
    above = people * moments.products.astype(object) - moments.sums.astype(object) * moments.sums.T
    below = people * (people - 1)
    return np.array(
        [
            [numerator / denominator if denominator else np.nan for numerator, denominator in pairs]
            for pairs in map(zip, above, below)
        ]
    )


def point_covariances(aligned: NDArray[np.float64]) -> Matrix:
    """Return the pairwise covariances of a matrix of points, with n−1.

    The way for fractional answers, which have no integer moments.

    Parameters
    ----------
    aligned : (n_respondents, n_items) array of points
        Points after mirroring; NaN marks a missing answer.

    Returns
    -------
    (n_items, n_items) array of squared points
        NaN where fewer than two people answered both items.
    """
    is_answered = ~np.isnan(aligned)
    answered = is_answered.astype(np.float64)
    item_n = answered.sum(axis=0)
    centre = np.where(is_answered, aligned, 0.0).sum(axis=0) / np.maximum(item_n, 1.0)
    centred = np.where(is_answered, aligned - centre, 0.0)
    people = answered.T @ answered
    sums = centred.T @ answered
    products = centred.T @ centred
    result = np.full_like(people, np.nan)
    has_two = people >= 2
    np.divide(
        products - sums * sums.T / np.maximum(people, 1.0), people - 1.0, result, where=has_two
    )
    return result


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
    """
    check_entries(covariance)
    deviations = np.sqrt(np.diag(covariance))
    if not np.all(deviations > 0):
        raise Undefined("zero_variance")
    result: Matrix = covariance / np.outer(deviations, deviations)
    np.fill_diagonal(result, 1.0)
    return result


def without_item(matrix: Matrix, item: int) -> Matrix:
    """Return the matrix without the row and the column of one item."""
    return np.delete(np.delete(matrix, item, axis=0), item, axis=1)


def above_diagonal(matrix: Matrix) -> NDArray[np.float64]:
    """Return the entries above the diagonal, row by row."""
    return matrix[np.triu_indices(len(matrix), 1)]


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

    References
    ----------
    Guttman, L. (1945). A basis for analyzing test-retest reliability. *Psychometrika*, 10, 255–282.
    """
    if len(matrix) < 2:
        raise Undefined("single_item")
    if np.linalg.eigvalsh(correlations(matrix))[0] < SMALLEST_EIGENVALUE:
        raise Undefined("singular_matrix")
    return np.asarray(1.0 / np.diag(np.linalg.inv(matrix)))


def check_entries(matrix: Matrix) -> None:
    """Refuse a matrix with a missing entry.

    Raises
    ------
    Undefined
        ``too_few_for_alpha``.
    """
    if np.isnan(matrix).any():
        raise Undefined("too_few_for_alpha")
