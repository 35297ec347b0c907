"""Tally: how often each position was ticked, which is all that the strictest mode keeps of sheets.

A tally counts by (column, position), where a column is an item's byte in a packed sheet. Two
further columns count whole sheets: those that count and those that ended, and by channel.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from scales import DONT_KNOW, Questionnaire, Scale
from survey.rules.scoring.validity import ended_sheets
from survey.rules.ways_in.channel import Channel

Tally: TypeAlias = Mapping[tuple[int, int], int]

SHEETS_COLUMN, CHANNELS_COLUMN = -1, -2
COUNTED, ENDED = 0, 1
CHANNELS = tuple(Channel)


def tally_sheets(
    packed: Sequence[bytes], channels: Sequence[str | None], questionnaire: Questionnaire
) -> Tally:
    """Count sheets position by position; one that was ended politely counts as a sheet only."""
    matrix = np.frombuffer(b"".join(packed), dtype=np.uint8).reshape(len(packed), -1)
    has_ended = ended_sheets(matrix, questionnaire)
    tally: Counter[tuple[int, int]] = Counter()
    for column, positions in enumerate(matrix[~has_ended].T.tolist()):
        tally.update((column, position) for position in positions)
    tally[SHEETS_COLUMN, COUNTED] = int((~has_ended).sum())
    tally[SHEETS_COLUMN, ENDED] = int(has_ended.sum())
    for channel, is_left_out in zip(channels, has_ended.tolist(), strict=True):
        if channel is not None and not is_left_out:
            tally[CHANNELS_COLUMN, CHANNELS.index(Channel(channel))] += 1
    return {key: count for key, count in tally.items() if count}


def item_counts(tally: Tally, questionnaire: Questionnaire, scale: Scale) -> dict[str, list[int]]:
    """Return a scale's answers by item and raw position: skipped, 1…points, don't know."""
    positions = (*range(scale.format.points + 1), DONT_KNOW)
    return {
        item.id: [tally.get((questionnaire.columns[item.id], at), 0) for at in positions]
        for item in scale.items
    }


def counts_of_scale(counts: Mapping[str, Sequence[int]], scale: Scale) -> NDArray[np.int64]:
    """Return what `item_counts` found as (n_items, points + 2) answers."""
    return np.array([counts[item.id] for item in scale.items], dtype=np.int64)


def counts_by_channel(tally: Tally) -> dict[str, int]:
    """Return how many sheets that count came by which channel."""
    found = {
        CHANNELS[position].value: count
        for (column, position), count in tally.items()
        if column == CHANNELS_COLUMN
    }
    return dict(sorted(found.items()))
