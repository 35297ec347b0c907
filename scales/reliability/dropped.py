"""The scale without each of its items in turn: alpha and lambda-6, for all items at once."""

import math

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined
from scales.reliability.guttman import guttman_lambda6
from scales.reliability.matrices import Matrix, Vector

WELL_CONDITIONED = 1e-6  # of the smallest eigenvalue: from here, one inverse serves every item


def alpha_if_dropped(matrix: Matrix) -> Vector:
    """Return Cronbach's alpha of the scale without each item.

    Parameters
    ----------
    matrix : (n_items, n_items) array
        Covariances of the aligned items; correlations give the standardized alpha. An item that
        has no entries with others (NaN) does not keep the scale without it from an alpha.

    Returns
    -------
    (n_items,) array
        NaN where the rest is a single item, lacks an entry, or does not vary as a sum.

    Notes
    -----
    ``(k−1)/(k−2) · (1 − (ΣCⱼⱼ − Cᵢᵢ) / (ΣC − 2Cᵢ₊ + Cᵢᵢ))``, Cᵢ₊ the sum of row i
    R: ``psych::alpha(x)$alpha.drop$raw_alpha``

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests.
    *Psychometrika*, 16, 297–334.
    """
    item_count = len(matrix)
    result = np.full(item_count, np.nan)
    if item_count < 3:
        return result
    known, has_entries = _known_entries(matrix)
    own, totals = known.diagonal(), _rest_totals(known)
    does_vary = totals > 1e-12 * _rest_totals(np.abs(known))
    np.divide(own.sum() - own, totals, out=result, where=does_vary & has_entries)
    result = (item_count - 1) / (item_count - 2) * (1.0 - result)
    result[result > 1.0 + 1e-9] = np.nan  # pairs that rest on different people
    return result


def lambda6_if_dropped(correlation: Matrix, smallest_eigenvalue: float | None = None) -> Vector:
    """Return Guttman's lambda-6 of the scale without each item.

    Parameters
    ----------
    correlation : (n_items, n_items) array
        Correlations of the aligned items; NaN where an item does not vary or lacks people.
    smallest_eigenvalue : float, optional
        Of `correlation`, where it is known: one inverse then serves every item.

    Returns
    -------
    (n_items,) array
        NaN where it does not exist.

    Notes
    -----
    ``1 − Σⱼ 1/(Pⱼⱼ − Pᵢⱼ²/Pᵢᵢ) / (ΣR − 2Rᵢ₊ + 1)`` over j ≠ i, with P = R⁻¹
    R: ``psych::alpha(x)$alpha.drop$"G6(smc)"``

    References
    ----------
    Guttman, L. (1945). A basis for analyzing test-retest reliability. *Psychometrika*, 10, 255–282.
    """
    item_count = len(correlation)
    if item_count < 3:
        return np.full(item_count, np.nan)
    if smallest_eigenvalue is None or smallest_eigenvalue < WELL_CONDITIONED:
        return np.array([_lambda6_without(correlation, item) for item in range(item_count)])
    inverse = np.linalg.inv(correlation)
    own = inverse.diagonal()
    precision = own - inverse**2 / own[:, np.newaxis]
    np.fill_diagonal(precision, np.inf)
    result: Vector = 1.0 - (1.0 / precision).sum(axis=1) / _rest_totals(correlation)
    return result


def _lambda6_without(correlation: Matrix, item: int) -> float:
    rest = np.delete(np.delete(correlation, item, axis=0), item, axis=1)
    try:
        return guttman_lambda6(rest)
    except Undefined:
        return float("nan")


def _rest_totals(matrix: Matrix) -> Vector:
    """Return the sum of the matrix without each item's row and column."""
    rows = matrix.sum(axis=1)
    result: Vector = rows.sum() - 2.0 * rows + matrix.diagonal()
    return result


def _known_entries(matrix: Matrix) -> tuple[Matrix, NDArray[np.bool_] | bool]:
    """Return the matrix with 0 for NaN, and whether it has every entry without each item."""
    if not math.isnan(matrix.sum()):
        return matrix, True
    missing = np.isnan(matrix)
    return np.where(missing, 0.0, matrix), _rest_totals(missing.astype(np.float64)) == 0
