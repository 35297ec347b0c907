"""Campaigns of which only counts are kept: counted once, when they are wound up, item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from scales import (
    Questionnaire,
    Scale,
    analyse_answer_counts,
    share_in_counts,
    summarise_answer_counts,
    top_levels,
)
from survey.rules.audience import Audience, Minima
from survey.rules.scoring.run import (
    CountedCampaign,
    CountedCell,
    PooledScale,
    ScaleFigure,
    SheetCounts,
)
from survey.rules.scoring.standing import TopShare
from survey.rules.scoring.suppression import is_shown
from survey.rules.scoring.tally import (
    COUNTED,
    ENDED,
    SHEETS_COLUMN,
    Tally,
    counts_by_channel,
    counts_of_scale,
    item_counts,
)
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import merged_units, units_of_campaign
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.queries.tallies import tallies_of
from survey.storage.tables import Campaign

LEVELS_THAT_COUNT = 2

Counts = Mapping[str, Sequence[int]]


def campaign_by_counts(session: Session, campaign: Campaign, minima: Minima) -> CountedCampaign:
    """Return a campaign with its cells that are large enough; none before the winding up.

    Between two runs somebody could subtract, and nothing holds a batch of counts apart.
    """
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    is_closed = campaign.wound_up_at is not None
    return CountedCampaign(
        audience=Audience(campaign.audience),
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        digest=questionnaire.digest,
        is_closed=is_closed,
        cells=_cells(session, campaign, questionnaire, minima) if is_closed else {},
        counts_only=True,
        merged=merged_units(session, campaign),
    )


def _cells(
    session: Session, campaign: Campaign, questionnaire: Questionnaire, minima: Minima
) -> dict[str, CountedCell]:
    tallies = tallies_of(session, key_of(campaign))
    cells = {
        unit.code: _cell(tallies[row.unit_id], questionnaire, minima)
        for row, unit in units_of_campaign(session, key_of(campaign))
        if row.unit_id in tallies
    }
    return {unit: cell for unit, cell in cells.items() if is_shown(cell.sheet_count, minima.shown)}


def levels_that_count(scale: Scale) -> tuple[int, ...]:
    """Return the two highest points, the highest alone where there are few."""
    count = LEVELS_THAT_COUNT if scale.format.points > LEVELS_THAT_COUNT + 1 else 1
    return top_levels(scale.format, count)


def measure_counts(counts: Counts, scale: Scale) -> ScaleFigure:
    """Return a cell's score from counts: the mean of the items' means, without an interval."""
    matrix = counts_of_scale(counts, scale)
    summary = summarise_answer_counts(matrix, scale)
    return ScaleFigure(
        n=summary.n,
        mean_percent=summary.mean_percent,
        sd_percent=None,
        ci95_percent=None,
        top=_share_on_top(matrix, scale),
        is_alike=summary.is_alike,
    )


def pool_counts(
    campaign: CountedCampaign, units: Sequence[str], shared: Sequence[str], scale: Scale
) -> PooledScale:
    """Add the counts of units; what is said of the items is of the `shared` ones alone."""
    ticked = _added(campaign, shared, scale)
    analysis = asdict(analyse_answer_counts(_added(campaign, units, scale), scale))
    analysis["by_item"] = asdict(analyse_answer_counts(ticked, scale))["by_item"]
    return PooledScale(len(units), analysis, len(shared), _share_on_top(ticked, scale))


def _added(campaign: CountedCampaign, units: Sequence[str], scale: Scale) -> NDArray[np.int64]:
    found = (counts_of_scale(campaign.cells[unit].counts, scale) for unit in units)
    return reduce(add, found)


def _share_on_top(counts: NDArray[np.int64], scale: Scale) -> TopShare | None:
    share = share_in_counts(counts, scale, levels_that_count(scale))
    if share is None:
        return None
    items, on_levels = len(scale.items), share.n_on_levels
    return TopShare(share.levels, on_levels, share.n_answers, items, share.share, share.ci95)


def _cell(tally: Tally, questionnaire: Questionnaire, minima: Minima) -> CountedCell:
    """Return a cell with the items of those scales whose every item enough people answered."""
    counts: dict[str, Sequence[int]] = {}
    for scale in questionnaire.scales:
        found = item_counts(tally, questionnaire, scale)
        least = summarise_answer_counts(counts_of_scale(found, scale), scale).n
        if is_shown(least, minima.shown):
            counts |= found
    return CountedCell(
        sheet_count=tally.get((SHEETS_COLUMN, COUNTED), 0),
        moments={},
        counts=counts,
        sheets=SheetCounts(
            rejected={},
            ended=tally.get((SHEETS_COLUMN, ENDED), 0),
            seconds={},
            flags={},
            flagged=0,
            unflagged={},
            channels=counts_by_channel(tally),
        ),
    )
