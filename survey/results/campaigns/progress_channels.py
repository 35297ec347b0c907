"""By which channel sheets came: exact for citizens, for staff in steps and never by unit."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from sqlmodel import Session

from survey.results.campaigns.progress_figures import ChannelProgress, UnitProgress
from survey.rules.audience import Audience
from survey.rules.scoring.suppression import PROGRESS_STEP, hidden_cells, progress_shown
from survey.rules.ways_in.link import is_open_to_all
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.channels import citizens_by_channel, staff_by_channel
from survey.storage.tables import Campaign

FEWEST_UNITS = 2  # of one unit, the channels would split what is shown of it


def channels_by_unit(
    session: Session, campaign: Campaign
) -> dict[int, tuple[ChannelProgress, ...]]:
    """Return the channels of each unit that citizens came by."""
    if not is_open_to_all(Audience(campaign.audience)):
        return {}
    found: dict[int, list[ChannelProgress]] = {}
    for unit_id, channel, count in citizens_by_channel(session, key_of(campaign)):
        found.setdefault(unit_id, []).append(ChannelProgress(channel, count))
    return {unit_id: tuple(channels) for unit_id, channels in found.items()}


def channels_of_campaign(
    session: Session, campaign: Campaign, units: Sequence[UnitProgress]
) -> tuple[ChannelProgress, ...]:
    """Return the channels of a campaign as far as they may be told."""
    audience = Audience(campaign.audience)
    if is_open_to_all(audience):
        return _added(units)
    told = {unit.code: unit for unit in units if unit.received_count is not None}
    if audience is not Audience.STAFF or len(told) < FEWEST_UNITS:
        return ()
    asked = units_of_campaign(session, key_of(campaign))
    unit_ids = {row.unit_id for row, unit in asked if unit.code in told}
    counts: Counter[str] = Counter()
    for (unit_id, channel), count in staff_by_channel(session, key_of(campaign)).items():
        if unit_id in unit_ids:  # of the others, what is told would be the rest of the sum
            counts[channel] += count
    return _in_steps(
        counts, sum(unit.head_count or unit.issued_count or 0 for unit in told.values())
    )


def _in_steps(counts: Mapping[str, int], people: int) -> tuple[ChannelProgress, ...]:
    """Return counts in steps, without those that would give a small one away beside the units."""
    if not counts:
        return ()
    hidden = hidden_cells(np.array(list(counts.values())), PROGRESS_STEP)
    if hidden is None:
        return ()
    shown = {
        channel: progress_shown(count, people)
        for (channel, count), is_hidden in zip(counts.items(), hidden, strict=True)
        if not is_hidden
    }
    told = [ChannelProgress(channel, count) for channel, count in shown.items() if count]
    return tuple(told) if sum(one.received_count for one in told) < people else ()


def _added(units: Sequence[UnitProgress]) -> tuple[ChannelProgress, ...]:
    sums: dict[str, int] = {}
    for unit in units:
        for one in unit.channels:
            sums[one.channel] = sums.get(one.channel, 0) + one.received_count
    return tuple(ChannelProgress(channel, count) for channel, count in sorted(sums.items()))
