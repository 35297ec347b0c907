"""Examine the sheets of the cells that move: rejected ones, seconds, flags, scores without flags.

Rules that compare a sheet with others compare it with the sheets of cells that move in the same
run, so that nothing shown rests on sheets that are withheld.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scales import QualityLimits, Questionnaire, scale_moments
from survey.rules.scoring.flags import busy_buckets, flag_collected
from survey.rules.scoring.run import CountedCell, SheetCounts
from survey.rules.scoring.validity import Verdicts
from survey.rules.ways_in.arrival import ARRIVAL_RULES, marked_by
from survey.rules.ways_in.channel import ENTERED, Channel
from survey.storage.queries.collected import CollectedSheets

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class MovedCell:
    """A cell that is counted anew, as it was before, its sheets and what is to be said of them."""

    cell: CountedCell
    before: CountedCell | None
    sheets: CollectedSheets
    verdicts: Verdicts


def examine(
    moved: Mapping[str, MovedCell],
    questionnaire: Questionnaire,
    limits: QualityLimits,
    *,
    has_arrivals: bool,
    is_late: bool,
) -> dict[str, CountedCell]:
    """Return the cells with the counts of their sheets; only open codes tell when sheets came.

    Cells that come late, when others have been counted for good, have no scores without flagged
    sheets: told of all cells together, their few flagged would show by subtraction.
    """
    if not moved:
        return {}
    judged = {unit: ~each.verdicts.has_ended for unit, each in moved.items()}
    kept = [each.sheets.of(judged[unit]) for unit, each in moved.items()]
    flags = flag_collected(
        np.concatenate([sheets.packed for sheets in kept]),
        np.concatenate([sheets.seconds_buckets for sheets in kept]),
        _in_burst(kept, limits) if has_arrivals else _nowhere(kept),
        questionnaire,
        limits,
    )
    if has_arrivals:
        marks = np.concatenate([sheets.arrival_marks for sheets in kept])
        flags |= {rule: marked_by(rule, marks) for rule in ARRIVAL_RULES}
    examined, start = {}, 0
    for (unit, each), sheets in zip(moved.items(), kept, strict=True):
        rows = slice(start, start + len(sheets.packed))
        start = rows.stop
        own = {rule: flagged[rows] for rule, flagged in flags.items()}
        is_flagged = np.any([*own.values()], axis=0)
        verdicts = each.verdicts.of(judged[unit])
        rest = sheets.packed[verdicts.is_valid & ~is_flagged]
        counts = SheetCounts(
            rejected=verdicts.rejected_counts(),
            ended=int(each.verdicts.has_ended.sum()),
            seconds=_seconds(sheets.seconds_buckets),
            flags={rule: int(flagged.sum()) for rule, flagged in own.items()},
            flagged=int(is_flagged.sum()),
            unflagged={} if is_late else _unflagged(each, rest, questionnaire),
            channels=_channels(sheets.channels[verdicts.is_valid]) if has_arrivals else {},
        )
        examined[unit] = replace(each.cell, sheets=counts)
    return examined


def without_unflagged(cells: Mapping[str, CountedCell]) -> dict[str, CountedCell]:
    """Return the cells without the scores of sheets without a flag.

    Where one cell has moved after all were counted for good, two runs would show its flagged ones.
    """
    return {
        unit: replace(cell, sheets=replace(cell.sheets, unflagged={})) if cell.sheets else cell
        for unit, cell in cells.items()
    }


def _in_burst(kept: Sequence[CollectedSheets], limits: QualityLimits) -> Mask:
    """Tell which sheets came in a burst, where each unit and place is a way in of its own."""
    unit_ids, places = (
        np.concatenate([getattr(sheets, name) for sheets in kept])
        for name in ("unit_ids", "places")
    )
    buckets = np.concatenate([sheets.bucket_at for sheets in kept])
    came = np.array([channel not in ENTERED for s in kept for channel in s.channels], dtype=bool)
    ways = [(int(unit), str(p)) for unit, p in zip(unit_ids[came], places[came], strict=True)]
    bursts = np.zeros(len(came), dtype=bool)
    bursts[came] = busy_buckets(ways, buckets[came], np.ones(len(ways), dtype=np.int64), limits)
    return bursts


def _nowhere(kept: Sequence[CollectedSheets]) -> Mask:
    return np.zeros(sum(len(sheets.packed) for sheets in kept), dtype=bool)


def _seconds(buckets: NDArray[np.float64]) -> dict[str, int]:
    counts = Counter("" if np.isnan(bucket) else str(int(bucket)) for bucket in buckets.tolist())
    return dict(sorted(counts.items()))


def _channels(channels: NDArray[np.object_]) -> dict[str, int]:
    """Count sheets by the way they came; an open code's that keeps none came by a poster."""
    return dict(sorted(Counter(channel or Channel.OPEN for channel in channels).items()))


def _unflagged(
    each: MovedCell, rest: NDArray[np.uint8], questionnaire: Questionnaire
) -> dict[str, Sequence[Sequence[int]]]:
    """Return the score sums without the flagged, of each scale that moves now."""
    before = each.before
    kept = dict(before.sheets.unflagged) if before is not None and before.sheets else {}
    for scale in questionnaire.scales:
        now = each.cell.moments.get(scale.id)
        if now is None or (before is not None and now is before.moments.get(scale.id)):
            continue  # too few, or it stays as it was counted
        moments = scale_moments(rest[:, questionnaire.scale_columns(scale)], scale)
        kept[scale.id] = [list(astuple(sums)) for sums in moments.scores]
    return kept
