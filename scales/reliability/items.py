"""How each item goes with the others: item–rest, item–total, and the scale without the item."""

import math

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined
from scales.reliability.alpha import total_variance
from scales.reliability.matrices import Matrix, check_entries, unexplained_variances


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

    References
    ----------
    Nunnally, J. C., & Bernstein, I. H. (1994). *Psychometric theory* (3rd ed.), ch. 8.
    """
    check_entries(covariance)
    if len(covariance) < 2:
        raise Undefined("single_item")
    own = float(covariance[item, item])
    shared = float(covariance[item].sum()) - own
    rest = float(covariance.sum()) - 2.0 * shared - own
    if own <= 0:
        raise Undefined("zero_variance")
    if rest <= 1e-12 * float(np.abs(covariance).sum()):
        raise Undefined("zero_rest_variance")
    return shared / math.sqrt(own * rest)


def item_total_r(matrix: Matrix) -> NDArray[np.float64]:
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
    """
    total = total_variance(matrix)
    own = np.diag(matrix)
    result = np.full(len(matrix), np.nan)
    np.divide(matrix.sum(axis=1), np.sqrt(own * total), out=result, where=own > 0)
    return result


def item_total_r_corrected(correlation: Matrix) -> NDArray[np.float64]:
    """Return item–total correlations corrected for overlap and for unreliability (``r_corrected``).

    The squared multiple correlation stands in the diagonal, for the item and for the total.

    Parameters
    ----------
    correlation : (n_items, n_items) array
        Correlations of the aligned items.

    Returns
    -------
    (n_items,) array

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_variance``, ``singular_matrix``,
        ``zero_total_variance``.

    References
    ----------
    Revelle, W. (2024). *psych: Procedures for psychological, psychometric, and personality
    research*, function ``alpha``, ``r.cor``.
    """
    shared = correlation.copy()
    np.fill_diagonal(shared, 1.0 - unexplained_variances(correlation))
    result: NDArray[np.float64] = shared.sum(axis=1) / math.sqrt(total_variance(shared))
    return result
