"""Guttman's lambda-2 and lambda-6: lower bounds of reliability beside alpha."""

import math

import numpy as np

from scales.reliability.alpha import check_possible, total_variance
from scales.reliability.matrices import Matrix, Vector, above_diagonal, unexplained_variances


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

    Notes
    -----
    ``(Σᵢ≠ⱼCᵢⱼ + √(k/(k − 1) · Σᵢ≠ⱼCᵢⱼ²)) / ΣC``
    R: ``psych::guttman(R)$lambda.2`` of correlations

    References
    ----------
    Guttman, L. (1945). A basis for analyzing test-retest reliability. *Psychometrika*, 10, 255–282.
    """
    total = total_variance(matrix)
    item_count = len(matrix)
    off_diagonal = above_diagonal(matrix)
    shared = 2.0 * float(off_diagonal.sum())
    squares = 2.0 * float(np.square(off_diagonal).sum())
    return check_possible((shared + math.sqrt(item_count / (item_count - 1) * squares)) / total)


def guttman_lambda6(matrix: Matrix, unexplained: Vector | None = None) -> float:
    """Return Guttman's lambda-6, from what each item shares with all the others.

    Parameters
    ----------
    matrix : (n_items, n_items) array
        Correlations of the aligned items (this project's figure), or covariances.
    unexplained : (n_items,) array, optional
        As `unexplained_variances` gives them, where they are known already.

    Returns
    -------
    float

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_variance``, ``singular_matrix``,
        ``zero_total_variance``.

    Notes
    -----
    ``1 − Σ(1 − R²ᵢ) / ΣR``, R²ᵢ what the other items explain of item i
    R: ``psych::alpha(x)$total$"G6(smc)"``

    References
    ----------
    Guttman, L. (1945). A basis for analyzing test-retest reliability. *Psychometrika*, 10, 255–282.
    """
    if unexplained is None:
        unexplained = unexplained_variances(matrix)
    return 1.0 - float(unexplained.sum()) / total_variance(matrix)
