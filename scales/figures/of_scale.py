"""figures_of: every figure of one scale."""

from scales.errors import Undefined
from scales.figures.counted import Counted, correlations_or_none
from scales.figures.of_correlations import figures_of_correlations
from scales.figures.of_items import by_item
from scales.figures.ordinal import ordinal_figures
from scales.figures.reasons import Reasons, if_defined
from scales.figures.result import ScaleAnalysis, SplitHalf
from scales.reliability.alpha import (
    cronbach_alpha,
    feldt_interval,
    standard_error_of_measurement,
)
from scales.reliability.factor_ml import omega_total_ml, one_factor_ml
from scales.reliability.guttman import guttman_lambda2
from scales.reliability.matrices import Matrix, Vector
from scales.reliability.split_half import guttman_split_half, odd_even_r, spearman_brown


def figures_of(counted: Counted, reasons: Reasons) -> ScaleAnalysis:
    """Return every figure of a scale, and the reasons of those that do not exist."""
    _note_counts(counted, reasons)
    matrix, scores = counted.covariance, counted.scores
    alpha = reasons.ask(lambda: cronbach_alpha(matrix))
    correlation = correlations_or_none(matrix)
    shared = figures_of_correlations(correlation, reasons)
    ordinal_alpha, ordinal_omega = ordinal_figures(counted.pairs, correlation, reasons)
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
        omega_total=shared.omega_total,
        omega_total_ml=_omega_ml(counted, correlation, shared.start, reasons),
        ordinal_alpha=ordinal_alpha,
        ordinal_omega=ordinal_omega,
        split_half=None if alpha is None else reasons.ask(lambda: _split_half(matrix)),
        average_r=shared.average_r,
        median_r=shared.median_r,
        first_eigenvalue=shared.first_eigenvalue,
        sem_points=_error_of(scores.sd_points, alpha),
        by_item=by_item(counted, correlation, shared, reasons),
        warnings=_with_low_alpha(reasons.codes, alpha),
        kr20=alpha if counted.scale.format.points == 2 else None,
        second_eigenvalue=shared.second_eigenvalue,
    )


def _note_counts(counted: Counted, reasons: Reasons) -> None:
    if len(counted.scale.items) == 2:
        reasons.note("two_items")
    if not any(answers.is_answered for answers in counted.items):
        reasons.note("nobody_answered")
    if counted.complete_count == 0:
        reasons.note("no_complete_sheet")
    if counted.scores.n == 0:
        reasons.note("nobody_scored")
    if counted.scores.n == 1:
        reasons.note("too_few_for_interval")


def _omega_ml(
    counted: Counted, correlation: Matrix | None, start: Vector | None, reasons: Reasons
) -> float | None:
    """Return omega of the complete people, whose answers may allow no factor of their own."""
    matrix = counted.complete_covariance
    if correlation is None or matrix is None or counted.complete_count == 0:
        return None
    has_most = 2 * counted.complete_count > counted.people  # then the start is near
    try:
        factor = one_factor_ml(matrix, start if has_most else None)
    except Undefined as reason:
        is_known = matrix is counted.covariance or reason.code in {"two_items", "factor_not_found"}
        reasons.note(reason.code if is_known else "no_factor_of_complete")
        return None
    if factor.is_heywood:
        reasons.note("heywood_case")
    return reasons.ask(lambda: omega_total_ml(factor))


def _split_half(matrix: Matrix) -> SplitHalf:
    half_r = odd_even_r(matrix)
    return SplitHalf(half_r, spearman_brown(half_r), guttman_split_half(matrix))


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
