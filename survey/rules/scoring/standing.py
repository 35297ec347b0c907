"""What a run says of units and audiences beside each other; made of shown, exact cells only."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.rules.audience import Audience
from survey.rules.scoring.invariance import ItemInvariance

Range = tuple[float, float]

TARGETS = (0.7, 0.8, 0.9)
"""The reliabilities of a unit's mean that an office asks for."""


@dataclass(frozen=True, slots=True)
class AskedOf:
    """How many could be asked about a unit: its people, and the links issued once all is over."""

    head_count: int | None
    issued_count: int | None


@dataclass(frozen=True, slots=True)
class TopShare:
    """The answers to a scale's items that lie on its highest points (满意率)."""

    levels: tuple[int, ...]  # aligned points that count, lowest first
    n_on_levels: int
    n_answers: int
    item_count: int
    share: float
    ci95: Range


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's place among its category, and how far chance may move it.

    `place` is 1 for the best mean; between `low` and `high` it stays in 95 of 100 repetitions.
    `alike_count` units cannot be told apart from it; `alike` names the nearest of them.
    """

    place: int
    low: int
    high: int
    compared_count: int
    alike: tuple[str, ...]
    alike_count: int


@dataclass(frozen=True, slots=True)
class UnitDependability:
    """What a unit's mean on a scale is worth beside the other units of the campaign."""

    reliability: float | None
    more_answers: Mapping[str, int | None]
    shrunken_percent: float | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the units of a campaign differ on a scale, over those whose score is shown exactly.

    ICC over percent scores; `p` is how often chance alone makes units differ this much;
    `answers_needed` by the reliability wanted, None where no number is enough.
    """

    unit_count: int
    people: int
    icc1: float | None
    icc2: float | None
    p: float | None
    answers_needed: Mapping[str, int | None]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScaleAgreement:
    """The agreement on a scale, and what it makes of each unit's mean."""

    over_units: Agreement
    units: Mapping[str, UnitDependability]


@dataclass(frozen=True, slots=True)
class AudienceScore:
    """One audience's score on a scale over all shown units."""

    campaign: str
    audience: Audience
    n: int
    unit_count: int
    mean_percent: float
    sd_percent: float


@dataclass(frozen=True, slots=True)
class AudienceDifference:
    """Two audiences beside each other: Games–Howell, Hedges' g, congruence of the loadings.

    `items` says of each item whether it is understood alike, over the complete sheets of
    `matched_people`; where only the loadings are told, `items_withheld` says why.
    """

    campaigns: tuple[str, str]
    difference_percent: float  # second minus first
    ci95_percent: Range | None = None
    p: float | None = None
    hedges_g: float | None = None
    congruence: float | None = None
    matched_people: tuple[int, int] | None = None
    items: tuple[ItemInvariance, ...] = ()
    items_withheld: str | None = None


@dataclass(frozen=True, slots=True)
class AudienceComparison:
    """A scale that several audiences answered: Welch's test, and each pair."""

    questionnaire: str
    scale: str
    scores: tuple[AudienceScore, ...]
    f: float | None
    degrees: Range | None
    p: float | None
    differences: tuple[AudienceDifference, ...]
    warnings: tuple[str, ...]
