"""What a scoring run holds: everything that went in, and everything that came out.

No time, no integer key and no run code stands in it, so that the same inputs give the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from survey.rules.audience import Audience
from survey.rules.scoring.invariance import TotalCounts
from survey.rules.scoring.scoring_plan import Source
from survey.rules.scoring.standing import (
    AskedOf,
    AudienceComparison,
    ScaleAgreement,
    Standing,
    TopShare,
)

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """What a cell's sheets show beside the answers, counted when the cell last moved.

    `rejected` by the first rule that rejects, `seconds` by the lower end of the bucket (“” where
    the time is not known), `flags` by rule and `flagged` by any of them over all sheets but ended
    ones; `unflagged` holds, per scale, the score sums of the valid sheets without a flag, as in
    `Moments.scores`; `channels` counts the valid sheets by the way they came, of citizens only.
    """

    rejected: Mapping[str, int]
    ended: int
    seconds: Mapping[str, int]
    flags: Mapping[str, int]
    flagged: int
    unflagged: Mapping[str, Sequence[Sequence[int]]]
    channels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountedCell:
    """A cell's valid sheets as they are counted: how many, and each scale's moments as JSON.

    `sheet_count` is the sheets there were when a scale of the cell last moved, so it moves by whole
    batches too. A scale that too few of a batch had a score on stays behind and holds fewer; one
    that fewer people than the smallest number have a score on is not in `moments` at all.
    `validity` is the key, in the campaign's `validities`, of the rules the cell is counted by; a
    cell of a run older than rules has none, and `sheets` is None. Named offices are counted
    instead of their sheets; where one has several quota places, `by_rater` holds, per scale, how
    many offices have a score and the exact sums of their means. Where only counts are kept,
    `counts` holds them instead of moments, by item and raw position (skipped, 1…, don't know).
    """

    sheet_count: int
    moments: Mapping[str, Mapping[str, Any]]
    validity: str = ""
    sheets: SheetCounts | None = None
    by_rater: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    counts: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountedCampaign:
    """A campaign's cells by unit code, with the digest of what was asked.

    `validities` holds the rules by which its cells are counted, under their digests; `totals`, once
    it is over, complete sheets by total score, of scales that another campaign asks too.
    """

    audience: Audience
    questionnaire: str
    version: int
    digest: str
    is_closed: bool
    cells: Mapping[str, CountedCell]
    validities: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    totals: Mapping[str, TotalCounts] = field(default_factory=dict)
    counts_only: bool = False
    merged: Mapping[str, str] = field(default_factory=dict)  # a unit → the sibling it joined
    withdrawn: Mapping[str, int] = field(default_factory=dict)  # offices gone since the close


@dataclass(frozen=True, slots=True)
class RunUnit:
    """A unit as it was called, and the category it was ranked in."""

    name: str
    category: str


@dataclass(frozen=True, slots=True)
class RunLeaf:
    """A leaf of the tree: its full points × 100, and the scores that feed it, if a survey does."""

    points_bp: int
    rule: str
    sources: tuple[Source, ...]

    @property
    def full_points(self) -> float:
        """The points of a unit that has everything."""
        return self.points_bp / 100


@dataclass(frozen=True, slots=True)
class EnteredPoints:
    """Points entered by hand, and by whom."""

    points: float
    note: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class RunInputs:
    """What a run is made from; `entered` by leaf, then by unit; `asked` of its cells."""

    plan_digest: str
    tree: str | None
    tree_version: int | None
    units: Mapping[str, RunUnit]
    leaves: Mapping[str, RunLeaf]
    campaigns: Mapping[str, CountedCampaign]
    entered: Mapping[str, Mapping[str, EnteredPoints]]
    asked: Mapping[str, Mapping[str, AskedOf]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScaleFigure:
    """A cell's score on a scale, before anything is held back.

    `finite_ci95_percent` is the interval where the unit has so few people that those who answered
    are a good part of them all; `top` is missing where nobody answered. Where only counts are
    kept, `n` is of the item with the fewest answers, and `is_alike` says what the deviation would.
    """

    n: int
    mean_percent: float | None
    sd_percent: float | None
    ci95_percent: Range | None
    finite_ci95_percent: Range | None = None
    top: TopShare | None = None
    is_alike: bool | None = None


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """A source as it was used: the campaign whose cell it took, if that may be shown."""

    source: Source
    campaign: str | None
    used_weight: float


@dataclass(frozen=True, slots=True)
class WeightedFigure:
    """A unit score in percent, or a leaf in points; the band spans what may be said of it."""

    value: float | None
    band: Range | None
    is_renormalised: bool
    sources: tuple[SourceFigure, ...]


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What came out for a unit: score, points by leaf, total, rank, and how sure its place is."""

    score: WeightedFigure
    leaves: Mapping[str, WeightedFigure]
    total_points: float | None
    band_points: Range | None
    rank: int | None
    score_standing: Standing | None = None
    total_standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class PooledScale:
    """A scale over the shown cells of a campaign; `analysis` has the keys of `ScaleAnalysis`.

    What people ticked item by item is of `item_unit_count` of them, all where it is None: a unit
    whose share of high answers is not shown would come out by subtraction.
    """

    unit_count: int
    analysis: Mapping[str, Any]
    item_unit_count: int | None = None
    top: TopShare | None = None


@dataclass(frozen=True, slots=True)
class RunOutputs:
    """What a run found: cells by campaign, unit and scale; pooled scales by campaign."""

    cells: Mapping[str, Mapping[str, Mapping[str, ScaleFigure]]]
    pooled: Mapping[str, Mapping[str, PooledScale]]
    units: Mapping[str, UnitFigures]
    agreement: Mapping[str, Mapping[str, ScaleAgreement]] = field(default_factory=dict)
    comparisons: tuple[AudienceComparison, ...] = ()


@dataclass(frozen=True, slots=True)
class RunContent:
    """The whole run."""

    version: int
    inputs: RunInputs
    outputs: RunOutputs
