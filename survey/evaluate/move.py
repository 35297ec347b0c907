"""Count the scales of a cell that may move; the others stay as a run has counted them."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scales import Moments, Questionnaire, Scale, scale_moments, summarise_moments
from survey.evaluate.by_rater import sum_by_rater
from survey.rules.audience import Minima
from survey.rules.scoring.batch import has_grown_by_a_group
from survey.rules.scoring.run import CountedCell
from survey.rules.scoring.suppression import is_shown

Raters = NDArray[np.int64] | None


def count_cell(
    packed: NDArray[np.uint8],
    questionnaire: Questionnaire,
    counted: CountedCell | None,
    minima: Minima,
    batch: int,
    raters: Raters = None,
) -> CountedCell | None:
    """Count each scale that may move; None where a run has counted the cell and none may.

    `raters` are the offices that sent the sheets, where these are named.
    """
    kept = counted.moments if counted is not None else {}
    moving: dict[str, Any] = {}
    by_rater: dict[str, Any] = {}
    for scale in questionnaire.scales:
        columns = questionnaire.scale_columns(scale)
        now = scale_moments(packed[:, columns], scale, with_pairs=True)
        before = Moments.from_json(kept[scale.id]) if scale.id in kept else None
        sums = _sums_by_rater(packed[:, columns], raters, scale)
        if sums is not None and not is_shown(sums["n"], minima.shown):
            continue
        if _may_move(scale, before, now, minima, batch):
            if sums is not None:
                by_rater[scale.id] = sums
            moving[scale.id] = _as_far_as_told(before, now, minima, batch).to_json()
    if counted is not None and not moving:
        return None
    moments = {**kept, **moving}
    return CountedCell(counted_count(len(packed), raters), moments, by_rater=by_rater)


def counted_count(sheet_count: int, raters: Raters) -> int:
    """Return how many have answered: offices, where they are named, else sheets."""
    return sheet_count if raters is None else len(np.unique(raters))


def _sums_by_rater(
    packed: NDArray[np.uint8], raters: Raters, scale: Scale
) -> dict[str, Any] | None:
    """Return the sums over offices, None where every sheet is another office's."""
    if raters is None or counted_count(len(packed), raters) == len(packed):
        return None
    return sum_by_rater(packed, raters, scale)


def _may_move(
    scale: Scale, before: Moments | None, now: Moments, minima: Minima, batch: int
) -> bool:
    """Tell whether a scale may be counted anew: by people with a score, not by sheets.

    Ten more sheets of which nine say “don't know” would show the tenth person's score.
    """
    people = summarise_moments(now, scale).n
    if before is None:
        return is_shown(people, minima.shown)
    answered = now.n - before.n  # each item on the diagonal, each pair of items beside it
    smallest = min(minima.shown, batch)
    return has_grown_by_a_group(people - summarise_moments(before, scale).n, batch) and all(
        has_grown_by_a_group(int(more), smallest) for more in answered.flat
    )


def _as_far_as_told(before: Moments | None, now: Moments, minima: Minima, batch: int) -> Moments:
    """Return the moments without those of complete people, where few of these have come.

    One more would show in omega. Nor do they come back before the count begins anew.
    """
    if before is None:
        return now
    more = now.complete_count - before.complete_count
    if before.complete_counts is not None and has_grown_by_a_group(more, min(minima.shown, batch)):
        return now
    return replace(now, complete_counts=None, complete_sums=None, complete_products=None)
