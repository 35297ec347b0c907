"""Key check: does an item look as if it had been keyed the wrong way round."""

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined
from scales.reliability.matrices import Matrix, Vector, check_entries

ALIKE = 1e-9  # loadings and eigenvalues closer than this are not told apart


def suspect_keys(values: Vector, vectors: Matrix) -> NDArray[np.bool_]:
    """Tell which items load on the first component against their declared key.

    The component of the *raw* answers has the loadings of the aligned ones, with the sign turned
    where an item is reversed; so an item is suspect where its aligned loading is negative. The
    component as a whole is turned so that the loadings add up to more than zero; where they add up
    to nothing, one half of the items is keyed wrongly and nobody can say which: all are suspect.

    Parameters
    ----------
    values : (n_items,) array
        Eigenvalues of the correlations of the aligned items, ascending.
    vectors : (n_items, n_items) array
        Their eigenvectors, in columns.

    Returns
    -------
    (n_items,) array of bool

    Raises
    ------
    Undefined
        ``single_item``; ``no_first_component`` if the two largest eigenvalues are equal.

    Notes
    -----
    ``sign(v₁ᵢ) ≠ key of i`` with v₁ the first eigenvector of the correlations of raw answers
    R: ``sign(eigen(cor(x))$vectors[, 1])``, beside the keys; ``psych::alpha(x, check.keys = TRUE)``

    References
    ----------
    Revelle, W. (2024). *psych: Procedures for psychological, psychometric, and personality
    research*, function ``alpha``, ``check.keys``.
    """
    if len(values) < 2:
        raise Undefined("single_item")
    if values[-1] - values[-2] < ALIKE * values[-1]:
        raise Undefined("no_first_component")
    loadings = vectors[:, -1]
    balance = float(loadings.sum())
    if abs(balance) < ALIKE:
        return np.asarray(np.abs(loadings) > ALIKE)
    return np.asarray(np.sign(balance) * loadings < -ALIKE)


def alpha_if_flipped(covariance: Matrix) -> Vector:
    """Return Cronbach's alpha of the scale with the key of each item in turn the other way round.

    Parameters
    ----------
    covariance : (n_items, n_items) array
        Covariances of the aligned items.

    Returns
    -------
    (n_items,) array
        NaN where the sum of the items would not vary.

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``.

    Notes
    -----
    ``k/(k − 1) · (1 − ΣCᵢᵢ / (ΣC − 4(Cᵢ₊ − Cᵢᵢ)))``, Cᵢ₊ the sum of row i
    R: ``psych::alpha(x, keys = …)$total$raw_alpha`` with the item's key turned

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests.
    *Psychometrika*, 16, 297–334.
    """
    item_count, own = len(covariance), covariance.diagonal()
    if item_count < 2:
        raise Undefined("single_item")
    check_entries(covariance)
    rows = covariance.sum(axis=1)
    totals = rows.sum() - 4.0 * (rows - own)
    share = np.full(item_count, np.nan)
    does_vary = totals > 1e-12 * np.abs(covariance).sum()
    np.divide(own.sum(), totals, out=share, where=does_vary)
    result: Vector = item_count / (item_count - 1) * (1.0 - share)
    return result
