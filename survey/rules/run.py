"""What a scoring run holds: everything that went in, and everything that came out.

No time, no integer key and no run code stands in it, so that the same inputs give the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.rules.audience import Audience
from survey.rules.scoring_plan import Source

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CountedCell:
    """A cell's sheets as they are counted: how many, and the moments of each scale as JSON.

    `sheet_count` is the sheets there were when a scale of the cell last moved, so it moves by whole
    batches too. A scale that too few of a batch had a score on stays behind and holds fewer; one
    that fewer people than the smallest number have a score on is not in `moments` at all.
    """

    sheet_count: int
    moments: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class CountedCampaign:
    """A campaign's cells by unit code, with the digest of what was asked."""

    audience: Audience
    questionnaire: str
    version: int
    digest: str
    is_closed: bool
    cells: Mapping[str, CountedCell]


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
    """What a run is made from; `entered` by leaf, then by unit."""

    plan_digest: str
    tree: str | None
    tree_version: int | None
    units: Mapping[str, RunUnit]
    leaves: Mapping[str, RunLeaf]
    campaigns: Mapping[str, CountedCampaign]
    entered: Mapping[str, Mapping[str, EnteredPoints]]


@dataclass(frozen=True, slots=True)
class ScaleFigure:
    """A cell's score on a scale, before anything is held back."""

    n: int
    mean_percent: float | None
    sd_percent: float | None
    ci95_percent: Range | None


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
    """What came out for a unit: score, points by leaf, total, rank."""

    score: WeightedFigure
    leaves: Mapping[str, WeightedFigure]
    total_points: float | None
    band_points: Range | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class PooledScale:
    """A scale over the shown cells of a campaign; `analysis` has the keys of `ScaleAnalysis`."""

    unit_count: int
    analysis: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RunOutputs:
    """What a run found: cells by campaign, unit and scale; pooled scales by campaign."""

    cells: Mapping[str, Mapping[str, Mapping[str, ScaleFigure]]]
    pooled: Mapping[str, Mapping[str, PooledScale]]
    units: Mapping[str, UnitFigures]


@dataclass(frozen=True, slots=True)
class RunContent:
    """The whole run."""

    version: int
    inputs: RunInputs
    outputs: RunOutputs
