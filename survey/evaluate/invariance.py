"""Ask of each item whether two audiences understand it alike, from counts by total score."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scales import Scale, Undefined, item_bias
from survey.rules.audience import Minima
from survey.rules.scoring.invariance import FEWEST_UNITS, ItemInvariance, TotalCounts
from survey.rules.scoring.run import CountedCampaign, PooledScale
from survey.rules.scoring.standing import AudienceComparison, AudienceDifference
from survey.rules.scoring.suppression import is_shown

Table = NDArray[np.int64]  # (items, totals, points)
Pooled = Mapping[str, Mapping[str, PooledScale]]  # by campaign, then by scale


def why_no_bias(campaign: CountedCampaign, scale: Scale, minima: Minima) -> str | None:
    """Return why an audience may not be set beside another item by item, None where it may.

    All items or none, as with the answers to the items: with the total, the others would give the
    hidden one away.
    """
    if not campaign.is_closed:
        return "before_close"
    counts = campaign.totals.get(scale.id)
    if counts is None or minima.subgroup is None or not is_shown(counts.people, minima.subgroup):
        return "too_few"
    if counts.unit_count < FEWEST_UNITS:
        return "one_unit"
    answers = _table_of(counts, scale).sum(axis=1)
    return "all_alike" if ((answers > 0).sum(axis=1) < 2).any() else None


def with_items(
    found: AudienceComparison,
    scale: Scale,
    campaigns: Mapping[str, CountedCampaign],
    pooled: Pooled,
    minima: Mapping[str, Minima],
) -> AudienceComparison:
    """Return a comparison with what each pair of audiences makes of each item."""
    reasons = {
        score.campaign: why_no_bias(campaigns[score.campaign], scale, minima[score.campaign])
        for score in found.scores
    }
    return replace(
        found,
        differences=tuple(
            _with_items(pair, scale, campaigns, pooled, reasons) for pair in found.differences
        ),
    )


def _with_items(
    pair: AudienceDifference,
    scale: Scale,
    campaigns: Mapping[str, CountedCampaign],
    pooled: Pooled,
    reasons: Mapping[str, str | None],
) -> AudienceDifference:
    one, two = pair.campaigns
    withheld = reasons[one] or reasons[two]
    counts = () if withheld else tuple(campaigns[c].totals[scale.id] for c in pair.campaigns)
    tables = [_table_of(each, scale) for each in counts]
    return replace(
        pair,
        matched_people=(counts[0].people, counts[1].people) if counts else None,
        items=tuple(
            _compare(
                item.id,
                [table[at] for table in tables],
                (
                    _loading(pooled[one][scale.id], item.id),
                    _loading(pooled[two][scale.id], item.id),
                ),
            )
            for at, item in enumerate(scale.items)
        ),
        items_withheld=withheld,
    )


def _table_of(counts: TotalCounts, scale: Scale) -> Table:
    """Return the counts as an array by item, total and aligned point."""
    points, items = scale.format.points, len(scale.items)
    table = np.zeros((items, items * (points - 1) + 1, points), dtype=np.int64)
    for item, total, point, people in counts.rows:
        table[item, total, point] = people
    return table


def _compare(
    item: str, tables: list[Table], loadings: tuple[float | None, float | None]
) -> ItemInvariance:
    if not tables:
        return ItemInvariance(item, loadings)
    try:
        bias = item_bias(np.stack(tables))
    except Undefined as reason:
        return ItemInvariance(item, loadings, warning=reason.code)
    difference = bias.difference_points[1]
    return ItemInvariance(
        item=item,
        loadings=loadings,
        r2_change=round(bias.r2_change, 3),
        p=round(bias.both.p, 4),
        p_uniform=round(bias.uniform.p, 4),
        p_non_uniform=round(bias.non_uniform.p, 4),
        difference_points=round(difference, 2) if difference is not None else None,
    )


def _loading(pooled: PooledScale, item: str) -> float | None:
    loading: float | None = pooled.analysis["by_item"][item]["loading"]
    return loading
