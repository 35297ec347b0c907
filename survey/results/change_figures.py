"""Frozen figures of what changed from one evaluation to another."""

from dataclasses import dataclass

from survey.results.figures import EvaluationInfo, NotShown, Range, RunInfo, Title
from survey.rules.audience import Audience
from survey.rules.scoring.judgement import DEFAULT_LIMITS, JudgementLimits


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit's score on a scale in two evaluations, of different people: later minus earlier.

    The interval and `p` are Welch's. `band` is the size in words (`judgement.effect`) where
    `is_beyond_chance`. All figures are None where either score is withheld or a band.
    """

    unit: str
    name: str
    category: str
    n_before: int | None = None
    n_after: int | None = None
    before_percent: float | None = None
    after_percent: float | None = None
    change_percent: float | None = None
    ci95_percent: Range | None = None
    p: float | None = None
    is_beyond_chance: bool | None = None
    hedges_g: float | None = None
    hedges_g_ci95: Range | None = None
    band: str | None = None
    not_shown: NotShown | None = None


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """A scale that was asked of an audience, unit by unit.

    `is_same_wording` is False where an item kept its id and got other words.
    """

    audience: Audience
    questionnaire: str
    scale: str
    title: Title
    is_same_wording: bool
    units: tuple[UnitChange, ...]


@dataclass(frozen=True, slots=True)
class EvaluationChanges:
    """Two evaluations, the earlier first, by the newest run of each.

    `not_shown` says which has no run. `limits` are those of the later plan.
    """

    before: EvaluationInfo
    after: EvaluationInfo
    before_run: RunInfo | None
    after_run: RunInfo | None
    scales: tuple[ScaleChange, ...]
    not_shown: NotShown | None
    limits: JudgementLimits = DEFAULT_LIMITS
