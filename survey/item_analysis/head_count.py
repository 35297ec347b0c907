"""A unit's answers beside its head count: response rate, and the interval of a small population."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales import Undefined, corrected_interval, response_rate, summarise_scores
from survey.exchange.head_counts import HeadCounts
from survey.item_analysis.result import GroupAnalysis, Interval


@dataclass(frozen=True)
class BesideHeadCount:
    """What a head count adds to a unit's score; None where it is not known."""

    head_count: int | None = None
    response_rate: float | None = None
    ci95_percent: Interval | None = None
    warnings: tuple[str, ...] = ()


def beside_head_count(percent: NDArray[np.float64], head_count: int | None) -> BesideHeadCount:
    """Set a unit's scores, a row a sheet and NaN without a score, beside its head count."""
    if head_count is None:
        return BesideHeadCount()
    try:
        rate = response_rate(len(percent), head_count)
    except Undefined as reason:
        return BesideHeadCount(head_count, warnings=(reason.code,))
    found = summarise_scores(percent, percent)
    if found.mean_percent is None or found.sd_percent is None:
        return BesideHeadCount(head_count, rate)
    interval = corrected_interval(found.mean_percent, found.sd_percent, found.n, head_count)
    return BesideHeadCount(head_count, rate, interval)


def doubtful_head_counts(
    head_counts: HeadCounts, breakdowns: Mapping[str, Mapping[str, GroupAnalysis]]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the rows that cannot be right: code of the sentence, and what stands in it."""
    for group, people in head_counts.people.items():
        sheets = [groups[group].n for groups in breakdowns.values() if group in groups]
        row = {"file": head_counts.file, "row": head_counts.rows[group], "group": group}
        if not sheets:
            yield "unknown_group", row | {"columns": " / ".join(breakdowns)}
        elif max(sheets) > people:
            yield "too_many_sheets", row | {"sheets": max(sheets), "people": people}
