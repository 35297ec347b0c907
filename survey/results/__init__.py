"""The one door for figures: suppression applied, reasons given."""

from survey.results.evidence import evidence_of
from survey.results.figures import (
    CampaignReliability,
    Cell,
    EvaluationInfo,
    EvaluationResults,
    NotShown,
    RunInfo,
    ScaleReliability,
    ScaleScore,
    UnitResult,
    UnitScore,
    UsedSource,
)
from survey.results.indicator_figures import (
    CategoryTable,
    Evidence,
    IndicatorTable,
    ManualEntry,
    NodeValue,
    SourceEvidence,
    TreeNode,
    UnitIndicators,
)
from survey.results.indicators import indicator_table, manual_entries
from survey.results.progress import campaign_progress, evaluation_list, evaluation_overview
from survey.results.progress_figures import (
    CampaignProgress,
    EvaluationOverview,
    OpenCode,
    UnitProgress,
)
from survey.results.scores import evaluation_results

__all__ = [
    "CampaignProgress",
    "CampaignReliability",
    "CategoryTable",
    "Cell",
    "EvaluationInfo",
    "EvaluationOverview",
    "EvaluationResults",
    "Evidence",
    "IndicatorTable",
    "ManualEntry",
    "NodeValue",
    "NotShown",
    "OpenCode",
    "RunInfo",
    "ScaleReliability",
    "ScaleScore",
    "SourceEvidence",
    "TreeNode",
    "UnitIndicators",
    "UnitProgress",
    "UnitResult",
    "UnitScore",
    "UsedSource",
    "campaign_progress",
    "evaluation_list",
    "evaluation_overview",
    "evaluation_results",
    "evidence_of",
    "indicator_table",
    "manual_entries",
]
