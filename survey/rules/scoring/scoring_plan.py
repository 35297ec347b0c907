"""Rules of a scoring: smallest numbers, batch, weights, validity, limits; as canonical JSON."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from scales import QualityLimits
from survey.errors import PlanRefused
from survey.rules.audience import DEFAULT_MINIMA, Audience, Minima
from survey.rules.scoring.judgement import DEFAULT_LIMITS, JudgementLimits
from survey.rules.scoring.validity import DEFAULT_RULES, NOTHING_REJECTED, Validity

WHOLE_BP = 10_000
SMALLEST_MINIMUM = 3
SMALLEST_BATCH = 10
_FORMAT_VERSION = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A survey score that enters a unit score or a leaf, with its weight."""

    audience: Audience
    questionnaire: str
    scale: str
    weight_bp: int


@dataclass(frozen=True, slots=True)
class PlanContent:
    """What a scoring plan says; checked when made.

    `validity` names the rules that reject a sheet, `quality` the limits of these rules and of all
    flags, `judgement` where the bands of figures begin. `grades_open_alone` is whether a score of
    citizens that rests on open codes alone may be graded (with a warning).
    """

    unit_score: tuple[Source, ...]
    minima: Mapping[Audience, Minima]
    batch: int = SMALLEST_BATCH
    validity: tuple[str, ...] = DEFAULT_RULES
    quality: QualityLimits = field(default_factory=QualityLimits)
    judgement: JudgementLimits = DEFAULT_LIMITS
    grades_open_alone: bool = True

    def __post_init__(self) -> None:
        check_weights(self.unit_score)
        if len(set(self.validity)) != len(self.validity):
            raise PlanRefused("plan_rule_twice")
        self.sheet_rules()
        for audience, minima in self.minima.items():
            # a unit's own assessment is one answer, and named
            if audience is not Audience.SELF and minima.shown < SMALLEST_MINIMUM:
                raise PlanRefused("plan_minimum_small", audience=audience, least=SMALLEST_MINIMUM)
        if self.batch < SMALLEST_BATCH:
            raise PlanRefused("plan_batch_small", batch=self.batch, least=SMALLEST_BATCH)

    def sheet_rules(self) -> Validity:
        """Return the rules that reject a sheet, with their limits."""
        return Validity(self.validity, self.quality)


def default_plan(unit_score: Sequence[Source]) -> PlanContent:
    """Return the plan with the smallest numbers of the design."""
    return PlanContent(tuple(unit_score), DEFAULT_MINIMA)


def check_weights(sources: Sequence[Source]) -> None:
    """Refuse sources that appear twice, or whose weights are not positive or not whole."""
    total = sum(source.weight_bp for source in sources)
    if total != WHOLE_BP:
        raise PlanRefused("plan_weights_sum", total=f"{total / 100:g}")
    if any(source.weight_bp <= 0 for source in sources):
        raise PlanRefused("plan_weight_not_positive")
    names = [(source.audience, source.questionnaire, source.scale) for source in sources]
    if len(set(names)) != len(names):
        raise PlanRefused("plan_source_twice")


def write_sources(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Return sources as they are kept."""
    return [asdict(source) for source in sources]


def read_sources(kept: Sequence[Mapping[str, Any]]) -> tuple[Source, ...]:
    """Return sources as they were kept."""
    return tuple(
        Source(Audience(s["audience"]), s["questionnaire"], s["scale"], s["weight_bp"])
        for s in kept
    )


def write_plan(plan: PlanContent) -> bytes:
    """Return the plan as canonical bytes."""
    # written only where it differs, so that a plan of before it stays the same bytes
    trust = {} if plan.grades_open_alone else {"grades_open_alone": False}
    return canonical_json(
        {
            **trust,
            "version": _FORMAT_VERSION,
            "minima": {audience: asdict(minima) for audience, minima in plan.minima.items()},
            "batch": plan.batch,
            "sources": {"unit_score": write_sources(plan.unit_score)},
            "validity": list(plan.validity),
            "quality": plan.quality.as_dict(),
            "judgement": plan.judgement.as_dict(),
        }
    )


def read_plan(content: bytes) -> PlanContent:
    """Return the plan that the bytes say; one of version 1 rejects nothing and has no limits."""
    kept = json.loads(content)
    return PlanContent(
        unit_score=read_sources(kept["sources"]["unit_score"]),
        minima={Audience(name): Minima(**minima) for name, minima in kept["minima"].items()},
        batch=kept["batch"],
        validity=tuple(kept.get("validity", NOTHING_REJECTED.rules)),
        quality=QualityLimits.from_dict(kept.get("quality", {})),
        judgement=JudgementLimits.from_dict(kept.get("judgement", {})),
        grades_open_alone=kept.get("grades_open_alone", True),
    )


def canonical_json(value: Any) -> bytes:
    """Return the one spelling of a JSON value: sorted keys, no spaces, no NaN."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def digest_of(content: bytes) -> str:
    """Return the digest under which bytes are known."""
    return "sha256:" + hashlib.sha256(content).hexdigest()
