"""Figures of a scale that come from the correlations of its items, with one decomposition."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined
from scales.figures.reasons import Reasons, if_defined
from scales.reliability.alpha import cronbach_alpha
from scales.reliability.factor import OneFactor, omega_total, one_factor_minres
from scales.reliability.guttman import guttman_lambda6
from scales.reliability.items import item_total_r, item_total_r_corrected
from scales.reliability.keys import suspect_keys
from scales.reliability.matrices import SMALLEST_EIGENVALUE, Matrix, Vector, above_diagonal

STANDS_OUT = 2.0  # times the second eigenvalue is the first


@dataclass(frozen=True, eq=False)
class OfCorrelations:
    """Figures of the scale, and vectors of its items; None where they do not exist."""

    alpha_standardized: float | None = None
    lambda6: float | None = None
    omega_total: float | None = None
    average_r: float | None = None
    median_r: float | None = None
    first_eigenvalue: float | None = None
    smallest_eigenvalue: float | None = None
    r_total_standardized: Vector | None = None
    r_corrected: Vector | None = None
    loadings: Vector | None = None
    start: Vector | None = None  # uniquenesses near which other methods find theirs
    suspects: NDArray[np.bool_] | None = None
    second_eigenvalue: float | None = None


def figures_of_correlations(correlation: Matrix | None, reasons: Reasons) -> OfCorrelations:
    """Return the figures of a correlation matrix; where there is none, an item has the reason."""
    if correlation is None:
        return OfCorrelations()
    values, vectors = np.linalg.eigh(correlation)
    pairs = np.sort(above_diagonal(correlation))
    unexplained = reasons.ask(lambda: _unexplained(values, vectors))
    factor = _factor(correlation, unexplained, reasons)
    return OfCorrelations(
        alpha_standardized=reasons.ask(lambda: cronbach_alpha(correlation)),
        lambda6=_lambda6(correlation, unexplained, reasons),
        omega_total=_omega(factor, correlation, reasons),
        average_r=float(pairs.mean()),
        median_r=float(pairs[(len(pairs) - 1) // 2] + pairs[len(pairs) // 2]) / 2.0,
        first_eigenvalue=float(values[-1]),
        smallest_eigenvalue=float(values[0]),
        r_total_standardized=if_defined(lambda: item_total_r(correlation)),
        r_corrected=_r_corrected(correlation, unexplained),
        loadings=None if factor is None else factor.loadings,
        start=_start(values, factor),
        suspects=if_defined(lambda: suspect_keys(values, vectors)),
        second_eigenvalue=float(values[-2]),
    )


def _unexplained(values: Vector, vectors: Matrix) -> Vector:
    """Return one over the diagonal of the inverse, from the decomposition."""
    if values[0] < SMALLEST_EIGENVALUE:
        raise Undefined("singular_matrix")
    result: Vector = 1.0 / (vectors**2 / values).sum(axis=1)
    return result


def _factor(correlation: Matrix, unexplained: Vector | None, reasons: Reasons) -> OneFactor | None:
    if unexplained is None:
        return None
    return reasons.ask(lambda: one_factor_minres(correlation, unexplained))


def _start(values: Vector, factor: OneFactor | None) -> Vector | None:
    """Return the uniquenesses if one factor stands out; else there are several near solutions."""
    if factor is None or factor.is_heywood or values[-1] < STANDS_OUT * values[-2]:
        return None
    return factor.uniquenesses


def _lambda6(correlation: Matrix, unexplained: Vector | None, reasons: Reasons) -> float | None:
    if unexplained is None:
        return None
    return reasons.ask(lambda: guttman_lambda6(correlation, unexplained))


def _r_corrected(correlation: Matrix, unexplained: Vector | None) -> Vector | None:
    if unexplained is None:
        return None
    return if_defined(lambda: item_total_r_corrected(correlation, unexplained))


def _omega(factor: OneFactor | None, correlation: Matrix, reasons: Reasons) -> float | None:
    if factor is None:
        return None
    if factor.is_heywood:
        reasons.note("heywood_case")
    return reasons.ask(lambda: omega_total(factor, correlation))
