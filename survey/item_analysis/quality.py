"""How careful the sheets look, and each score with and without the flagged ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales import (
    DONT_KNOW,
    SKIPPED,
    Flags,
    Item,
    QualityLimits,
    Questionnaire,
    SheetQuality,
    flag_sheets,
    rules_not_checked,
    scaled_items,
    sheet_quality,
    summarise_scores,
)
from survey.exchange.answers_file import AnswersFile
from survey.item_analysis.groups import Rows
from survey.item_analysis.person import PersonScores
from survey.item_analysis.result import QualitySummary, RuleCount, ScoreWithout

NO_ARRIVALS = {"burst": "no_arrivals"}


@dataclass(frozen=True)
class SheetsChecked:
    """The quality of the counted sheets, in the order of the file."""

    counted: Rows
    quality: SheetQuality
    flags: Flags
    limits: QualityLimits


def check_sheets(
    questionnaire: Questionnaire, answers: AnswersFile, counted: Rows, limits: QualityLimits
) -> SheetsChecked:
    """Look at every counted sheet."""
    items = scaled_items(questionnaire)
    columns = np.array([questionnaire.columns[item.id] for item in items], dtype=np.intp)
    packed = answers.packed[np.ix_(counted, columns)]
    quality = sheet_quality(
        _raw(answers, items, packed, counted, columns),
        questionnaire,
        seconds=None if answers.seconds is None else answers.seconds[counted],
        is_dont_know=packed == DONT_KNOW,
        synonym_r=limits.synonym_r,
        antonym_r=limits.antonym_r,
    )
    return SheetsChecked(counted, quality, flag_sheets(quality, limits), limits)


def summarise_quality(checked: SheetsChecked, scores: Mapping[str, PersonScores]) -> QualitySummary:
    """Count the flags by rule; put each score beside that of the sheets without a flag."""
    is_flagged = checked.flags.any
    sheets = len(checked.counted)
    return QualitySummary(
        sheets=sheets,
        flagged=int(is_flagged.sum()),
        flagged_share=_share(is_flagged),
        rules=_rules(checked),
        limits=checked.limits.as_dict(),
        scales={
            scale: _with_and_without(found, checked.counted, is_flagged)
            for scale, found in scores.items()
        },
    )


def _rules(checked: SheetsChecked) -> dict[str, RuleCount]:
    """Count each rule's flags; one that cannot flag anybody says why instead."""
    quality = checked.quality
    reasons = rules_not_checked(quality.questionnaire, checked.limits, quality) | NO_ARRIVALS
    return {
        rule: RuleCount(None, None, reasons[rule])
        if rule in reasons
        else RuleCount(int(flags.sum()), _share(flags))
        for rule, flags in checked.flags.by_rule.items()
    }


def _share(flags: NDArray[np.bool_]) -> float | None:
    return float(flags.mean()) if len(flags) else None


def _with_and_without(
    scores: PersonScores, counted: Rows, is_flagged: NDArray[np.bool_]
) -> ScoreWithout:
    kept = counted[~is_flagged]
    whole, without = (
        summarise_scores(scores.points[rows], scores.percent[rows]) for rows in (counted, kept)
    )
    return ScoreWithout(
        whole.n,
        whole.mean_percent,
        without.n,
        without.mean_percent,
        without.ci95_percent,
        whole.ci95_percent,
    )


def _raw(
    answers: AnswersFile,
    items: Sequence[Item],
    packed: NDArray[np.uint8],
    counted: Rows,
    columns: Rows,
) -> NDArray[np.float64]:
    """Return the points as answered; NaN where there is none."""
    lowest = np.array([item.format.lowest for item in items if item.format is not None])
    raw = packed + (lowest - 1.0)
    raw[(packed == SKIPPED) | (packed == DONT_KNOW)] = np.nan
    if answers.points is None:
        return raw
    given = answers.points[np.ix_(counted, columns)]
    fractional = [item.format is not None and item.format.fractional for item in items]
    return np.where(fractional, given, raw)
