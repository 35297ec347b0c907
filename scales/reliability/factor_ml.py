"""One common factor by maximum likelihood on covariances, and its omega."""

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined
from scales.reliability.factor import (
    GRADIENT_ENOUGH,
    LAST_STEP,
    MOST_STEPS,
    SMALLEST_UNIQUENESS,
    OneFactor,
    Vector,
    check_item_count,
    downhill,
)
from scales.reliability.matrices import (
    Matrix,
    check_definite,
    correlations,
    unexplained_variances,
)

LONGEST_STEP = 2.0  # of a logarithm


def one_factor_ml(covariance: Matrix, start: Vector | None = None) -> OneFactor:
    """Fit one factor by maximum likelihood, each item with a loading of its own (congeneric).

    Parameters
    ----------
    covariance : (n_items, n_items) array
        Covariances of the aligned items over the people who answered every item.
    start : (n_items,) array, optional
        Uniquenesses of the correlations that are near, as of `one_factor_minres`: the search is
        shorter from there.

    Returns
    -------
    OneFactor
        Loadings in points, uniquenesses in squared points.

    Raises
    ------
    Undefined
        ``single_item``, ``two_items``, ``too_few_for_alpha`` if an entry is missing,
        ``zero_variance``; ``singular_matrix`` if the matrix is not positive definite;
        ``factor_not_found`` if the search does not end.

    Notes
    -----
    ``min over l, u² of log|Σ| + tr(CΣ⁻¹)``, ``Σ = ll' + diag(u²)``, ``uᵢ² ≥ 0.005 Cᵢᵢ``.
    R: ``lavaan::cfa("f =~ item1 + item2 + …", std.lv = TRUE)``

    References
    ----------
    Jöreskog, K. G. (1967). Some contributions to maximum likelihood factor analysis.
    *Psychometrika*, 32, 443–482.
    """
    correlation = correlations(covariance)
    check_item_count(correlation)
    check_definite(correlation)
    deviations = np.sqrt(np.diag(covariance))
    if start is None:
        start = (1.0 - 0.5 / len(correlation)) * unexplained_variances(correlation)
    unique = _most_likely(correlation, start)
    loadings = _loadings(correlation, unique) * deviations
    if loadings.sum() < 0:
        loadings = -loadings
    is_heywood = bool((unique <= SMALLEST_UNIQUENESS * (1 + 1e-9)).any())
    return OneFactor(loadings, unique * deviations**2, is_heywood)


def omega_total_ml(factor: OneFactor) -> float:
    """Return omega of one factor: its share of the variance of the sum that the model implies.

    Parameters
    ----------
    factor : OneFactor
        From `one_factor_ml`.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    Undefined
        ``zero_total_variance``.

    Notes
    -----
    ``ω = (Σlᵢ)² / ((Σlᵢ)² + Σuᵢ²)`` with l and u² of one ML factor on covariances.
    R: ``semTools::compRelSEM(fit, obs.var = FALSE)``

    References
    ----------
    McDonald, R. P. (1999). *Test theory: a unified treatment*, ch. 6. Erlbaum.
    """
    common = float(factor.loadings.sum()) ** 2
    total = common + float(factor.uniquenesses.sum())
    if total <= 0:
        raise Undefined("zero_total_variance")
    return common / total


def _most_likely(correlation: Matrix, start: Vector) -> Vector:
    """Return the most likely uniquenesses, by Newton's steps in their logarithms within bounds."""
    floor, damping = float(np.log(SMALLEST_UNIQUENESS)), 0.0
    logs = np.log(np.maximum(start, SMALLEST_UNIQUENESS))
    loss, slope, bend = _misfit(correlation, logs)
    for _ in range(MOST_STEPS):
        is_free = ((logs > floor) | (slope < 0)) & ((logs < 0) | (slope > 0))
        if np.abs(slope * is_free).max() < GRADIENT_ENOUGH:
            return np.exp(logs)
        step, is_sure = _step(slope, bend, is_free, damping)
        tried_logs = np.minimum(np.maximum(logs - step, floor), 0.0)
        is_last = is_sure and np.abs(step).max() < LAST_STEP
        if is_last and (tried_logs == logs - step).all():
            return np.exp(tried_logs)
        tried = _misfit(correlation, tried_logs)
        if tried[0] <= loss + 1e-12 * (1.0 + loss):
            logs, (loss, slope, bend) = tried_logs, tried
            damping = damping / 10 if damping > 1e-5 else 0.0
        else:
            damping = max(10 * damping, 1e-2)
    raise Undefined("factor_not_found")


def _step(
    slope: Vector, bend: Matrix, is_free: NDArray[np.bool_], damping: float
) -> tuple[Vector, bool]:
    """Return the step of the free items within limits, and whether it is Newton's of all items."""
    if is_free.all():
        step, is_sure = downhill(bend, slope, damping)
    else:
        step, is_sure = np.zeros_like(slope), False
        step[is_free], _ = downhill(bend[np.ix_(is_free, is_free)], slope[is_free], damping)
    return np.minimum(np.maximum(step, -LONGEST_STEP), LONGEST_STEP), is_sure


def _misfit(correlation: Matrix, logs: Vector) -> tuple[float, Vector, Matrix]:
    """Return Jöreskog's function of the uniquenesses' logarithms, with its derivatives.

    The loadings are the best ones given the uniquenesses; with the eigenvalues e of
    ``u⁻¹Ru⁻¹`` after the first, the function is ``Σ(e − log e − 1)``.
    """
    values, vectors = _standardised(correlation, np.exp(logs))
    first, rest = values[-1], np.maximum(values[:-1], 1e-12)
    axis, others = vectors[:, -1], vectors[:, :-1]
    loss = float((rest - np.log(rest) - 1.0).sum())
    slope = others**2 @ (1.0 - rest)
    along = (rest - 1.0) * (rest + first) / np.minimum(rest - first, -1e-12)
    bend = ((others * rest) @ others.T) * (others @ others.T)
    bend += ((others * along) @ others.T) * np.outer(axis, axis)
    return loss, slope, bend


def _loadings(correlation: Matrix, unique: Vector) -> Vector:
    values, vectors = _standardised(correlation, unique)
    result: Vector = np.sqrt(unique * max(values[-1] - 1.0, 0.0)) * vectors[:, -1]
    return result


def _standardised(correlation: Matrix, unique: Vector) -> tuple[Vector, Matrix]:
    """Return eigenvalues, ascending, and eigenvectors of the correlations in units of u."""
    deviations = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlation / np.outer(deviations, deviations))
    return values, vectors
