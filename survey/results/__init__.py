"""The one door for figures: suppression applied, reasons given."""

from survey.results.campaigns.campaign_phase import phase_of
from survey.results.campaigns.campaign_report import CampaignReport, campaign_report
from survey.results.campaigns.code_ledger import CodeLedger, UnitCodes, code_ledger
from survey.results.campaigns.coverage import Coverage, coverage_of
from survey.results.campaigns.progress import (
    campaign_progress,
    evaluation_list,
    evaluation_overview,
)
from survey.results.campaigns.progress_figures import (
    CampaignProgress,
    ChannelProgress,
    EvaluationOverview,
    OpenCode,
    UnitProgress,
)
from survey.results.change_figures import EvaluationChanges, ScaleChange, UnitChange
from survey.results.changes import evaluation_changes
from survey.results.counted_sources import sources_of
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
from survey.results.self_assessment import (
    OwnAnswer,
    SelfAssessment,
    Version,
    self_assessment,
    signed_file,
)
from survey.results.self_gaps import SelfGap, self_gaps
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
    "ChannelProgress",
    "CodeLedger",
    "Coverage",
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
    "OwnAnswer",
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
    "SelfAssessment",
    "SelfGap",
    "ShownShare",
    "SourceEvidence",
    "Title",
    "TreeNode",
    "UnitChange",
    "UnitCodes",
    "UnitIndicators",
    "UnitProgress",
    "UnitQuality",
    "UnitReport",
    "UnitResult",
    "UnitScore",
    "UsedSource",
    "Version",
    "campaign_progress",
    "campaign_quality",
    "campaign_report",
    "code_ledger",
    "coverage_of",
    "evaluation_changes",
    "evaluation_list",
    "evaluation_overview",
    "evaluation_results",
    "evidence_of",
    "indicator_table",
    "manual_entries",
    "phase_of",
    "rejected_sheets",
    "rules_without_reach",
    "self_assessment",
    "self_gaps",
    "signed_file",
    "sources_of",
    "unit_report",
]
