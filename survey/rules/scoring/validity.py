"""Which sheets count, and why the others do not: rules of the plan, and sheets restored by hand.

Every rule looks at one sheet alone, so that no sheet's verdict changes because others arrive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from scales import RULE_BITS, SHEET_RULES, QualityLimits, Questionnaire, rejected_by
from survey.errors import PlanRefused
from survey.rules.sheets.serving import seconds_at_most
from survey.rules.ways_in.arrival import ARRIVAL_RULES, marked_by

RULES = (*SHEET_RULES, *ARRIVAL_RULES)
DEFAULT_RULES = ("incomplete", "too_fast", "straight_line", "same_device")

Mask = NDArray[np.bool_]

_LIMITS = {
    "incomplete": ("answered_share",),
    "too_fast": ("seconds_per_item", "short_form_items", "short_form_seconds_per_item"),
    "straight_line": ("straight_line_items",),
    "contradictory": ("contradiction_pairs", "contradiction_share"),
}


@dataclass(frozen=True, slots=True)
class Validity:
    """The rules that reject a sheet, strictest question first, with their limits."""

    rules: tuple[str, ...] = DEFAULT_RULES
    limits: QualityLimits = field(default_factory=QualityLimits)

    def __post_init__(self) -> None:
        for rule in self.rules:
            if rule not in RULES:
                raise PlanRefused("plan_rule_unknown", rule=rule)

    def as_dict(self) -> dict[str, Any]:
        """Return the rules with those limits that they read, so that equal rules look equal."""
        kept = self.limits.as_dict()
        rules = [rule for rule in RULES if rule in self.rules]
        return {
            "rules": rules,
            "limits": {name: kept[name] for rule in rules for name in _LIMITS.get(rule, ())},
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:
        """Return the rules that `as_dict` described."""
        return cls(tuple(kept["rules"]), QualityLimits.from_dict(kept["limits"]))


NOTHING_REJECTED = Validity(rules=())
"""How sheets were counted before there were rules."""


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What is to be said of each sheet: the first rule that rejects it, or that it was ended.

    `reasons` holds the place of a rule in `RULES`, -1 where none rejects; a sheet that an
    option ended politely is not judged, a restored one is valid.
    """

    has_ended: Mask
    reasons: NDArray[np.int8]

    @property
    def is_valid(self) -> Mask:
        """Which sheets count."""
        return ~self.has_ended & (self.reasons < 0)

    def rejected_counts(self) -> dict[str, int]:
        """Return how many sheets each rule is the first to reject, rules without one left out."""
        counts = np.bincount(self.reasons[self.reasons >= 0], minlength=len(RULES))
        return {rule: int(n) for rule, n in zip(RULES, counts, strict=True) if n}

    def of(self, rows: Any) -> "Verdicts":
        """Return the verdicts of some of the sheets."""
        return Verdicts(self.has_ended[rows], self.reasons[rows])


def judge_sheets(
    packed: NDArray[np.uint8],
    seconds_buckets: NDArray[np.float64],
    arrival_marks: NDArray[np.uint8],
    is_restored: Mask,
    questionnaire: Questionnaire,
    validity: Validity,
) -> Verdicts:
    """Judge packed sheets (n, m); a sheet took as long as its bucket allows, in its favour."""
    if len(packed) == 0:
        return Verdicts(np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int8))
    has_ended = ended_sheets(packed, questionnaire)
    of_sheets = tuple(rule for rule in SHEET_RULES if rule in validity.rules)
    bits = rejected_by(
        packed, questionnaire, seconds_at_most(seconds_buckets), validity.limits, of_sheets
    )
    reasons = np.full(len(packed), -1, dtype=np.int8)
    for place, rule in reversed(list(enumerate(RULES))):
        if rule in ARRIVAL_RULES and rule in validity.rules:
            reasons[marked_by(rule, arrival_marks)] = place
    for place, rule in reversed(list(enumerate(SHEET_RULES))):
        reasons[(bits & RULE_BITS[rule]) != 0] = place
    reasons[has_ended | is_restored] = -1
    return Verdicts(has_ended, reasons)


def ended_sheets(packed: NDArray[np.uint8], questionnaire: Questionnaire) -> Mask:
    """Tell which sheets ticked an option that ends the questionnaire; they never count."""
    has_ended = np.zeros(len(packed), dtype=bool)
    for item in questionnaire.packed_items:
        endings = [n for n, option in enumerate(item.options, 1) if option.id in item.ends]
        if endings:
            has_ended |= np.isin(packed[:, questionnaire.columns[item.id]], endings)
    return has_ended


def least_seconds(questionnaire: Questionnaire, limits: QualityLimits) -> float:
    """Return the seconds under which a sheet with every answer is too fast."""
    items = sum(item.format is not None for item in questionnaire.packed_items)
    is_short = items <= limits.short_form_items
    return items * (limits.short_form_seconds_per_item if is_short else limits.seconds_per_item)
