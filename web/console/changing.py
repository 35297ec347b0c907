"""What changed, as the page shows it: counts in words, and a dot and whisker for each unit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from survey.results import EvaluationChanges, EvaluationInfo, NotShown, ScaleChange, UnitChange
from web.console.figures.worth import Words, words_of

_REACHES = (5.0, 10.0, 20.0, 50.0, 100.0)  # percent points from the middle of the axis to its ends
_SCALE_WIDE = ("not_asked_before", "not_asked_after", "items_differ", "coding_differs")


class Direction(StrEnum):
    """Where a unit went, as far as chance does not explain it; worst first."""

    FALLEN = "fallen"
    RISEN = "risen"
    UNCLEAR = "unclear"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Line:
    """A unit; `dot`, `low` and `high` are percents of the chart's width."""

    unit: UnitChange
    direction: Direction
    size: Words
    dot: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A scale of an audience: how many units rose and fell, and the chart.

    `reason` says why no unit can be compared, where it is the same for all.
    """

    figures: ScaleChange
    key: str
    counts: dict[Direction, int]
    ticks: tuple[tuple[float, float], ...]
    lines: tuple[Line, ...]
    reason: NotShown | None

    @property
    def compared_count(self) -> int:
        """How many units are compared."""
        return len(self.lines) - self.counts[Direction.NOT_COMPARED]


def other_evaluation(
    listed: Sequence[EvaluationInfo], code: str, wanted: str | None
) -> EvaluationInfo | None:
    """Return the evaluation asked for, else the one before this one, else the one after it.

    `listed` has the newest first; None where there is no other, or none of that code.
    """
    others = [each for each in listed if each.code != code]
    if wanted:
        return next((each for each in others if each.code == wanted), None)
    codes = [each.code for each in listed]
    at = codes.index(code)
    return next(iter([*listed[at + 1 :], *reversed(listed[:at])]), None)


def change_views(changes: EvaluationChanges, locale: str) -> list[ChangeView]:
    """Return each scale, in the order in which it was asked."""
    return [_view(scale, changes, locale) for scale in changes.scales]


def chosen_view(views: Sequence[ChangeView], wanted: str | None) -> ChangeView | None:
    """Return the scale asked for, else the first with a unit compared, else the first."""
    asked_for = (view for view in views if view.key == wanted)
    compared = (view for view in views if view.compared_count)
    return next(chain(asked_for, compared, views), None)


def _view(scale: ScaleChange, changes: EvaluationChanges, locale: str) -> ChangeView:
    reach = _reach(scale.units)
    lines = [_line(unit, reach, changes, locale) for unit in scale.units]
    found = Counter(line.direction for line in lines)
    return ChangeView(
        figures=scale,
        key=f"{scale.audience}.{scale.questionnaire}.{scale.scale}",
        counts={direction: found[direction] for direction in Direction},
        ticks=tuple((x, _place(x, reach)) for x in (-reach, -reach / 2, 0.0, reach / 2, reach)),
        lines=tuple(sorted(lines, key=_largest_first)),
        reason=_common_reason(scale.units),
    )


def _line(unit: UnitChange, reach: float, changes: EvaluationChanges, locale: str) -> Line:
    size = words_of("effect", unit.hedges_g, changes.limits, locale)
    if unit.change_percent is None or unit.ci95_percent is None:
        return Line(unit, Direction.NOT_COMPARED, size, None, None, None)
    low, high = unit.ci95_percent
    direction = Direction.UNCLEAR
    if unit.is_beyond_chance:
        direction = Direction.RISEN if unit.change_percent > 0 else Direction.FALLEN
    return Line(
        unit,
        direction,
        size,
        _place(unit.change_percent, reach),
        _place(low, reach),
        _place(high, reach),
    )


def _reach(units: Iterable[UnitChange]) -> float:
    farthest = max(
        (abs(end) for unit in units if unit.ci95_percent for end in unit.ci95_percent), default=0.0
    )
    return next((reach for reach in _REACHES if farthest <= reach), _REACHES[-1])


def _place(change: float, reach: float) -> float:
    """Return where a change stands between the ends of the axis, in percent of the width."""
    inside = min(max(change, -reach), reach)
    return round(6.0 + 88.0 * (inside + reach) / (2 * reach), 3)


def _largest_first(line: Line) -> tuple[int, float, str]:
    order = list(Direction).index(line.direction)
    return order, -abs(line.unit.change_percent or 0.0), line.unit.unit


def _common_reason(units: Sequence[UnitChange]) -> NotShown | None:
    reasons = {unit.not_shown for unit in units}
    if len(reasons) != 1:
        return None
    (reason,) = reasons
    return reason if reason is not None and reason.code in _SCALE_WIDE else None
