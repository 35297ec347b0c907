"""Frozen figures of what arrived so far."""

from dataclasses import dataclass
from datetime import date, datetime

from survey.results.figures import EvaluationInfo, NotShown, RunInfo, Title
from survey.rules.audience import Audience
from survey.rules.campaign import ALLOWED, Act, Phase


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A way in for everybody: the code in the address, and the place it hangs at."""

    code: str
    place: str | None


@dataclass(frozen=True, slots=True)
class ChannelProgress:
    """How many sheets came by one channel; exact for citizens, else at least so many."""

    channel: str  # survey.rules.ways_in.channel.Channel
    received_count: int


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How many sheets of a unit arrived.

    Exact for open codes, and for offices once their campaign is wound up; else in steps of five,
    None under five.
    `missing_count` is how many more sheets the next run needs at least, where that may be said;
    how many of them have a score is not told before.
    """

    code: str
    name: str
    category: str
    received_count: int | None
    issued_count: int | None
    head_count: int | None
    rate_percent: float | None  # of the people there are; at least so many
    missing_count: int | None
    open_codes: tuple[OpenCode, ...]
    channels: tuple[ChannelProgress, ...]  # of citizens only
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
    is_settled: bool  # wound up: nothing is added any more
    is_winding_up: bool  # closed, and the last sheets are not gathered yet
    received_count: int
    head_count: int | None  # None where that of a unit is not known
    rate_percent: float | None
    channels: tuple[ChannelProgress, ...]
    asked_by: str
    legal_basis: str
    contact: str
    kept_until: date | None
    counts_only: bool
    units: tuple[UnitProgress, ...]

    @property
    def counting(self) -> str:
        """How its counts are to be read: `exact`, `at_least` while more may come, `in_steps`."""
        if self.is_exact:
            return "exact"
        return "in_steps" if self.is_settled else "at_least"

    @property
    def may(self) -> frozenset[Act]:
        """What the campaign's state lets an officer do."""
        return ALLOWED[Phase(self.phase)]


@dataclass(frozen=True, slots=True)
class EvaluationOverview:
    """An evaluation at a glance."""

    evaluation: EvaluationInfo
    run: RunInfo | None
    tree: str | None
    tree_version: int | None
    campaigns: tuple[CampaignProgress, ...]
    ready_unit_count: int  # units of open codes that have sheets enough for a run
