"""The one door for figures: suppression applied, reasons given."""

from survey.results.campaign_report import CampaignReport, campaign_report
from survey.results.change_figures import EvaluationChanges, ScaleChange, UnitChange
from survey.results.changes import evaluation_changes
from survey.results.evaluation_figures import EvaluationResults
from survey.results.evidence import evidence_of
from survey.results.figures import (
    CampaignReliability,
    Cell,
    EvaluationInfo,
    NotShown,
    RunInfo,
    ScaleReliability,
    ScaleScore,
    ShownShare,
    Title,
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
from survey.results.quality import campaign_quality
from survey.results.quality_figures import (
    ArrivalBar,
    Arrivals,
    Burst,
    CampaignQuality,
    FlagCount,
    FlaggedScore,
    RejectedSheet,
    RejectedSheets,
    SecondsBar,
    UnitQuality,
)
from survey.results.rejected import rejected_sheets
from survey.results.rule_reach import NotChecked, rules_without_reach
from survey.results.scores import evaluation_results
from survey.results.unit_figures import RankedBy, RankedUnit, Ranking, UnitReport
from survey.results.unit_report import unit_report

__all__ = [
    "ArrivalBar",
    "Arrivals",
    "Burst",
    "CampaignProgress",
    "CampaignQuality",
    "CampaignReliability",
    "CampaignReport",
    "CategoryTable",
    "Cell",
    "EvaluationChanges",
    "EvaluationInfo",
    "EvaluationOverview",
    "EvaluationResults",
    "Evidence",
    "FlagCount",
    "FlaggedScore",
    "IndicatorTable",
    "ManualEntry",
    "NodeValue",
    "NotChecked",
    "NotShown",
    "OpenCode",
    "RankedBy",
    "RankedUnit",
    "Ranking",
    "RejectedSheet",
    "RejectedSheets",
    "RunInfo",
    "ScaleChange",
    "ScaleReliability",
    "ScaleScore",
    "SecondsBar",
    "ShownShare",
    "SourceEvidence",
    "Title",
    "TreeNode",
    "UnitChange",
    "UnitIndicators",
    "UnitProgress",
    "UnitQuality",
    "UnitReport",
    "UnitResult",
    "UnitScore",
    "UsedSource",
    "campaign_progress",
    "campaign_quality",
    "campaign_report",
    "evaluation_changes",
    "evaluation_list",
    "evaluation_overview",
    "evaluation_results",
    "evidence_of",
    "indicator_table",
    "manual_entries",
    "rejected_sheets",
    "rules_without_reach",
    "unit_report",
]
