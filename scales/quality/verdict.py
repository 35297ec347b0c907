"""rejected_by: the rules that look at one sheet alone, so that no other sheet moves a verdict."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scales.definition import Questionnaire
from scales.errors import InvalidAnswer
from scales.quality.limits import QualityLimits
from scales.quality.marks import Mask, SheetMarks, marks_of_packed

SHEET_RULES = ("incomplete", "too_fast", "straight_line", "contradictory")
RULE_BITS = {rule: 1 << place for place, rule in enumerate(SHEET_RULES)}

_ROWS_AT_ONCE = 65_536


def rejected_by(
    packed: NDArray[np.uint8],
    questionnaire: Questionnaire,
    seconds: NDArray[np.float64] | None,
    limits: QualityLimits,
    rules: Sequence[str],
) -> NDArray[np.uint8]:
    """Tell which of the chosen rules reject each sheet.

    A sheet's verdict depends on that sheet, the questionnaire and the limits only.

    Parameters
    ----------
    packed : (n_sheets, all packed columns) array of uint8
        Sheets as stored, every column of the questionnaire.
    questionnaire : Questionnaire
        Gives the scaled items, their scales and keys.
    seconds : (n_sheets,) array of seconds, or None
        How long each sheet took; NaN where it is not known, which is never too fast.
    limits : QualityLimits
        Where each rule begins.
    rules : sequence of str
        Some of `SHEET_RULES`.

    Returns
    -------
    (n_sheets,) array of uint8
        The sum of the `RULE_BITS` of the rules that reject the sheet; 0 is a valid sheet.

    Raises
    ------
    InvalidAnswer
        If the columns do not match the questionnaire, the seconds not the sheets, or a rule is
        not one of `SHEET_RULES`.

    Notes
    -----
    incomplete: ``ticked < ⌈answered_share · k⌉``; too_fast: ``seconds < limit · answered``;
    straight_line: ``max = min`` over forward and reverse answers;
    contradictory: ``contradictions ≥ contradiction_share · pairs``

    References
    ----------
    Meade, A. W., & Craig, S. B. (2012). Identifying careless responses in survey data.
    *Psychological Methods*, 17, 437–455.
    """
    _check(packed, questionnaire, seconds, rules)
    bits = np.zeros(len(packed), dtype=np.uint8)
    if not rules:
        return bits
    for start in range(0, len(packed), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        marks = marks_of_packed(packed[rows], questionnaire)
        broken = broken_rules(marks, None if seconds is None else seconds[rows], limits)
        for rule in rules:
            bits[rows] |= broken[rule] * np.uint8(RULE_BITS[rule])
    return bits


def reasons(bits: int) -> tuple[str, ...]:
    """Return the rules that stand in a sum of `RULE_BITS`, in the order of `SHEET_RULES`."""
    return tuple(rule for rule, bit in RULE_BITS.items() if int(bits) & bit)


def broken_rules(
    marks: SheetMarks, seconds: NDArray[np.float64] | None, limits: QualityLimits
) -> dict[str, Mask]:
    """Return, by rule of `SHEET_RULES`, which sheets break it."""
    needed = math.ceil(round(limits.answered_share * marks.item_count, 1))
    is_short = marks.item_count <= limits.short_form_items
    pace = limits.short_form_seconds_per_item if is_short else limits.seconds_per_item
    is_long_enough = marks.answered >= limits.straight_line_items
    has_pairs = marks.pairs >= limits.contradiction_pairs
    contradicted = marks.contradictions >= limits.contradiction_share * marks.pairs - 1e-9
    too_fast = np.zeros(len(marks.answered), dtype=bool)
    if seconds is not None:
        too_fast = seconds < pace * marks.answered  # NaN is never less
    return {
        "incomplete": marks.ticked < needed,
        "too_fast": too_fast,
        "straight_line": marks.is_straight & is_long_enough,
        "contradictory": has_pairs & contradicted,
    }


def _check(
    packed: NDArray[np.uint8],
    questionnaire: Questionnaire,
    seconds: NDArray[np.float64] | None,
    rules: Sequence[str],
) -> None:
    width = len(questionnaire.packed_items)
    if packed.ndim != 2 or packed.shape[1] != width:
        raise InvalidAnswer(f"expected {width} columns, got shape {packed.shape}")
    if seconds is not None and seconds.shape != (len(packed),):
        raise InvalidAnswer(f"expected seconds of {len(packed)} sheets, got {seconds.shape}")
    unknown = set(rules) - set(SHEET_RULES)
    if unknown:
        raise InvalidAnswer(f"not a rule of a single sheet: {', '.join(sorted(unknown))}")
