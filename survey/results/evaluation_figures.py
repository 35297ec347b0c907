"""Everything a run found, as one frozen result."""

from dataclasses import dataclass

from survey.results.figures import (
    CampaignReliability,
    EvaluationInfo,
    NotShown,
    RunInfo,
    UnitResult,
)
from survey.rules.scoring.judgement import DEFAULT_LIMITS, JudgementLimits
from survey.rules.scoring.standing import AudienceComparison


@dataclass(frozen=True, slots=True)
class EvaluationResults:
    """Everything a run found; `run` is None as long as nothing was scored.

    `limits` are the plan's: where the bands of figures begin.
    """

    evaluation: EvaluationInfo
    run: RunInfo | None
    campaigns: tuple[CampaignReliability, ...]
    units: tuple[UnitResult, ...]
    not_shown: NotShown | None
    comparisons: tuple[AudienceComparison, ...] = ()
    limits: JudgementLimits = DEFAULT_LIMITS
