"""Count the scales of a cell that may move; the others stay as a run has counted them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scales import Moments, Questionnaire, Scale, scale_moments, summarise_moments
from survey.rules.audience import Minima
from survey.rules.batch import has_grown_by_a_group
from survey.rules.run import CountedCell
from survey.rules.suppression import is_shown


def count_cell(
    packed: NDArray[np.uint8],
    questionnaire: Questionnaire,
    counted: CountedCell | None,
    minima: Minima,
    batch: int,
) -> CountedCell | None:
    """Count each scale that may move; None where a run has counted the cell and none may."""
    kept = counted.moments if counted is not None else {}
    moving: dict[str, Any] = {}
    for scale in questionnaire.scales:
        columns = questionnaire.scale_columns(scale)
        now = scale_moments(packed[:, columns], scale, with_pairs=True)
        before = Moments.from_json(kept[scale.id]) if scale.id in kept else None
        if _may_move(scale, before, now, minima, batch):
            moving[scale.id] = now.to_json()
    if counted is not None and not moving:
        return None
    return CountedCell(sheet_count=len(packed), moments={**kept, **moving})


def _may_move(
    scale: Scale, before: Moments | None, now: Moments, minima: Minima, batch: int
) -> bool:
    """Tell whether a scale may be counted anew: by people with a score, not by sheets.

    Ten more sheets of which nine say “don't know” would show the tenth person's score.
    """
    people = summarise_moments(now, scale).n
    if before is None:
        return is_shown(people, minima.shown)
    answered = (now.n - before.n).diagonal()
    smallest = min(minima.shown, batch)
    return has_grown_by_a_group(people - summarise_moments(before, scale).n, batch) and all(
        has_grown_by_a_group(int(more), smallest) for more in answered
    )
