"""The reliability that leads, and every figure of a scale for who asks."""

from dataclasses import dataclass

from scales import Scale, ScaleAnalysis
from survey.language import messages
from survey.report.judging import Judged, judged, said
from survey.report.wording import items_to_check, listed
from survey.rules.scoring.judgement import JudgementLimits
from survey.rules.scoring.judgement_figures import Tone
from survey.rules.scoring.one_thing import judge_reliability

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
    "second_eigenvalue",
)
_JUDGED = (*_RELIABILITIES, "spearman_brown", "guttman")
_TWO_ITEMS = 2


@dataclass(frozen=True)
class FigureRow:
    """One figure of the details; judged where it has bands, `resampled` from the bootstrap."""

    name: str
    value: float | None
    limits: tuple[float, float] | None
    judged: Judged | None
    resampled: tuple[float, float] | None = None


def headline_reliability(
    scale: Scale, analysis: ScaleAnalysis
) -> tuple[str, float | None, tuple[float, float] | None]:
    """Return the reliability that leads: alpha, of two items Spearman–Brown."""
    halves = analysis.split_half
    if len(scale.items) == _TWO_ITEMS and halves is not None:
        return "spearman_brown", halves.spearman_brown, resampled(analysis, "spearman_brown")
    return "alpha", analysis.alpha, analysis.alpha_ci95


def check_key_first(analysis: ScaleAnalysis, locale: str) -> str | None:
    """Return that the score is not to be used before the keys of some items are checked, or None.

    Whatever else is said about a scale, this comes first.
    """
    items = items_to_check(analysis)
    if not items:
        return None
    return messages().phrase("score.check_key_first", locale, items=listed(items, locale))


def judged_score(
    analysis: ScaleAnalysis, percent: float | None, locale: str, limits: JudgementLimits
) -> Judged:
    """Judge a score; one that may be computed with a wrong key is not called high or low."""
    warning = check_key_first(analysis, locale)
    if warning is None:
        return judged("mean_percent", percent, locale, limits=limits)
    return Judged(messages().phrase("score.check_key_word", locale), warning, Tone.POOR.value)


def judged_reliability(
    name: str,
    value: float | None,
    analysis: ScaleAnalysis,
    locale: str,
    limits: JudgementLimits,
) -> Judged:
    """Judge a reliability; one of items with a doubtful key says what to check before."""
    items = items_to_check(analysis)
    if not items:
        return said(judge_reliability(name, value, analysis, limits), locale)
    sentence = messages().phrase(
        "score.reliability_after_check", locale, items=listed(items, locale)
    )
    return Judged(messages().phrase("score.check_key_word", locale), sentence, Tone.POOR.value)


def figure_rows(analysis: ScaleAnalysis, locale: str, limits: JudgementLimits) -> list[FigureRow]:
    """Return the figures that exist, those of reliability first."""
    found: dict[str, float | None] = {name: getattr(analysis, name) for name in _RELIABILITIES}
    if analysis.split_half is not None:
        found |= {name: getattr(analysis.split_half, name) for name in _HALVES}
    if analysis.bootstrap is not None:
        found["mean_percent"] = analysis.mean_percent
    found |= {name: getattr(analysis, name) for name in _MORE_FIGURES}
    return [
        FigureRow(
            name,
            value,
            analysis.alpha_ci95 if name == "alpha" else None,
            _judged(name, value, analysis, locale, limits),
            resampled(analysis, name),
        )
        for name, value in found.items()
        if value is not None
    ]


def _judged(
    name: str, value: float, analysis: ScaleAnalysis, locale: str, limits: JudgementLimits
) -> Judged | None:
    if name in _JUDGED:
        return judged_reliability(name, value, analysis, locale, limits)
    if name == "average_r":
        return judged(name, value, locale, analysis.n, limits=limits)
    return None


def resampled(analysis: ScaleAnalysis, name: str) -> tuple[float, float] | None:
    """Return a figure's interval from the bootstrap, where there is one."""
    return None if analysis.bootstrap is None else analysis.bootstrap.ci95.get(name)
