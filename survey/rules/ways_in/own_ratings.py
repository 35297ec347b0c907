"""What one office gave to each of the units it rates, to be looked over before it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scales import DONT_KNOW, SKIPPED, Item, Keying, Questionnaire

FEWEST_TO_COMPARE = 2
ALIKE_ITEMS = 4  # so many items ticked at one place, reverse ones among them, look careless


@dataclass(frozen=True, slots=True)
class GivenRating:
    """A unit's mean over the scaled items that were answered, in percent; None without one."""

    unit: str
    mean_percent: float | None
    answered: int
    is_one_position: bool = False  # forward and reverse items were ticked at the same place


@dataclass(frozen=True, slots=True)
class Comparison:
    """All units beside each other, the highest first, and how far they lie apart."""

    given: tuple[GivenRating, ...]
    lowest: float | None = None
    highest: float | None = None
    mean: float | None = None

    @property
    def is_all_same(self) -> bool:
        """Whether several units got exactly the same."""
        return self.lowest is not None and self.lowest == self.highest


def compare_given(sheets: Mapping[str, bytes], questionnaire: Questionnaire) -> Comparison:
    """Return what each unit was given, by its name; `sheets` are packed positions by unit."""
    items = _scaled_items(questionnaire)
    given = [_given(unit, packed, items) for unit, packed in sheets.items()]
    ordered = sorted(given, key=lambda one: (one.mean_percent is None, -(one.mean_percent or 0)))
    means = [one.mean_percent for one in given if one.mean_percent is not None]
    if len(means) < FEWEST_TO_COMPARE:
        return Comparison(tuple(ordered))
    return Comparison(tuple(ordered), min(means), max(means), sum(means) / len(means))


def _scaled_items(questionnaire: Questionnaire) -> list[tuple[int, Item]]:
    scaled = {item.id: item for scale in questionnaire.scales for item in scale.items}
    return [(questionnaire.columns[name], item) for name, item in scaled.items()]


def _given(unit: str, packed: bytes, items: Sequence[tuple[int, Item]]) -> GivenRating:
    ticked = [
        (packed[column], item)
        for column, item in items
        if packed[column] not in (SKIPPED, DONT_KNOW)
    ]
    if not ticked:
        return GivenRating(unit, None, 0)
    percents = [_percent(position, item) for position, item in ticked]
    keys = {item.keying for _, item in ticked}
    is_one = len({position for position, _ in ticked}) == 1
    return GivenRating(
        unit,
        sum(percents) / len(percents),
        len(ticked),
        is_one_position=is_one and len(keys) > 1 and len(ticked) >= ALIKE_ITEMS,
    )


def _percent(position: int, item: Item) -> float:
    if item.format is None:
        raise TypeError(f"item {item.id} has no points")
    percent = item.format.percent
    return percent[position - 1] if item.keying is Keying.FORWARD else percent[-position]
