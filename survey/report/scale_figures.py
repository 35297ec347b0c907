"""The reliability that leads, and every figure of a scale for who asks."""

from dataclasses import dataclass

from scales import Scale, ScaleAnalysis
from survey.report.judging import Judged, judged
from survey.rules.judgement import JudgementLimits

_RELIABILITIES = (
    "alpha",
    "alpha_standardized",
    "lambda2",
    "lambda6",
    "omega_total",
    "omega_total_ml",
    "ordinal_alpha",
    "ordinal_omega",
    "kr20",
)
_HALVES = ("spearman_brown", "guttman", "odd_even_r")
_MORE_FIGURES = (
    "mean_points",
    "sd_points",
    "sem_points",
    "average_r",
    "median_r",
    "first_eigenvalue",
)
_JUDGED = (*_RELIABILITIES, "spearman_brown", "guttman", "average_r")
_TWO_ITEMS = 2


@dataclass(frozen=True)
class FigureRow:
    """One figure of the details; judged where it has bands."""

    name: str
    value: float | None
    limits: tuple[float, float] | None
    judged: Judged | None


def headline_reliability(
    scale: Scale, analysis: ScaleAnalysis
) -> tuple[str, float | None, tuple[float, float] | None]:
    """Return the reliability that leads: alpha, of two items Spearman–Brown."""
    halves = analysis.split_half
    if len(scale.items) == _TWO_ITEMS and halves is not None:
        return "spearman_brown", halves.spearman_brown, _resampled(analysis, "spearman_brown")
    return "alpha", analysis.alpha, analysis.alpha_ci95


def figure_rows(analysis: ScaleAnalysis, locale: str, limits: JudgementLimits) -> list[FigureRow]:
    """Return the figures that exist, those of reliability first."""
    found: dict[str, float | None] = {name: getattr(analysis, name) for name in _RELIABILITIES}
    if analysis.split_half is not None:
        found |= {name: getattr(analysis.split_half, name) for name in _HALVES}
    found |= {name: getattr(analysis, name) for name in _MORE_FIGURES}
    return [
        FigureRow(
            name,
            value,
            analysis.alpha_ci95 if name == "alpha" else _resampled(analysis, name),
            judged(name, value, locale, analysis.n, limits) if name in _JUDGED else None,
        )
        for name, value in found.items()
        if value is not None
    ]


def _resampled(analysis: ScaleAnalysis, name: str) -> tuple[float, float] | None:
    return None if analysis.bootstrap is None else analysis.bootstrap.ci95.get(name)
