"""Which band a figure falls into, by limits that a plan names, and whether something is to be done.

The sentence of a band stands in `survey/locales` under ``judgement.<figure>.<band>``, its one word
under ``judgement_word.<figure>.<band>``.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from survey.errors import PlanRefused
from survey.rules.scoring.judgement_figures import FAMILIES, LADDERS, NOTHING, Tone

NO_FIGURE = "none"
TOO_FEW_PEOPLE = "few"
CHANCE = "chance"
TWO_THINGS = "two_things"
BEYOND_CHANCE_BELOW = 0.05
"""A p below this is beyond chance."""

_FINE = (Tone.GOOD, Tone.FAIR)


@dataclass(frozen=True, slots=True)
class JudgementLimits:
    """Where bands begin; a field is named for the figure and the band it opens.

    Figures that should be high have the smallest value of the band, figures that should be low
    (`…_share` of trouble, `precision`, `design_effect`, `ad`, `skew`, `rank`, `dif`) the largest.
    """

    people_enough: float = 100.0
    people_some: float = 30.0  # fewer, and chance alone moves alpha by more than a band
    score_high: float = 75.0
    score_above_middle: float = 50.0
    score_below_middle: float = 25.0
    precision_narrow: float = 3.0  # half of the interval, in percent points
    precision_usable: float = 6.0
    reliability_excellent: float = 0.9
    reliability_good: float = 0.8
    reliability_acceptable: float = 0.7
    reliability_questionable: float = 0.6
    average_r_high: float = 0.6
    average_r_healthy: float = 0.2
    item_rest_good: float = 0.3
    item_rest_weak: float = 0.2
    item_rest_poor: float = -0.1  # few people push an item that asks something else below 0
    loading_good: float = 0.4
    loading_weak: float = 0.3
    loading_poor: float = -0.1
    ceiling_share_fine: float = 0.6
    floor_share_fine: float = 0.6
    skew_fine: float = 1.0  # without its sign
    missing_share_small: float = 0.05
    missing_share_some: float = 0.2
    dont_know_share_small: float = 0.1
    dont_know_share_some: float = 0.3
    response_rate_good: float = 0.6
    response_rate_fair: float = 0.3
    flagged_share_small: float = 0.05
    flagged_share_some: float = 0.15
    icc1_large: float = 0.25
    icc1_medium: float = 0.1
    icc1_small: float = 0.01
    unit_reliability_excellent: float = 0.9
    unit_reliability_good: float = 0.8
    unit_reliability_acceptable: float = 0.7
    rwg_strong: float = 0.7
    rwg_moderate: float = 0.5
    ad_fine: float = 1.0  # in sixths of the number of points
    rater_icc_excellent: float = 0.9
    rater_icc_good: float = 0.75
    rater_icc_moderate: float = 0.5
    design_effect_small: float = 1.5
    design_effect_some: float = 2.5
    top_box_most: float = 0.8
    top_box_half: float = 0.5
    nps_strong: float = 50.0
    nps_positive: float = 0.0
    effect_large: float = 0.8  # without its sign
    effect_medium: float = 0.5
    effect_small: float = 0.2
    dif_none_found: float = 0.035
    dif_moderate: float = 0.07
    congruence_equal: float = 0.95
    congruence_fair: float = 0.85
    more_answers_reached: float = 0.0
    rank_certain: float = 0.0  # places between the best and the worst rank
    rank_narrow: float = 2.0

    def __post_init__(self) -> None:
        for name, limit in asdict(self).items():
            if not math.isfinite(limit):
                raise PlanRefused("judgement_limit_wrong", name=name)
        for figure, ladder in LADDERS.items():
            if not ladder.is_in_order(self.of(figure)):
                raise PlanRefused("judgement_limits_order", figure=figure)

    def of(self, figure: str) -> tuple[float, ...]:
        """Return the limits of a figure, best band first."""
        return tuple(getattr(self, f"{figure}_{step.band}") for step in LADDERS[figure].steps)

    def as_dict(self) -> dict[str, float]:
        """Return the limits by name, as a plan keeps them."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, float]) -> "JudgementLimits":
        """Return the limits that were kept; one that is not there has its default."""
        known = {field.name for field in fields(cls)}
        for name in kept:
            if name not in known:
                raise PlanRefused("judgement_limit_unknown", name=name)
        return cls(**{name: float(limit) for name, limit in kept.items()})


@dataclass(frozen=True, slots=True)
class Judgement:
    """The band of a figure; `figure` and `band` name its sentence."""

    figure: str
    band: str
    tone: Tone

    @property
    def is_action(self) -> bool:
        """Whether somebody should do something before the figure is used."""
        return self.tone in (Tone.WEAK, Tone.POOR)

    @property
    def key(self) -> str:
        """Return the key of the sentence in the catalogue."""
        return f"judgement.{self.figure}.{self.band}"

    @property
    def word_key(self) -> str:
        """Return the key of the band's one word in the catalogue."""
        return f"judgement_word.{self.figure}.{self.band}"


DEFAULT_LIMITS = JudgementLimits()


def judge(
    figure: str,
    value: float | None,
    *,
    n: int | None = None,
    p: float | None = None,
    limits: JudgementLimits = DEFAULT_LIMITS,
) -> Judgement:
    """Return the band of a figure; an absent one and one of too few people have bands too.

    `figure` is a key of the result (`alpha`, `r_drop` …) or a family of `LADDERS`. With `n`, a
    figure of fewer than `people_some` people is said to rest on too few, whichever band it is in:
    of few people it looks bad by chance as easily as good. With `p`, differences between units
    that chance alone could have made are said to be no more than that, and differences beyond
    chance are never said to be none.
    """
    family = FAMILIES.get(figure, figure)
    ladder = LADDERS[family]
    if value is None:
        return Judgement(family, NO_FIGURE, Tone.UNKNOWN)
    band, tone = ladder.band_of(value, limits.of(family))
    if ladder.needs_people and n is not None and n < limits.people_some:
        return Judgement(family, TOO_FEW_PEOPLE, Tone.UNKNOWN)
    found = Judgement(family, band, tone)
    return _beside_chance(found, p) if ladder.may_be_chance and p is not None else found


def _beside_chance(found: Judgement, p: float) -> Judgement:
    ladder = LADDERS[found.figure]
    if p >= BEYOND_CHANCE_BELOW and found.tone in _FINE:
        return Judgement(found.figure, CHANCE, Tone.WEAK)
    if p < BEYOND_CHANCE_BELOW and ladder.beyond.band == found.band == NOTHING:
        smallest = ladder.steps[-1]
        return Judgement(found.figure, smallest.band, smallest.tone)
    return found
