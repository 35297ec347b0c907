"""What leaves `survey.results`: frozen figures for pages, CSV and the feed alike.

Floats are unrounded, keys are public codes. A figure that may not be shown is None and its
`not_shown` says why; a cell where all answered alike shows a band instead of the figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scales import ScaleAnalysis
from survey.rules.audience import Audience

Title = Mapping[str, str]  # locale → words
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class NotShown:
    """Why a figure is missing; `code` is a key of [results.not_shown] in the catalogue.

    too_few (under `minimum`), pending, no_score (nothing was measured), no_run, all_alike.
    """

    code: str
    minimum: int | None = None


@dataclass(frozen=True, slots=True)
class EvaluationInfo:
    """One year's run, as it is listed."""

    code: str
    name: str
    year: int
    is_demo: bool
    unit_count: int
    campaign_count: int


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A scoring run: when it was made, by which plan, and the digests that freeze it."""

    code: str
    number: int
    made_at: datetime
    plan_version: int
    plan_digest: str
    inputs_digest: str
    digest: str


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One scale in a cell: people with a score, their mean percent and its interval."""

    scale: str
    title: Title
    n: int | None
    mean_percent: float | None
    ci95_percent: Range | None
    band_percent: Range | None  # instead of the mean where all answered alike
    is_enough_for_grade: bool
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one audience said about one unit in one campaign."""

    audience: Audience
    campaign: str
    questionnaire: str
    questionnaire_version: int
    sheet_count: int | None
    scores: tuple[ScaleScore, ...]
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class UsedSource:
    """One source of a unit score or of a leaf: the weight planned, and the weight used.

    `used_weight` is a share; the used weights sum to 1, and a source left out has 0.
    """

    audience: Audience
    questionnaire: str
    scale: str
    title: Title
    weight_bp: int
    used_weight: float
    n: int | None
    mean_percent: float | None
    band_percent: Range | None
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class UnitScore:
    """The weighted score of a unit; `is_renormalised` says that a source was left out."""

    percent: float | None
    band_percent: Range | None
    is_renormalised: bool
    is_enough_for_grade: bool
    sources: tuple[UsedSource, ...]
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit with its cells, its score and its place among its like."""

    code: str
    name: str
    category: str
    cells: tuple[Cell, ...]
    score: UnitScore
    total_points: float | None
    band_points: Range | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class ScaleReliability:
    """A scale over the sheets of a campaign; only cells that are shown are counted in."""

    scale: str
    title: Title
    analysis: ScaleAnalysis | None
    unit_count: int
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class CampaignReliability:
    """How dependable a campaign's scales are, with the digest of what was asked."""

    campaign: str
    name: str
    audience: Audience
    questionnaire: str
    questionnaire_version: int
    questionnaire_digest: str
    is_closed: bool
    sheet_count: int | None
    unit_count: int
    scales: tuple[ScaleReliability, ...]


@dataclass(frozen=True, slots=True)
class EvaluationResults:
    """Everything a run found; `run` is None as long as nothing was scored."""

    evaluation: EvaluationInfo
    run: RunInfo | None
    campaigns: tuple[CampaignReliability, ...]
    units: tuple[UnitResult, ...]
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A way in for everybody: the code in the address, and the place it hangs at."""

    code: str
    place: str | None


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How many sheets of a unit arrived.

    Exact for open codes; personal and partner links in steps of five, None under five.
    `missing_count` is how many more sheets the next run needs to move, where that may be said.
    """

    code: str
    name: str
    category: str
    received_count: int | None
    issued_count: int | None
    missing_count: int | None
    open_codes: tuple[OpenCode, ...]
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """A campaign's window and what arrived; the sum counts what is shown of the units."""

    code: str
    name: str
    evaluation: str
    audience: Audience
    questionnaire: str
    questionnaire_version: int
    questionnaire_digest: str
    title: Title
    phase: str  # survey.rules.campaign.Phase
    opens_at: datetime
    closes_at: datetime
    is_exact: bool
    received_count: int
    units: tuple[UnitProgress, ...]


@dataclass(frozen=True, slots=True)
class EvaluationOverview:
    """An evaluation at a glance."""

    evaluation: EvaluationInfo
    run: RunInfo | None
    tree: str | None
    tree_version: int | None
    campaigns: tuple[CampaignProgress, ...]
    ready_unit_count: int  # units of open codes of which a run made now would count more sheets


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
