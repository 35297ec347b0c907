"""Every figure of every scale, for all sheets and for each group."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from scales import (
    DONT_KNOW,
    QualityLimits,
    Questionnaire,
    Scale,
    ScaleAnalysis,
    analyse_points,
    analyse_scale,
)
from survey.exchange.answers_file import AnswersFile
from survey.item_analysis.agreement import agreement_of_breakdown
from survey.item_analysis.groups import Rows, counted_rows, groups_of
from survey.item_analysis.person import PersonScores, person_scores
from survey.item_analysis.quality import SheetsChecked, check_sheets, summarise_quality
from survey.item_analysis.raters import rater_agreements
from survey.item_analysis.result import (
    TOO_FEW,
    GroupAnalysis,
    ItemAnalysisResult,
    Missing,
    QuestionnaireMark,
    RaterAgreement,
    TooFew,
)


@dataclass(frozen=True)
class Choices:
    """What the person at the keyboard chose."""

    missing: Missing = "pairwise"
    minimum: int = 5
    by: tuple[tuple[str, ...], ...] = ()
    weight: str | None = None
    bootstrap: int = 0
    raters: tuple[str, str] | None = None
    head_counts: Mapping[str, int] = field(default_factory=dict)


def analyse_answers(
    questionnaire: Questionnaire,
    answers: AnswersFile,
    choices: Choices,
    checked: SheetsChecked | None = None,
) -> ItemAnalysisResult:
    """Compute every figure of every scale, for all sheets and for each group.

    `checked` is the quality of the counted sheets, where it was asked for before.
    """
    counted = counted_rows(questionnaire, answers.packed)
    scores = person_scores(questionnaire, answers)
    breakdowns = {",".join(columns): groups_of(answers, columns, counted) for columns in choices.by}
    return ItemAnalysisResult(
        questionnaire=QuestionnaireMark(
            questionnaire.id, questionnaire.version, questionnaire.digest
        ),
        sheets=len(counted),
        missing=choices.missing,
        scales={
            scale.id: _analyse(questionnaire, scale, answers, counted, choices, choices.bootstrap)
            for scale in questionnaire.scales
        },
        by={
            name: {
                group: _analyse_group(questionnaire, answers, rows, choices)
                for group, rows in groups.items()
            }
            for name, groups in breakdowns.items()
        },
        agreement={
            name: agreement_of_breakdown(
                questionnaire, answers, groups, scores, choices.minimum, choices.head_counts
            )
            for name, groups in breakdowns.items()
        },
        minimum=choices.minimum,
        weight=choices.weight,
        ended=len(answers.packed) - len(counted),
        quality=summarise_quality(
            checked or check_sheets(questionnaire, answers, counted, QualityLimits()), scores
        ),
        rater_agreement=_raters(answers, counted, scores, choices),
    )


def _raters(
    answers: AnswersFile, counted: Rows, scores: Mapping[str, PersonScores], choices: Choices
) -> Mapping[str, RaterAgreement] | None:
    if choices.raters is None:
        return None
    return rater_agreements(answers, counted, scores, choices.raters)


def _analyse_group(
    questionnaire: Questionnaire, answers: AnswersFile, rows: Rows, choices: Choices
) -> GroupAnalysis:
    is_small = len(rows) < choices.minimum
    scales: dict[str, ScaleAnalysis | TooFew] = {}
    for scale in questionnaire.scales:
        analysis = _analyse(questionnaire, scale, answers, rows, choices)
        if is_small or analysis.n < choices.minimum:
            keyed = {item.id: item.keying.value for item in scale.items}
            scales[scale.id] = TooFew(analysis.n, keyed)
        else:
            scales[scale.id] = analysis
    return GroupAnalysis(len(rows), scales, (TOO_FEW,) if is_small else ())


def _analyse(
    questionnaire: Questionnaire,
    scale: Scale,
    answers: AnswersFile,
    rows: Rows,
    choices: Choices,
    bootstrap: int = 0,
) -> ScaleAnalysis:
    columns = np.array(questionnaire.scale_columns(scale))
    packed = answers.packed[np.ix_(rows, columns)]
    weights = None if answers.weights is None else answers.weights[rows]
    total_rows = len(answers.packed)
    if not scale.format.fractional or answers.points is None:
        return analyse_scale(
            packed,
            scale,
            missing=choices.missing,
            weights=weights,
            total_rows=total_rows,
            bootstrap=bootstrap,
        )
    return analyse_points(
        answers.points[np.ix_(rows, columns)],
        scale,
        missing=choices.missing,
        weights=weights,
        total_rows=total_rows,
        is_dont_know=packed == DONT_KNOW,
    )
