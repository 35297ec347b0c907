"""The figures that are judged: which bands each has, best first, and how a band sounds."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Tone(StrEnum):
    """How a band sounds; weak and poor ask for something to be done."""

    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"
    POOR = "poor"
    UNKNOWN = "unknown"


NOTHING = "nothing"
"""The band in which units do not differ."""

GOOD, FAIR, WEAK, POOR = Tone.GOOD, Tone.FAIR, Tone.WEAK, Tone.POOR


@dataclass(frozen=True, slots=True)
class Step:
    """A band and how it sounds."""

    band: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Ladder:
    """The bands of a figure: steps with a limit each, and what is beyond the last limit.

    Where `should_be_low`, a value up to the limit is on the step, otherwise from the limit on.
    Where `is_signless`, the sign does not matter. Where `needs_people`, few people make any band
    uncertain; where `may_be_chance`, a p says whether units differ at all.
    """

    steps: tuple[Step, ...]
    beyond: Step
    should_be_low: bool = False
    is_signless: bool = False
    needs_people: bool = False
    may_be_chance: bool = False

    def band_of(self, value: float, limits: tuple[float, ...]) -> tuple[str, Tone]:
        """Return the band a value is in, and its tone."""
        size = abs(value) if self.is_signless else value
        for step, limit in zip(self.steps, limits, strict=True):
            if size <= limit if self.should_be_low else size >= limit:
                return step.band, step.tone
        return self.beyond.band, self.beyond.tone

    def is_in_order(self, limits: tuple[float, ...]) -> bool:
        """Whether each band begins beyond the one before it."""
        return all(a < b if self.should_be_low else a > b for a, b in pairwise(limits))


def _ladder(*steps: tuple[str, Tone], **how: bool) -> Ladder:
    made = [Step(band, tone) for band, tone in steps]
    return Ladder(tuple(made[:-1]), made[-1], **how)


LADDERS = {
    "people": _ladder(("enough", GOOD), ("some", FAIR), ("few", WEAK)),
    "score": _ladder(("high", GOOD), ("above_middle", FAIR), ("below_middle", WEAK), ("low", POOR)),
    "precision": _ladder(("narrow", GOOD), ("usable", FAIR), ("wide", WEAK), should_be_low=True),
    "reliability": _ladder(
        ("excellent", GOOD),
        ("good", GOOD),
        ("acceptable", FAIR),
        ("questionable", WEAK),
        ("poor", POOR),
        needs_people=True,
    ),
    "average_r": _ladder(("high", FAIR), ("healthy", GOOD), ("low", WEAK), needs_people=True),
    "item_rest": _ladder(
        ("good", GOOD), ("weak", FAIR), ("poor", WEAK), ("reversed", POOR), needs_people=True
    ),
    "loading": _ladder(
        ("good", GOOD), ("weak", FAIR), ("poor", WEAK), ("reversed", POOR), needs_people=True
    ),
    "ceiling_share": _ladder(("fine", GOOD), ("crowded", FAIR), should_be_low=True),
    "floor_share": _ladder(("fine", GOOD), ("crowded", WEAK), should_be_low=True),
    "skew": _ladder(("fine", GOOD), ("lopsided", FAIR), should_be_low=True, is_signless=True),
    "missing_share": _ladder(("small", GOOD), ("some", FAIR), ("large", WEAK), should_be_low=True),
    "dont_know_share": _ladder(
        ("small", GOOD), ("some", FAIR), ("large", WEAK), should_be_low=True
    ),
    "response_rate": _ladder(("good", GOOD), ("fair", FAIR), ("low", WEAK)),
    "flagged_share": _ladder(("small", GOOD), ("some", FAIR), ("large", WEAK), should_be_low=True),
    "icc1": _ladder(
        ("large", GOOD), ("medium", GOOD), ("small", FAIR), (NOTHING, WEAK), may_be_chance=True
    ),
    "unit_reliability": _ladder(
        ("excellent", GOOD),
        ("good", GOOD),
        ("acceptable", FAIR),
        ("weak", WEAK),
        may_be_chance=True,
    ),
    "rwg": _ladder(("strong", GOOD), ("moderate", FAIR), ("weak", WEAK)),
    "ad": _ladder(("fine", GOOD), ("wide", WEAK), should_be_low=True),
    "rater_icc": _ladder(("excellent", GOOD), ("good", GOOD), ("moderate", FAIR), ("poor", POOR)),
    "design_effect": _ladder(("small", GOOD), ("some", FAIR), ("large", WEAK), should_be_low=True),
    "top_box": _ladder(("most", GOOD), ("half", FAIR), ("minority", WEAK)),
    "nps": _ladder(("strong", GOOD), ("positive", FAIR), ("negative", WEAK)),
    "effect": _ladder(
        ("large", GOOD), ("medium", GOOD), ("small", FAIR), ("negligible", FAIR), is_signless=True
    ),
    "dif": _ladder(("none_found", GOOD), ("moderate", FAIR), ("large", WEAK), should_be_low=True),
    "congruence": _ladder(("equal", GOOD), ("fair", FAIR), ("different", WEAK)),
    "more_answers": _ladder(("reached", GOOD), ("more", WEAK), should_be_low=True),
    "rank": _ladder(("certain", GOOD), ("narrow", FAIR), ("wide", WEAK), should_be_low=True),
}
"""Every figure that is judged, by family."""

_RELIABILITIES = (
    "alpha",
    "alpha_standardized",
    "lambda2",
    "lambda6",
    "omega_total",
    "omega_total_ml",
    "ordinal_alpha",
    "ordinal_omega",
    "spearman_brown",
    "guttman",
    "kr20",
)
FAMILIES = {
    **dict.fromkeys(_RELIABILITIES, "reliability"),
    "n": "people",
    "mean_percent": "score",
    "median_r": "average_r",
    "r_drop": "item_rest",
    "r_corrected": "item_rest",
    "icc2": "unit_reliability",
}
"""Keys of the result that share a family."""
