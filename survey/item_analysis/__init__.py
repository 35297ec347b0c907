"""Questionnaire + answers → the result of DESIGN §5, whole and by groups."""

from survey.item_analysis.analyse import Choices, analyse_answers
from survey.item_analysis.groups import counted_rows
from survey.item_analysis.head_count import doubtful_head_counts
from survey.item_analysis.person import PersonScores, person_scores
from survey.item_analysis.quality import SheetsChecked, check_sheets
from survey.item_analysis.result import (
    TOO_FEW,
    GroupAnalysis,
    ItemAnalysisResult,
    QualitySummary,
    RaterAgreement,
    ScaleAgreement,
    ScoreWithout,
    TooFew,
    UnitAgreement,
)

__all__ = [
    "TOO_FEW",
    "Choices",
    "GroupAnalysis",
    "ItemAnalysisResult",
    "PersonScores",
    "QualitySummary",
    "RaterAgreement",
    "ScaleAgreement",
    "ScoreWithout",
    "SheetsChecked",
    "TooFew",
    "UnitAgreement",
    "analyse_answers",
    "check_sheets",
    "counted_rows",
    "doubtful_head_counts",
    "person_scores",
]
