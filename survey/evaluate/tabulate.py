"""Count the complete sheets of a campaign that is over by total score, to compare audiences by.

This happens when a run is made, and the counts are kept with it: reading them anew later, a sheet
restored meanwhile would change what an old run says.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scales import Keying, Moments, Questionnaire, Scale, count_by_total
from survey.evaluate.measure import measure_cells
from survey.evaluate.pool import units_of_items
from survey.rules.audience import Minima
from survey.rules.scoring.batch import rules_of_cell
from survey.rules.scoring.invariance import TotalCounts
from survey.rules.scoring.run import CountedCampaign
from survey.rules.scoring.same_scale import scale_asked
from survey.rules.scoring.validity import NOTHING_REJECTED, judge_sheets
from survey.storage.queries.collected import CollectedSheets

Packed = NDArray[np.uint8]
Table = NDArray[np.int64]  # (items, totals, points)


def scales_of_several(questionnaires: Mapping[str, Questionnaire]) -> dict[str, set[str]]:
    """Return, by campaign, the scales that another campaign asks too, item by item."""
    campaigns: dict[object, list[tuple[str, str]]] = {}
    for code, questionnaire in questionnaires.items():
        for scale in questionnaire.scales:
            campaigns.setdefault(scale_asked(questionnaire, scale), []).append((code, scale.id))
    shared: dict[str, set[str]] = {}
    for asked in campaigns.values():
        for code, scale_id in asked if len(asked) > 1 else ():
            shared.setdefault(code, set()).add(scale_id)
    return shared


def tabulate(
    campaign: CountedCampaign,
    sheets: Mapping[str, CollectedSheets],
    questionnaire: Questionnaire,
    minima: Minima,
    scales: Collection[str],
) -> CountedCampaign:
    """Return a campaign that is over with counts over the units whose answers to items are told.

    A unit that has more valid sheets than it is counted by is left out: with the late ones counted
    here and not elsewhere, they would show by subtraction.
    """
    cells = measure_cells(campaign, {}, questionnaire)
    wanted = [scale for scale in questionnaire.scales if scale.id in scales]
    units = {scale.id: units_of_items(cells, scale.id, minima) for scale in wanted}
    tables: dict[str, list[Table]] = {scale.id: [] for scale in wanted}
    for unit in sorted({unit for found in units.values() for unit in found}):
        packed = _valid_sheets(campaign, unit, sheets, questionnaire)
        for scale in wanted:
            if unit in units[scale.id]:
                counted = Moments.from_json(campaign.cells[unit].moments[scale.id])
                table = _table(packed[:, questionnaire.scale_columns(scale)], scale)
                if len(packed) == counted.rows and _is_of(counted, table, scale):
                    tables[scale.id].append(table)
    totals = {scale: _counts(found) for scale, found in tables.items() if found}
    return replace(campaign, totals=totals)


def _valid_sheets(
    campaign: CountedCampaign,
    unit: str,
    sheets: Mapping[str, CollectedSheets],
    questionnaire: Questionnaire,
) -> Packed:
    """Return a unit's sheets that are valid by the rules its cell is counted by."""
    if unit not in sheets:
        return np.zeros((0, len(questionnaire.packed_items)), dtype=np.uint8)
    found = sheets[unit]
    rules = rules_of_cell(campaign, unit, NOTHING_REJECTED, may_change=False)
    verdicts = judge_sheets(
        found.packed,
        found.seconds_buckets,
        found.arrival_marks,
        found.is_restored,
        questionnaire,
        rules,
    )
    return found.packed[verdicts.is_valid]


def _table(packed: Packed, scale: Scale) -> Table:
    return count_by_total(packed, np.zeros(len(packed), dtype=np.int64), 1, scale)[:, 0]


def _is_of(counted: Moments, table: Table, scale: Scale) -> bool:
    """Whether the table holds the very answers that were counted."""
    if counted.complete_counts is None:  # of a run older than these counts
        return False
    answers = table.sum(axis=1)
    is_reverse = np.array([item.keying is Keying.REVERSE for item in scale.items])
    return np.array_equal(
        counted.complete_counts, np.where(is_reverse[:, None], answers[:, ::-1], answers)
    )


def _counts(tables: list[Table]) -> TotalCounts:
    total = np.sum(tables, axis=0)
    places = np.argwhere(total)
    rows = np.column_stack([places, total[tuple(places.T)]]).tolist()
    return TotalCounts(unit_count=len(tables), people=int(total[0].sum()), rows=rows)
