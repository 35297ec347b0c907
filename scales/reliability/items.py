"""How each item goes with the others: item–rest, item–total, and the scale without the item."""

import math

import numpy as np

from scales.errors import Undefined
from scales.reliability.alpha import total_variance
from scales.reliability.matrices import Matrix, Vector, check_entries, unexplained_variances


def item_rest_r(covariance: Matrix, item: int) -> float:
    """Return the correlation of one item with the sum of the others (``r_drop``).

    Parameters
    ----------
    covariance : (n_items, n_items) array
        Covariances of the aligned items.
    item : int
        Its row.

    Returns
    -------
    float
        Negative when the item runs against the scale, as with a forgotten reversal.

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_variance``; ``zero_rest_variance`` if the
        sum of the others does not vary.

    Notes
    -----
    ``(Cᵢ₊ − Cᵢᵢ) / √(Cᵢᵢ · (ΣC − 2Cᵢ₊ + Cᵢᵢ))``, Cᵢ₊ the sum of row i
    R: ``psych::alpha(x)$item.stats$r.drop``

    References
    ----------
    Nunnally, J. C., & Bernstein, I. H. (1994). *Psychometric theory* (3rd ed.), ch. 8.
    """
    check_entries(covariance)
    if len(covariance) < 2:
        raise Undefined("single_item")
    if covariance[item, item] <= 0:
        raise Undefined("zero_variance")
    r = float(item_rest_correlations(covariance)[item])
    if math.isnan(r):
        raise Undefined("zero_rest_variance")
    return r


def item_rest_correlations(covariance: Matrix) -> Vector:
    """Return what `item_rest_r` returns, of every item at once.

    Parameters
    ----------
    covariance : (n_items, n_items) array
        Covariances of the aligned items.

    Returns
    -------
    (n_items,) array
        NaN where the item, or the sum of the others, does not vary, or an entry is missing.
    """
    own, sizes = covariance.diagonal(), np.abs(covariance).sum(axis=1)
    rows = covariance.sum(axis=1)
    shared = rows - own
    shared[np.abs(shared) <= 1e-12 * sizes] = 0.0  # so that rounding gives no sign
    rest = rows.sum() - 2.0 * shared - own
    result = np.full(len(covariance), np.nan)
    does_vary = (own > 0) & (rest > 1e-12 * sizes.sum())
    np.divide(shared, np.sqrt(own * np.maximum(rest, 0.0)), out=result, where=does_vary)
    return result


def item_total_r(matrix: Matrix) -> Vector:
    """Return the correlation of each item with the sum of all.

    On correlations this is ``r_total_standardized``; on the covariances of sheets without missing
    answers it is ``r_total``.

    Parameters
    ----------
    matrix : (n_items, n_items) array
        Covariances or correlations of the aligned items.

    Returns
    -------
    (n_items,) array
        NaN for an item that does not vary.

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_total_variance``.

    Notes
    -----
    ``Cᵢ₊ / √(Cᵢᵢ · ΣC)``, Cᵢ₊ the sum of row i
    R: ``psych::alpha(x)$item.stats$std.r`` of correlations, ``$raw.r`` of covariances

    References
    ----------
    Nunnally, J. C., & Bernstein, I. H. (1994). *Psychometric theory* (3rd ed.), ch. 8.
    """
    total = total_variance(matrix)
    own = matrix.diagonal()
    result = np.full(len(matrix), np.nan)
    np.divide(matrix.sum(axis=1), np.sqrt(own * total), out=result, where=own > 0)
    return result


def item_total_r_corrected(correlation: Matrix, unexplained: Vector | None = None) -> Vector:
    """Return item–total correlations corrected for overlap and for unreliability (``r_corrected``).

    The squared multiple correlation stands in the diagonal, for the item and for the total.

    Parameters
    ----------
    correlation : (n_items, n_items) array
        Correlations of the aligned items.
    unexplained : (n_items,) array, optional
        As `unexplained_variances` gives them, where they are known already.

    Returns
    -------
    (n_items,) array

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_variance``, ``singular_matrix``,
        ``zero_total_variance``.

    Notes
    -----
    ``Sᵢ₊ / √ΣS``, S = R with the squared multiple correlations R²ᵢ in its diagonal
    R: ``psych::alpha(x)$item.stats$r.cor``

    References
    ----------
    Revelle, W. (2024). *psych: Procedures for psychological, psychometric, and personality
    research*, function ``alpha``, ``r.cor``.
    """
    if unexplained is None:
        unexplained = unexplained_variances(correlation)
    shared = correlation.copy()
    np.fill_diagonal(shared, 1.0 - unexplained)
    result: Vector = shared.sum(axis=1) / math.sqrt(total_variance(shared))
    return result
