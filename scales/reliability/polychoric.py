"""Polychoric correlations from tables of pairs, and the ordinal alpha and omega they give."""

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined
from scales.reliability.alpha import cronbach_alpha
from scales.reliability.factor import omega_total, one_factor_minres
from scales.reliability.matrices import SMALLEST_EIGENVALUE, Matrix
from scales.reliability.polychoric_fit import estimate_tables


def polychoric_matrix(
    pairs: NDArray[np.int64], item_count: int, is_reverse: NDArray[np.bool_] | None = None
) -> Matrix:
    """Estimate the correlations of the normal variables thought to lie behind the answers.

    In two steps: each pair's thresholds from the margins of its table, then the most likely
    correlation. Zero cells stay zero, nothing is smoothed; the cost does not depend on the number
    of people. A correlation that is most likely at the end of its range is given as ±1.

    Parameters
    ----------
    pairs : (n_pairs, points, points) array of people
        From `count_pairs`: raw positions, over the people who answered both items.
    item_count : int
        Items of the scale.
    is_reverse : (n_items,) array of bool, optional
        Items to mirror, which turns the sign of their correlations.

    Returns
    -------
    (n_items, n_items) array
        NaN where nobody answered both items, or one of the two was answered in one way only.

    Notes
    -----
    ``thresholds τₐ = Φ⁻¹(share up to a)``, ``r = argmax Σ nₐᵦ log Pₐᵦ(r)``, P the probability of
    a cell under the bivariate normal distribution.
    R: ``psych::polychoric(x, correct = 0, smooth = FALSE, global = FALSE)$rho``

    References
    ----------
    Olsson, U. (1979). Maximum likelihood estimation of the polychoric correlation coefficient.
    *Psychometrika*, 44, 443–460.
    """
    estimates = estimate_tables(pairs.astype(np.float64))
    first, second = np.triu_indices(item_count, 1)
    result = np.eye(item_count)
    result[first, second] = result[second, first] = estimates
    if is_reverse is not None:
        signs = np.where(is_reverse, -1.0, 1.0)
        result *= np.outer(signs, signs)
    return result


def ordinal_alpha(correlation: Matrix) -> float:
    """Return ordinal alpha: alpha of the polychoric correlations.

    Parameters
    ----------
    correlation : (n_items, n_items) array
        From `polychoric_matrix`, of the aligned items.

    Returns
    -------
    float

    Raises
    ------
    Undefined
        ``single_item``, ``zero_total_variance``; ``ordinal_pair_missing`` if a correlation is.

    Notes
    -----
    ``k/(k−1) · (1 − k/Σρ)``
    R: ``psych::alpha(psych::polychoric(x, correct = 0, global = FALSE)$rho)$total$raw_alpha``

    References
    ----------
    Zumbo, B. D., Gadermann, A. M., & Zeisser, C. (2007). Ordinal versions of coefficients alpha
    and theta for Likert rating scales. *Journal of Modern Applied Statistical Methods*, 6, 21–29.
    """
    _check_pairs(correlation)
    return cronbach_alpha(correlation)


def ordinal_omega(correlation: Matrix) -> float:
    """Return ordinal omega: omega total of one minres factor of the polychoric correlations.

    Parameters
    ----------
    correlation : (n_items, n_items) array
        From `polychoric_matrix`, of the aligned items.

    Returns
    -------
    float

    Raises
    ------
    Undefined
        ``single_item``, ``two_items``, ``ordinal_pair_missing``, ``ordinal_singular`` if the
        correlations contradict each other, ``factor_not_found``, ``zero_total_variance``.

    Notes
    -----
    ``ω = 1 − Σuᵢ² / Σρ`` with u² of one minres factor.
    R: ``psych::omega(psych::polychoric(x, correct = 0, global = FALSE)$rho, 1)$omega.tot``

    References
    ----------
    Gadermann, A. M., Guhn, M., & Zumbo, B. D. (2012). Estimating ordinal reliability for
    Likert-type and ordinal item response data. *Practical Assessment, Research & Evaluation*,
    17(3).
    """
    _check_pairs(correlation)
    if len(correlation) > 2 and np.linalg.eigvalsh(correlation)[0] < SMALLEST_EIGENVALUE:
        raise Undefined("ordinal_singular")
    return omega_total(one_factor_minres(correlation), correlation)


def _check_pairs(correlation: Matrix) -> None:
    if np.isnan(correlation).any():
        raise Undefined("ordinal_pair_missing")
