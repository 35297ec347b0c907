"""The groups of a breakdown: their scores with whiskers, and what a mean is worth."""

from collections.abc import Mapping
from dataclasses import dataclass

from scales import Questionnaire, Scale
from survey.item_analysis import GroupAnalysis, ItemAnalysisResult, ScaleAgreement, TooFew
from survey.language import messages
from survey.report.judging import Judged, judged
from survey.report.scale_figures import check_key_first
from survey.report.scale_page import Score
from survey.report.wording import score_interval, worded

USUAL_TARGET = "0.8"


@dataclass(frozen=True)
class UnitRow:
    """One group on one scale; without a score where it is too small."""

    label: str
    n: int
    score: Score | None
    shrunken_percent: float | None
    dependable: Judged | None
    more_answers: int | None
    agree: Judged | None
    response_rate: float | None = None
    answered: Judged | None = None
    reasons: tuple[str, ...] = ()  # why a figure is missing


@dataclass(frozen=True)
class BreakdownScale:
    """One scale by the groups of a breakdown, best score first."""

    scale: Scale
    title: str
    differ: Judged
    agreement: ScaleAgreement
    reasons: list[str]
    rows: list[UnitRow]
    has_shrunken: bool
    has_head_counts: bool
    check_first: str | None = None  # before groups are compared


@dataclass(frozen=True)
class Breakdown:
    """All scales by the groups of a breakdown."""

    columns: str
    scales: list[BreakdownScale]


def breakdowns_of(
    result: ItemAnalysisResult, questionnaire: Questionnaire, locale: str
) -> list[Breakdown]:
    """Return every breakdown asked for."""
    return [
        Breakdown(
            columns.replace(",", " × "),
            [
                _of_scale(
                    scale,
                    groups,
                    result.agreement[columns][scale.id],
                    locale,
                    check_key_first(result.scales[scale.id], locale),
                )
                for scale in questionnaire.scales
            ],
        )
        for columns, groups in result.by.items()
    ]


def _of_scale(
    scale: Scale,
    groups: Mapping[str, GroupAnalysis],
    agreement: ScaleAgreement,
    locale: str,
    check_first: str | None,
) -> BreakdownScale:
    rows = [_row(scale, label, group, agreement, locale) for label, group in groups.items()]
    reasons = [
        messages().phrase(f"score.agreement_warning.{code}", locale) for code in agreement.warnings
    ]
    return BreakdownScale(
        scale,
        worded(scale.title, locale),
        judged("icc1", agreement.icc1, locale, p=agreement.p),
        agreement,
        reasons,
        sorted(rows, key=_best_first),
        any(row.shrunken_percent is not None for row in rows),
        any(unit.head_count is not None for unit in agreement.units.values()),
        check_first,
    )


def _best_first(row: UnitRow) -> tuple[bool, float]:
    percent = None if row.score is None else row.score.percent
    return percent is None, -(percent or 0.0)


def _row(
    scale: Scale, label: str, group: GroupAnalysis, agreement: ScaleAgreement, locale: str
) -> UnitRow:
    found, unit = group.scales[scale.id], agreement.units.get(label)
    name = label or messages().phrase("score.no_group", locale)
    if isinstance(found, TooFew):
        return UnitRow(name, group.n, None, None, None, None, None)
    score = Score(found.mean_percent, score_interval(scale, found))
    if unit is None:  # people without a group
        return UnitRow(name, found.n, score, None, None, None, None)
    if unit.ci95_percent is not None and found.weighted is None:
        score = Score(found.mean_percent, unit.ci95_percent)
    return UnitRow(
        name,
        found.n,
        score,
        shrunken_percent(scale, unit.shrunken_mean_points),
        judged("unit_reliability", unit.reliability, locale, p=agreement.p),
        unit.more_answers.get(USUAL_TARGET),
        judged("rwg", unit.rwg, locale),
        unit.response_rate,
        judged("response_rate", unit.response_rate, locale),
        tuple(messages().phrase(f"score.unit_warning.{code}", locale) for code in unit.warnings),
    )


def shrunken_percent(scale: Scale, points: float | None) -> float | None:
    """Return mean points from 0 to 100; None where the percent table is not a straight line."""
    table = scale.format.percent
    steps = len(table) - 1
    is_straight = all(abs(percent - 100 * at / steps) < 1e-9 for at, percent in enumerate(table))
    if points is None or not is_straight:
        return None
    return 100 * (points - scale.lowest) / (scale.highest - scale.lowest)
