"""Frozen figures of the quality of a campaign's sheets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from survey.results.figures import NotShown, Range, RunInfo, Title
from survey.rules.audience import Audience


@dataclass(frozen=True, slots=True)
class UnitQuality:
    """A unit's sheets, as the newest run counted them: received = valid + rejected + ended.

    `by_rule` counts rejected sheets by the first rule that rejects, of open codes only.
    `waiting_count` are sheets of open codes that came since. `kept_by` says why newer rules or
    sheets do not move the unit: rules (counted by earlier rules until the close), closed.
    """

    code: str
    name: str
    valid_count: int | None
    rejected_count: int | None
    ended_count: int | None
    by_rule: Mapping[str, int] | None
    waiting_count: int | None
    kept_by: str | None
    not_shown: NotShown | None

    @property
    def received_count(self) -> int | None:
        """All sheets that were counted, valid or not."""
        counts = (self.valid_count, self.rejected_count, self.ended_count)
        return None if None in counts else sum(count or 0 for count in counts)


@dataclass(frozen=True, slots=True)
class FlagCount:
    """How many sheets a rule flags; `rejects` is whether it rejects them too."""

    rule: str
    count: int
    share: float
    rejects: bool
    compares: bool  # with other sheets, so that it can never reject


@dataclass(frozen=True, slots=True)
class SecondsBar:
    """Sheets that took from `low` up to `high` seconds; None is open-ended."""

    low: int
    high: int | None
    count: int
    is_too_fast: bool  # surely, for a sheet with every answer


@dataclass(frozen=True, slots=True)
class ArrivalBar:
    """Sheets that came in an hour or a day, by place of the code (“” without a place)."""

    at: datetime
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Burst:
    """Ten minutes in which far more sheets came by a code than is usual there."""

    at: datetime
    unit_name: str
    place: str
    count: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When sheets of open codes came; `step` is hour or day."""

    step: str
    places: tuple[str, ...]
    bars: tuple[ArrivalBar, ...]
    bursts: tuple[Burst, ...]


@dataclass(frozen=True, slots=True)
class FlaggedScore:
    """A scale's score over a campaign's shown cells, with and without flagged sheets."""

    scale: str
    title: Title
    n: int | None
    mean_percent: float | None
    ci95_percent: Range | None
    n_without: int | None
    mean_percent_without: float | None
    ci95_percent_without: Range | None
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class RejectedSheet:
    """A sheet that a rule rejects; `mark` names it in forms and is no id of the database.

    `seconds` and `answered_count` are told of open codes only. A restored one has its reason.
    """

    mark: str
    unit_code: str
    unit_name: str
    rule: str
    seconds: Range | None
    answered_count: int | None
    may_be_restored: bool
    restored_reason: str | None
    restored_by: str | None
    restored_on: date | None


@dataclass(frozen=True, slots=True)
class RejectedSheets:
    """The sheets that rules reject, one by one; `not_listed` says why there is no list."""

    rejected: tuple[RejectedSheet, ...]
    restored: tuple[RejectedSheet, ...]
    not_listed: str | None  # key of [console.quality.not_listed]


@dataclass(frozen=True, slots=True)
class CampaignQuality:
    """Everything the data-quality page of a campaign shows."""

    code: str
    name: str
    evaluation: str
    audience: Audience
    title: Title
    phase: str
    is_open_code: bool
    is_wound_up: bool
    run: RunInfo | None
    rules: tuple[str, ...]  # that reject; of links those in force at the close
    limits: Mapping[str, float]
    units: tuple[UnitQuality, ...]
    valid_count: int
    by_rule: Mapping[str, int]
    ended_count: int
    waiting_count: int | None
    flags: tuple[FlagCount, ...]
    flagged_share: float | None  # of all sheets but ended ones, by any rule
    flags_not_shown: NotShown | None
    seconds: tuple[SecondsBar, ...]
    unknown_seconds_count: int
    arrivals: Arrivals | None
    scores: tuple[FlaggedScore, ...]
    not_checked: Mapping[str, str]  # rule → why it looks at no sheet, a key of [score.not_checked]
    trust: Mapping[str, int] = field(default_factory=dict)  # counted sheets by trust grade
    grades_open_alone: bool = True

    @property
    def rejected_count(self) -> int:
        """Sheets rejected by any rule."""
        return sum(self.by_rule.values())

    @property
    def received_count(self) -> int:
        """All sheets the newest run counted in cells it shows."""
        return self.valid_count + self.rejected_count + self.ended_count
