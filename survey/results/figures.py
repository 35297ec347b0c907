"""What leaves `survey.results`: frozen figures for pages, CSV and the feed alike.

Floats are unrounded, keys are public codes. A figure that may not be shown is None and its
`not_shown` says why; a cell where all answered alike shows a band instead of the figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scales import ScaleAnalysis
from survey.rules.audience import Audience
from survey.rules.scoring.standing import Agreement, Standing

Title = Mapping[str, str]  # locale → words
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class NotShown:
    """Why a figure is missing; `code` is a key of [results.not_shown] in the catalogue.

    too_few (under `minimum`), pending (a leaf), no_score (nothing to weigh), not_asked, no_run;
    not_fed (sheets came in a questionnaire that nothing counts);
    counts_only (no joint answers were kept), merged (joined a sibling);
    before_close, few_flagged (scores without flagged sheets); the reasons of `changes.py`;
    not_ranked (the total is a band); one_unit, all_alike (items that say too much of one unit).
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
class WithdrawnRatings:
    """How many offices have withdrawn their ratings of a unit since the close."""

    unit_name: str
    count: int


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A scoring run: when it was made, by which plan, and the digests that freeze it.

    `withdrawn` tells which ratings it counts without, since offices withdrew them after the close.
    """

    code: str
    number: int
    made_at: datetime
    plan_version: int
    plan_digest: str
    inputs_digest: str
    digest: str
    withdrawn: tuple[WithdrawnRatings, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownShare:
    """The share of answers on the highest points (满意率), 0 to 1; `level_names` by locale.

    It waits for the smallest subgroup; a band stands in its place where nearly all agree.
    """

    levels: tuple[int, ...]
    level_names: Mapping[str, tuple[str, ...]]
    n_answers: int | None
    share: float | None
    ci95: Range | None
    band: Range | None
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One scale in a cell: people with a score, their mean percent and its interval.

    `finite_ci95_percent` is the interval for a unit whose head count is known. `reliability`,
    `more_answers` (by the reliability wanted), `shrunken_percent` and `standing` set the mean
    beside those of the other units; they are None where the mean is. `not_graded`: why enough
    people are not enough for a grade (open_alone). Where only counts are kept, `n` is the answers
    to the item with the fewest, and `interval_not_shown` says why nothing needs two answers of one.
    """

    scale: str
    title: Title
    n: int | None
    mean_percent: float | None
    ci95_percent: Range | None
    band_percent: Range | None  # instead of the mean where all answered alike
    is_enough_for_grade: bool
    not_shown: NotShown | None
    finite_ci95_percent: Range | None = None
    top: ShownShare | None = None
    reliability: float | None = None
    more_answers: Mapping[str, int | None] | None = None
    shrunken_percent: float | None = None
    standing: Standing | None = None
    not_graded: str | None = None
    interval_not_shown: NotShown | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one audience said about one unit in one campaign.

    `response_rate`: sheets counted over links issued, once the campaign is over; `trust`: shares
    of citizens' sheets by trust grade. A cell too small at the close is `merged_into` a sibling, by
    name; the sibling's says which it holds, `merged_from`.
    """

    audience: Audience
    campaign: str
    questionnaire: str
    questionnaire_version: int
    sheet_count: int | None
    scores: tuple[ScaleScore, ...]
    not_shown: NotShown | None
    head_count: int | None = None
    issued_count: int | None = None
    response_rate: float | None = None
    trust: Mapping[str, float] = field(default_factory=dict)
    merged_into: str | None = None
    merged_from: tuple[str, ...] = ()


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
    """The weighted score of a unit; `is_renormalised` says that a source was left out.

    `not_graded`: why it is not graded though each source has sheets enough.
    """

    percent: float | None
    band_percent: Range | None
    is_renormalised: bool
    is_enough_for_grade: bool
    sources: tuple[UsedSource, ...]
    not_shown: NotShown | None
    standing: Standing | None = None
    not_graded: str | None = None


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit with its cells, its score and its place among its like.

    A unit whose total is a band has no rank and takes no place: `rank_not_shown` says so.
    """

    code: str
    name: str
    category: str
    cells: tuple[Cell, ...]
    score: UnitScore
    total_points: float | None
    band_points: Range | None
    rank: int | None
    rank_not_shown: NotShown | None
    total_standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class ScaleReliability:
    """A scale over the sheets of a campaign; only cells that are shown are counted in.

    Where `items_not_shown` gives a reason, what an item's answers alone say is None in `by_item`;
    otherwise it is of `item_unit_count` units, those whose share of high answers is shown too.
    """

    scale: str
    title: Title
    analysis: ScaleAnalysis | None
    unit_count: int
    not_shown: NotShown | None
    items_not_shown: NotShown | None
    item_unit_count: int | None = None
    top: ShownShare | None = None
    agreement: Agreement | None = None


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
