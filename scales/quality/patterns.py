"""Ways to fill a form without reading it, as probabilities of each answer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scales.definition import Item, Keying, Questionnaire
from scales.quality.marks import scale_places, scaled_items

Matrix = NDArray[np.float64]

SLIP = 0.05  # how often somebody who ticks a pattern misses it
_LEAST_CONTRADICTED = 0.2  # a pattern that fits the keys better than this is an opinion


def pattern_log_odds(questionnaire: Questionnaire) -> Matrix:
    """Return the log probability of each answer, ``(one-hot columns, patterns)``.

    The first pattern ticks at random; then one point throughout, each point where reverse items
    tell it from an opinion; then two points in turn, each pair of points that contradicts itself.
    """
    items = scaled_items(questionnaire)
    at_random = np.concatenate([np.full(k, -np.log(k)) for k in points_of(items)])
    patterns = _straight(questionnaire, items) + _in_turn(questionnaire, items)
    return np.column_stack([at_random, *(_with_slips(pattern, items) for pattern in patterns)])


def points_of(items: Sequence[Item]) -> list[int]:
    """Return the number of points of each item."""
    return [item.position_count for item in items]


def _straight(questionnaire: Questionnaire, items: Sequence[Item]) -> list[list[int]]:
    keys = {item.keying for scale in questionnaire.scales for item in scale.items}
    if keys != {Keying.FORWARD, Keying.REVERSE}:
        return []
    return [[point] * len(items) for point in range(1, max(points_of(items), default=0) + 1)]


def _in_turn(questionnaire: Questionnaire, items: Sequence[Item]) -> list[list[int]]:
    points = range(1, max(points_of(items), default=0) + 1)
    patterns = [
        [first if place % 2 == 0 else second for place in range(len(items))]
        for first in points
        for second in points
        if first != second
    ]
    return [p for p in patterns if _contradicted(p, questionnaire) >= _LEAST_CONTRADICTED]


def _contradicted(pattern: Sequence[int], questionnaire: Questionnaire) -> float:
    """Return the share of forward/reverse pairs of the scales that the pattern contradicts."""
    found = [0, 0]
    for scale in questionnaire.scales:
        middle = (scale.format.points + 1) / 2
        at = [
            (item.keying, np.sign(pattern[place] - middle))
            for place, item in zip(scale_places(questionnaire, scale), scale.items, strict=True)
        ]
        forward = [side for keying, side in at if keying is Keying.FORWARD]
        reverse = [side for keying, side in at if keying is Keying.REVERSE]
        found[0] += sum(one == other != 0 for one in forward for other in reverse)
        found[1] += len(forward) * len(reverse)
    return found[0] / found[1] if found[1] else 0.0


def _with_slips(pattern: Sequence[int], items: Sequence[Item]) -> Matrix:
    columns = []
    for point, count in zip(pattern, points_of(items), strict=True):
        odds = np.full(count, SLIP / count)
        odds[min(point, count) - 1] += 1 - SLIP
        columns.append(odds)
    return np.asarray(np.log(np.concatenate(columns)))
