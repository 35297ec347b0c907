"""Questionnaire + answers → the result of DESIGN §5, whole and by groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scales import (
    DONT_KNOW,
    Questionnaire,
    Scale,
    ScaleAnalysis,
    align_keying,
    analyse_points,
    analyse_scale,
    respondent_percent,
    respondent_points,
    unpack,
)
from survey.exchange.answers_file import AnswersFile

Missing = Literal["pairwise", "listwise"]
Rows = NDArray[np.intp]

TOO_FEW = "too_few"


@dataclass(frozen=True)
class QuestionnaireMark:
    """Which questionnaire the figures are of, to the byte."""

    id: str
    version: int
    digest: str


@dataclass(frozen=True)
class TooFew:
    """Stands for the figures of a scale in a group that is too small to show them."""

    n: int
    keyed: Mapping[str, str]  # item id → + or −, all that is said about the items


@dataclass(frozen=True)
class GroupAnalysis:
    """The sheets of one group; `n` counts them whether or not they have a score."""

    n: int
    scales: Mapping[str, ScaleAnalysis | TooFew]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ItemAnalysisResult:
    """What `minyi score --json` writes; the names and their order are the file's keys.

    `ended` counts the sheets that an option ended politely; they are in no other figure.
    """

    questionnaire: QuestionnaireMark
    sheets: int
    missing: Missing
    scales: Mapping[str, ScaleAnalysis]
    by: Mapping[str, Mapping[str, GroupAnalysis]]
    agreement: None
    minimum: int
    weight: str | None
    ended: int


@dataclass(frozen=True)
class Choices:
    """What the person at the keyboard chose."""

    missing: Missing = "pairwise"
    minimum: int = 5
    by: tuple[tuple[str, ...], ...] = ()
    weight: str | None = None


@dataclass(frozen=True)
class PersonScores:
    """One scale's score of each row of the file; NaN without a score."""

    points: NDArray[np.float64]
    percent: NDArray[np.float64]


def analyse_answers(
    questionnaire: Questionnaire, answers: AnswersFile, choices: Choices
) -> ItemAnalysisResult:
    """Compute every figure of every scale, for all sheets and for each group."""
    counted = np.flatnonzero(~is_ended(questionnaire, answers.packed))
    return ItemAnalysisResult(
        questionnaire=QuestionnaireMark(
            questionnaire.id, questionnaire.version, questionnaire.digest
        ),
        sheets=len(counted),
        missing=choices.missing,
        scales={
            scale.id: _analyse(questionnaire, scale, answers, counted, choices)
            for scale in questionnaire.scales
        },
        by={
            ",".join(columns): {
                group: _analyse_group(questionnaire, answers, rows, choices)
                for group, rows in groups_of(answers, columns, counted).items()
            }
            for columns in choices.by
        },
        agreement=None,
        minimum=choices.minimum,
        weight=choices.weight,
        ended=len(answers.packed) - len(counted),
    )


def is_ended(questionnaire: Questionnaire, packed: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which sheets ticked an option that ends the questionnaire."""
    ended = np.zeros(len(packed), dtype=bool)
    for item in questionnaire.packed_items:
        positions = [
            place for place, option in enumerate(item.options, start=1) if option.id in item.ends
        ]
        if positions:
            ended |= np.isin(packed[:, questionnaire.columns[item.id]], positions)
    return ended


def groups_of(answers: AnswersFile, columns: Sequence[str], counted: Rows) -> dict[str, Rows]:
    """Return the rows of each group, by its label; crossed columns have crossed labels."""
    rows: dict[tuple[str, ...], list[int]] = {}
    labels = list(zip(*(answers.labels[column] for column in columns), strict=True))
    for row in counted.tolist():
        rows.setdefault(labels[row], []).append(row)
    return {_label(group): np.array(rows[group], dtype=np.intp) for group in sorted(rows)}


def person_scores(questionnaire: Questionnaire, answers: AnswersFile) -> dict[str, PersonScores]:
    """Score each row of the file on each scale; ended sheets have no score."""
    ended = is_ended(questionnaire, answers.packed)
    scores = {}
    for scale in questionnaire.scales:
        raw = _raw(questionnaire, scale, answers)
        raw[ended] = np.nan
        aligned = align_keying(raw, scale)
        scores[scale.id] = PersonScores(
            respondent_points(aligned, scale), respondent_percent(aligned, scale)
        )
    return scores


def _label(group: tuple[str, ...]) -> str:
    if len(group) == 1:
        return group[0]
    return ",".join(
        '"' + part.replace('"', '""') + '"' if "," in part or '"' in part else part
        for part in group
    )


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
    questionnaire: Questionnaire, scale: Scale, answers: AnswersFile, rows: Rows, choices: Choices
) -> ScaleAnalysis:
    columns = np.array(questionnaire.scale_columns(scale))
    packed = answers.packed[np.ix_(rows, columns)]
    weights = None if answers.weights is None else answers.weights[rows]
    total_rows = len(answers.packed)
    if not scale.format.fractional or answers.points is None:
        return analyse_scale(
            packed, scale, missing=choices.missing, weights=weights, total_rows=total_rows
        )
    return analyse_points(
        answers.points[np.ix_(rows, columns)],
        scale,
        missing=choices.missing,
        weights=weights,
        total_rows=total_rows,
        is_dont_know=packed == DONT_KNOW,
    )


def _raw(questionnaire: Questionnaire, scale: Scale, answers: AnswersFile) -> NDArray[np.float64]:
    columns = list(questionnaire.scale_columns(scale))
    if scale.format.fractional and answers.points is not None:
        return answers.points[:, columns]
    return unpack(answers.packed[:, columns], scale)
