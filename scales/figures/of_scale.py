"""figures_of: every figure of one scale."""

from dataclasses import dataclass

import numpy as np

from scales.figures.counted import Counted, correlations_or_none
from scales.figures.of_items import by_item
from scales.figures.reasons import Reasons, if_defined
from scales.figures.result import ScaleAnalysis
from scales.reliability.alpha import (
    cronbach_alpha,
    feldt_interval,
    guttman_lambda2,
    guttman_lambda6,
    standard_error_of_measurement,
)
from scales.reliability.matrices import Matrix, above_diagonal


@dataclass(frozen=True)
class _OfCorrelations:
    alpha_standardized: float | None = None
    lambda6: float | None = None
    average_r: float | None = None
    median_r: float | None = None
    first_eigenvalue: float | None = None


def figures_of(counted: Counted, reasons: Reasons) -> ScaleAnalysis:
    """Return every figure of a scale, and the reasons of those that do not exist."""
    _note_counts(counted, reasons)
    matrix, scores = counted.covariance, counted.scores
    alpha = reasons.ask(lambda: cronbach_alpha(matrix))
    correlation = correlations_or_none(matrix)
    shared = _of_correlations(correlation, reasons)
    return ScaleAnalysis(
        items=tuple(item.id for item in counted.scale.items),
        n=scores.n,
        n_complete=counted.complete_count,
        mean_points=scores.mean_points,
        sd_points=scores.sd_points,
        mean_percent=scores.mean_percent,
        ci95_percent=scores.ci95_percent,
        alpha=alpha,
        alpha_ci95=_interval_of(alpha, counted),
        alpha_standardized=shared.alpha_standardized,
        lambda2=if_defined(lambda: guttman_lambda2(matrix)),
        lambda6=shared.lambda6,
        omega_total=None,
        omega_total_ml=None,
        ordinal_alpha=None,
        ordinal_omega=None,
        split_half=None,
        average_r=shared.average_r,
        median_r=shared.median_r,
        first_eigenvalue=shared.first_eigenvalue,
        sem_points=_error_of(scores.sd_points, alpha),
        by_item=by_item(counted, correlation, reasons),
        warnings=_with_low_alpha(reasons.codes, alpha),
    )


def _note_counts(counted: Counted, reasons: Reasons) -> None:
    if len(counted.scale.items) == 2:
        reasons.note("two_items")
    if not any(answers.n for answers in counted.items):
        reasons.note("nobody_answered")
    if counted.complete_count == 0:
        reasons.note("no_complete_sheet")
    if counted.scores.n == 0:
        reasons.note("nobody_scored")
    if counted.scores.n == 1:
        reasons.note("too_few_for_interval")


def _of_correlations(correlation: Matrix | None, reasons: Reasons) -> _OfCorrelations:
    if correlation is None:
        return _OfCorrelations()
    pairs = above_diagonal(correlation)
    return _OfCorrelations(
        alpha_standardized=reasons.ask(lambda: cronbach_alpha(correlation)),
        lambda6=reasons.ask(lambda: guttman_lambda6(correlation)),
        average_r=float(pairs.mean()),
        median_r=float(np.median(pairs)),
        first_eigenvalue=float(np.linalg.eigvalsh(correlation)[-1]),
    )


def _interval_of(alpha: float | None, counted: Counted) -> tuple[float, float] | None:
    if alpha is None:
        return None
    return feldt_interval(alpha, counted.people, len(counted.scale.items))


def _error_of(sd_points: float | None, alpha: float | None) -> float | None:
    if sd_points is None or alpha is None:
        return None
    return standard_error_of_measurement(sd_points, alpha)


def _with_low_alpha(codes: tuple[str, ...], alpha: float | None) -> tuple[str, ...]:
    if alpha is None or alpha >= 0.7:
        return codes
    return ("alpha_below_0_6" if alpha < 0.6 else "alpha_below_0_7", *codes)
