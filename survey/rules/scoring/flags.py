"""Flags of collected sheets: what looks careless; a flag rejects nothing."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from scales import (
    DONT_KNOW,
    SAMPLE_RULES,
    SKIPPED,
    QualityLimits,
    Questionnaire,
    burst_buckets,
    flag_sheets,
    scaled_items,
    sheet_quality,
)
from survey.rules.sheets.serving import seconds_at_most

__all__ = ["SAMPLE_RULES", "busy_buckets", "flag_collected"]

Mask = NDArray[np.bool_]


def flag_collected(
    packed: NDArray[np.uint8],
    seconds_buckets: NDArray[np.float64],
    in_burst: Mask,
    questionnaire: Questionnaire,
    limits: QualityLimits,
) -> dict[str, Mask]:
    """Return, by rule, which sheets (n, m) it flags; the sheets are compared with each other."""
    items = scaled_items(questionnaire)
    positions = packed[:, [questionnaire.columns[item.id] for item in items]]
    lowest = np.array([item.format.lowest for item in items if item.format is not None])
    raw = positions.astype(np.float64) - 1 + lowest
    is_dont_know = positions == DONT_KNOW
    raw[(positions == SKIPPED) | is_dont_know] = np.nan
    quality = sheet_quality(
        raw,
        questionnaire,
        seconds=seconds_at_most(seconds_buckets),
        is_dont_know=is_dont_know,
        synonym_r=limits.synonym_r,
        antonym_r=limits.antonym_r,
    )
    return dict(flag_sheets(quality, limits, in_burst=in_burst).by_rule)


def busy_buckets(
    places: Sequence[Hashable],
    buckets: NDArray[np.int64],
    counts: NDArray[np.int64],
    limits: QualityLimits,
) -> Mask:
    """Tell which rows of (place, bucket, sheets) are bursts."""
    if len(counts) == 0:
        return np.zeros(0, dtype=bool)
    numbers = {place: number for number, place in enumerate(dict.fromkeys(places))}
    rows = np.array([numbers[place] for place in places])
    found, columns = np.unique(buckets, return_inverse=True)
    table = np.zeros((len(numbers), len(found)), dtype=np.int64)
    np.add.at(table, (rows, columns), counts)
    return np.asarray(burst_buckets(table, limits)[rows, columns])
