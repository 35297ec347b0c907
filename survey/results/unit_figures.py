"""Frozen figures of one unit's page: what its scores are worth, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum

from survey.results.figures import EvaluationInfo, NotShown, Range, RunInfo, Title, UnitResult
from survey.rules.audience import Audience
from survey.rules.scoring.judgement import JudgementLimits
from survey.rules.scoring.standing import Agreement, Standing


class RankedBy(StrEnum):
    """What units are placed by."""

    TOTAL = "total"
    SCORE = "score"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit among its category: points of a total, or percent; a band is never placed."""

    code: str
    name: str
    value: float | None
    ci95: Range | None
    standing: Standing | None
    not_shown: NotShown | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The units of a category by one figure, best first, those without a place last.

    `campaign`, `audience`, `scale` and `agreement` are those of a scale, None otherwise.
    """

    by: RankedBy
    campaign: str | None
    audience: Audience | None
    scale: str | None
    title: Title
    agreement: Agreement | None
    units: tuple[RankedUnit, ...]


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit with its scores, every ranking of its category, and where bands begin."""

    evaluation: EvaluationInfo
    run: RunInfo
    unit: UnitResult
    rankings: tuple[Ranking, ...]
    limits: JudgementLimits
