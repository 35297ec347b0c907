"""One common factor by minimum residuals, and omega total: how much of the sum it carries."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined
from scales.reliability.alpha import total_variance
from scales.reliability.matrices import Matrix, unexplained_variances

Vector = NDArray[np.float64]

SMALLEST_UNIQUENESS = 0.005  # of an item's variance, as in psych::fa and stats::factanal
GRADIENT_ENOUGH = 1e-9
LONGEST_STEP = 0.5  # of a loading
LAST_STEP = 1e-5  # of a Newton step: what it leaves over is of the order of its square
MOST_STEPS = 200


@dataclass(frozen=True, eq=False)
class OneFactor:
    """One factor behind all items of a scale.

    Attributes
    ----------
    loadings : (n_items,) array
        On correlations: each item's correlation with the factor. On covariances: in points. Signed
        so that their sum is not negative.
    uniquenesses : (n_items,) array
        Variance of each item that the factor does not explain.
    is_heywood : bool
        Whether an item's uniqueness lies at the smallest allowed, 0.5 % of its variance: the
        figures exist, but rest on an item that the factor seems to explain entirely.
    """

    loadings: Vector
    uniquenesses: Vector
    is_heywood: bool


def one_factor_minres(correlation: Matrix, unexplained: Vector | None = None) -> OneFactor:
    """Fit one factor by minimum residuals: the loadings that leave the smallest correlations over.

    Parameters
    ----------
    correlation : (n_items, n_items) array
        Correlations of the aligned items, Pearson's or polychoric ones.
    unexplained : (n_items,) array, optional
        As `unexplained_variances` gives them, where they are known already.

    Returns
    -------
    OneFactor
        On the scale of correlations.

    Raises
    ------
    Undefined
        ``single_item``, ``two_items``, ``too_few_for_alpha`` if an entry is missing;
        ``singular_matrix`` if the matrix is not positive definite; ``factor_not_found`` if the
        search does not end.

    Notes
    -----
    ``min over l of Σᵢ≠ⱼ (Rᵢⱼ − lᵢlⱼ)²``, ``uᵢ² = max(1 − lᵢ², 0.005)``. In a Heywood case, at this
    bound, a loading may be above 1.
    R: ``psych::fa(R, nfactors = 1, fm = "minres")$loadings``

    References
    ----------
    Harman, H. H., & Jones, W. H. (1966). Factor analysis by minimizing residuals (minres).
    *Psychometrika*, 31, 351–368.
    """
    check_item_count(correlation)
    if unexplained is None:
        unexplained = unexplained_variances(correlation)
    loadings = _smallest_residuals(correlation, _principal_axis(correlation, unexplained))
    if loadings.sum() < 0:
        loadings = -loadings
    uniquenesses = np.maximum(1.0 - loadings**2, SMALLEST_UNIQUENESS)
    is_heywood = bool((uniquenesses <= SMALLEST_UNIQUENESS).any())
    return OneFactor(loadings, uniquenesses, is_heywood)


def omega_total(factor: OneFactor, correlation: Matrix) -> float:
    """Return omega total: the share of the variance of the sum that is not unique to single items.

    Parameters
    ----------
    factor : OneFactor
        Of `correlation`, from `one_factor_minres`.
    correlation : (n_items, n_items) array
        Correlations of the aligned items.

    Returns
    -------
    float

    Raises
    ------
    Undefined
        ``single_item``, ``too_few_for_alpha``, ``zero_total_variance``.

    Notes
    -----
    ``ω = 1 − Σuᵢ² / ΣR`` with u² of one minres factor.
    R: ``psych::omega(R, nfactors = 1, fm = "minres")$omega.tot``

    References
    ----------
    McDonald, R. P. (1999). *Test theory: a unified treatment*, ch. 6. Erlbaum.
    """
    return 1.0 - float(factor.uniquenesses.sum()) / total_variance(correlation)


def check_item_count(matrix: Matrix) -> None:
    """Refuse a matrix of too few items for one factor.

    Raises
    ------
    Undefined
        ``single_item``, ``two_items`` (one correlation, two loadings).
    """
    if len(matrix) < 3:
        raise Undefined("two_items" if len(matrix) == 2 else "single_item")


def _principal_axis(correlation: Matrix, unexplained: Vector) -> Vector:
    """Return where the search starts: the first axis with squared multiple correlations inside."""
    reduced = correlation.copy()
    np.fill_diagonal(reduced, 1.0 - unexplained)
    values, vectors = np.linalg.eigh(reduced)
    axis: Vector = vectors[:, -1] * np.sqrt(max(values[-1], 0.0))
    return axis


def _smallest_residuals(correlation: Matrix, loadings: Vector) -> Vector:
    """Go down by Newton's steps, shortened where the surface is not bowl-shaped."""
    between = correlation.copy()
    np.fill_diagonal(between, 0.0)
    squares, damping = float(np.vdot(between, between)), 0.0
    loss, slope, bend = _residuals(between, squares, loadings)
    for _ in range(MOST_STEPS):
        if max(slope.max(), -slope.min()) < GRADIENT_ENOUGH:
            return loadings
        step, is_sure = downhill(bend, slope, damping)
        longest = float(max(step.max(), -step.min()))
        tried_loadings = loadings - min(1.0, LONGEST_STEP / longest) * step
        is_last = is_sure and longest < LAST_STEP
        if is_last and (tried_loadings**2).max() < 1.0 - 2.0 * SMALLEST_UNIQUENESS:
            return np.asarray(tried_loadings)
        tried = _residuals(between, squares, tried_loadings)
        if tried[0] <= loss + 1e-14 * squares:
            loadings, (loss, slope, bend) = tried_loadings, tried
            damping = damping / 10 if damping > 1e-5 else 0.0
        else:
            damping = max(10 * damping, 1e-3)
    raise Undefined("factor_not_found")


def downhill(bend: Matrix, slope: Vector, damping: float) -> tuple[Vector, bool]:
    """Return the step to take off, and whether it is Newton's own: in a bowl, and not shortened.

    Where the surface is not bowl-shaped, the step goes down nevertheless.
    """
    damped = bend + damping * np.eye(len(bend)) if damping else bend
    try:
        np.linalg.cholesky(damped)
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(bend)
        bent = np.maximum(np.abs(values), 1e-6) + damping
        return np.asarray(vectors @ ((vectors.T @ slope) / bent)), False
    return np.asarray(np.linalg.solve(damped, slope)), damping == 0.0


def _residuals(between: Matrix, squares: float, loadings: Vector) -> tuple[float, Vector, Matrix]:
    """Return half the squared residuals off the diagonal, with first and second derivatives.

    `between` are the correlations with an empty diagonal, `squares` the sum of their squares. A
    squared loading above 0.995 leaves its surplus over as a residual of the diagonal: the least
    squares with uniquenesses of 0.005 or more.
    """
    squared = loadings * loadings
    surplus = np.maximum(squared - (1.0 - SMALLEST_UNIQUENESS), 0.0)
    others = squared.sum() - squared + surplus
    along = between @ loadings
    slope = 2.0 * (loadings * others - along)
    bend = 4.0 * loadings[:, np.newaxis] * loadings - 2.0 * between
    np.fill_diagonal(bend, 2.0 * others + np.where(surplus > 0.0, 4.0 * squared, 0.0))
    model = squared.sum() ** 2 - squared @ squared + surplus @ surplus
    return 0.5 * float(squares + model) - float(loadings @ along), slope, bend
