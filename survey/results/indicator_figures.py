"""Frozen figures of the indicator tree, and the evidence of a value."""

from dataclasses import dataclass
from datetime import datetime

from survey.results.figures import (
    CampaignReliability,
    EvaluationInfo,
    NotShown,
    Range,
    RunInfo,
    ScaleReliability,
    Title,
    UsedSource,
)


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of the indicator tree; `source` is None for a branch, else survey or manual."""

    code: str
    parent: str | None
    level: int
    title: Title
    full_points: float
    source: str | None
    standard: str
    method: str


@dataclass(frozen=True, slots=True)
class NodeValue:
    """A unit's points on a node; a branch has points when all its leaves have."""

    indicator: str
    points: float | None
    band_points: Range | None
    is_renormalised: bool
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class UnitIndicators:
    """A unit's row of the indicator table, values in the order of the nodes."""

    code: str
    name: str
    category: str
    values: tuple[NodeValue, ...]
    total_points: float | None
    band_points: Range | None
    rank: int | None
    rank_not_shown: NotShown | None
    pending_count: int


@dataclass(frozen=True, slots=True)
class CategoryTable:
    """Units that are ranked together, best first, unranked last."""

    category: str
    units: tuple[UnitIndicators, ...]


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The tree, and each unit's points, total and rank."""

    evaluation: EvaluationInfo
    run: RunInfo | None
    tree: str | None
    tree_version: int | None
    title: Title
    nodes: tuple[TreeNode, ...]
    categories: tuple[CategoryTable, ...]


@dataclass(frozen=True, slots=True)
class SourceEvidence:
    """A source of a leaf with the campaign behind it and how dependable its scale is."""

    source: UsedSource
    ci95_percent: Range | None
    campaign: CampaignReliability | None
    reliability: ScaleReliability | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """From a unit's points on a leaf down to what was counted.

    `rule` and `formula` show how the points were made, with the numbers put in.
    """

    evaluation: EvaluationInfo
    run: RunInfo
    tree: str
    tree_version: int
    unit_code: str
    unit_name: str
    leaf: TreeNode
    path: tuple[TreeNode, ...]  # from the first level down to the leaf
    value: NodeValue
    rule: str  # direct or manual
    formula: str
    sources: tuple[SourceEvidence, ...]
    manual_note: str
    manual_entered_by: str


@dataclass(frozen=True, slots=True)
class ManualEntry:
    """Points entered for a unit on a leaf, as they stand now (a run keeps its own copy)."""

    unit_code: str
    unit_name: str
    indicator: str
    title: Title
    full_points: float
    points: float | None
    note: str
    entered_by: str
    entered_at: datetime | None
