"""How far a self-assessment lies from what others said, in points of a hundred."""

from enum import StrEnum

ALIKE_UNDER = 5.0
WIDE_FROM = 15.0


class GapSize(StrEnum):
    """What is said of a difference; `chance` where it lies within the others' interval."""

    ALIKE = "alike"
    CHANCE = "chance"
    HIGHER = "higher"
    LOWER = "lower"
    MUCH_HIGHER = "much_higher"
    MUCH_LOWER = "much_lower"


def judge_gap(difference: float, *, is_within_interval: bool = False) -> GapSize:
    """Return what to say of own percent minus the others' percent."""
    if abs(difference) < ALIKE_UNDER:
        return GapSize.ALIKE
    if is_within_interval:
        return GapSize.CHANCE
    is_wide = abs(difference) >= WIDE_FROM
    if difference > 0:
        return GapSize.MUCH_HIGHER if is_wide else GapSize.HIGHER
    return GapSize.MUCH_LOWER if is_wide else GapSize.LOWER
