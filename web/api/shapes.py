"""What the feed sends beside the objects of `survey.results`: lists with the run they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.results import Evidence, NotShown, RunInfo

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit of an evaluation."""

    code: str
    name: str
    category: str
    level: str


@dataclass(frozen=True, slots=True)
class CampaignEntry:
    """A campaign: what is asked, of whom, when, and what arrived so far."""

    code: str
    name: str
    audience: str
    questionnaire: str
    questionnaire_version: int
    questionnaire_digest: str
    title: Mapping[str, str]
    phase: str
    opens_at: datetime
    closes_at: datetime
    received_count: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class IndicatorValueEntry:
    """A unit's points on a leaf; `evidence` is inside where one unit was asked for."""

    unit: str
    indicator: str
    title: Mapping[str, str]
    source: str
    full_points: float
    points: float | None
    band_points: Range | None
    is_renormalised: bool
    not_shown: NotShown | None
    evidence_path: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class IndicatorValues:
    """The leaves of the newest run."""

    evaluation: str
    run: RunInfo | None
    values: tuple[IndicatorValueEntry, ...]


@dataclass(frozen=True, slots=True)
class TotalEntry:
    """A unit's total and its rank among its category; null while leaves are pending.

    A unit whose total is a band is not ranked, and `rank_not_shown` says so.
    """

    unit: str
    name: str
    category: str
    total_points: float | None
    band_points: Range | None
    rank: int | None
    rank_not_shown: NotShown | None
    pending_count: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of the newest run."""

    evaluation: str
    run: RunInfo | None
    totals: tuple[TotalEntry, ...]


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A unit's change on a scale, as a row of the CSV list."""

    audience: str
    questionnaire: str
    scale: str
    is_same_wording: bool
    unit: str
    name: str
    category: str
    n_before: int | None
    n_after: int | None
    before_percent: float | None
    after_percent: float | None
    change_percent: float | None
    ci95_percent: Range | None
    p: float | None
    is_beyond_chance: bool | None
    hedges_g: float | None
    hedges_g_ci95: Range | None
    band: str | None
    not_shown: NotShown | None
