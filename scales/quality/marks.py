"""SheetMarks: what one sheet shows by itself, counted column by column."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scales.definition import (
    DONT_KNOW,
    SKIPPED,
    Item,
    ItemKind,
    Keying,
    Questionnaire,
    Scale,
)

Positions = NDArray[Any]  # (n_items, n_sheets), contiguous by item; 0 where there is no answer
Counts = NDArray[np.int16]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class SheetMarks:
    """Counts of each sheet, shape ``(n_sheets,)``, and how many items it had.

    `is_straight` is whether all answers stand on the same place, forward and reverse items among
    them. Of `pairs` forward/reverse pairs of one scale, `contradictions` have both answers above
    the middle, or both below.
    """

    item_count: int
    answered: Counts
    ticked: Counts  # answered, or “don't know”
    is_straight: Mask
    contradictions: Counts
    pairs: Counts


def scaled_items(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """Return the items with a format, whether or not a scale holds them, in file order."""
    return tuple(item for item in questionnaire.packed_items if item.kind is ItemKind.SCALED)


def scale_places(questionnaire: Questionnaire, scale: Scale) -> list[int]:
    """Return where the scale's items stand among the scaled items."""
    place = {item.id: place for place, item in enumerate(scaled_items(questionnaire))}
    return [place[item.id] for item in scale.items]


def marks_of_packed(packed: NDArray[np.uint8], questionnaire: Questionnaire) -> SheetMarks:
    """Mark packed sheets, shape ``(n_sheets, all packed columns)``."""
    columns = [questionnaire.columns[item.id] for item in scaled_items(questionnaire)]
    positions = np.ascontiguousarray(packed.T[columns])
    ticked = _count(positions != SKIPPED)
    positions[positions == DONT_KNOW] = SKIPPED
    return _mark(positions, ticked, questionnaire)


def marks_of_raw(
    raw: NDArray[np.float64], is_dont_know: Mask | None, questionnaire: Questionnaire
) -> SheetMarks:
    """Mark sheets of raw points, shape ``(n_sheets, scaled items)``, NaN where no answer."""
    lowest = [item.format.lowest for item in scaled_items(questionnaire) if item.format]
    positions = np.nan_to_num(raw.T - np.array(lowest)[:, None] + 1)
    ticked = _count(positions > 0)
    if is_dont_know is not None:
        ticked = ticked + _count(is_dont_know.T)
    return _mark(positions, ticked, questionnaire)


def _mark(positions: Positions, ticked: Counts, questionnaire: Questionnaire) -> SheetMarks:
    is_answered = positions > 0
    contradictions = np.zeros(positions.shape[1], dtype=np.int16)
    pairs = np.zeros_like(contradictions)
    for scale in questionnaire.scales:
        sides = _sides(scale, scale_places(questionnaire, scale))
        middle = (scale.format.points + 1) / 2
        above = [_count(positions[side] > middle) for side in sides]
        answered = [_count(is_answered[side]) for side in sides]
        neutral = [_count(positions[side] == middle) for side in sides]
        below = [a - b - c for a, b, c in zip(answered, above, neutral, strict=True)]
        contradictions += above[0] * above[1] + below[0] * below[1]
        pairs += answered[0] * answered[1]
    return SheetMarks(
        item_count=len(positions),
        answered=_count(is_answered),
        ticked=ticked,
        is_straight=_is_straight(positions, is_answered, questionnaire),
        contradictions=contradictions,
        pairs=pairs,
    )


def _is_straight(positions: Positions, is_answered: Mask, questionnaire: Questionnaire) -> Mask:
    highest = positions.max(axis=0, initial=0)
    is_same = ((positions == highest) | ~is_answered).all(axis=0)
    sides: tuple[set[int], set[int]] = (set(), set())
    for scale in questionnaire.scales:
        for side, places in zip(
            sides, _sides(scale, scale_places(questionnaire, scale)), strict=True
        ):
            side.update(places)
    on_both_sides = [is_answered[sorted(side)].any(axis=0) for side in sides]
    return np.asarray(is_same & on_both_sides[0] & on_both_sides[1])


def _sides(scale: Scale, places: list[int]) -> tuple[list[int], list[int]]:
    """Return the places of the scale's forward items, and those of its reverse items."""
    keyed = list(zip(places, scale.items, strict=True))
    return (
        [place for place, item in keyed if item.keying is Keying.FORWARD],
        [place for place, item in keyed if item.keying is Keying.REVERSE],
    )


def _count(mask: Mask) -> Counts:
    """Count along the items, a contiguous row at a time."""
    counts = np.zeros(mask.shape[1], dtype=np.int16)
    for row in mask:
        counts += row
    return counts
