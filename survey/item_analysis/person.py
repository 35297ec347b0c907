"""The score of each row of an answers file."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales import (
    Questionnaire,
    Scale,
    align_keying,
    respondent_percent,
    respondent_points,
    unpack,
)
from survey.exchange.answers_file import AnswersFile
from survey.item_analysis.groups import is_ended


@dataclass(frozen=True)
class PersonScores:
    """One scale's score of each row of the file; NaN without a score."""

    points: NDArray[np.float64]
    percent: NDArray[np.float64]


def person_scores(questionnaire: Questionnaire, answers: AnswersFile) -> dict[str, PersonScores]:
    """Score each row of the file on each scale; ended sheets have no score."""
    ended = is_ended(questionnaire, answers.packed)
    scores = {}
    for scale in questionnaire.scales:
        raw = raw_points(questionnaire, scale, answers)
        raw[ended] = np.nan
        aligned = align_keying(raw, scale)
        scores[scale.id] = PersonScores(
            respondent_points(aligned, scale), respondent_percent(aligned, scale)
        )
    return scores


def raw_points(
    questionnaire: Questionnaire, scale: Scale, answers: AnswersFile
) -> NDArray[np.float64]:
    """Return the scale's answers as points; NaN where there is none."""
    columns = list(questionnaire.scale_columns(scale))
    if scale.format.fractional and answers.points is not None:
        return answers.points[:, columns]
    return unpack(answers.packed[:, columns], scale)
