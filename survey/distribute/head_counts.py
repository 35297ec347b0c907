"""Fill in or correct how many people work at units, while a campaign still takes answers."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from survey.distribute.cards import cards_for
from survey.distribute.steer import check_may
from survey.errors import LaunchRefused
from survey.results import campaign_progress
from survey.rules.audience import Audience
from survey.rules.campaign import Act
from survey.rules.ways_in.link import LinkKind
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.code_batches import hold_campaign, issued_by_unit, links_by_unit
from survey.storage.tables import Campaign, CampaignUnit

Change = tuple[int | None, int]  # the count before, the count now


def correct_head_counts(
    session: Session, campaign: Campaign, counts: Mapping[str, int], now: datetime
) -> dict[str, Change]:
    """Keep the counts given, by unit code; return those that changed.

    Refused below what was issued, or keyed in, or is shown to have arrived: the exact number that
    arrived is not compared, or an officer could find it out by trying.
    """
    check_may(session, campaign, Act.HEAD_COUNT, now)
    if campaign.audience != Audience.STAFF:
        raise LaunchRefused("head_counts_staff_only")
    hold_campaign(session, key_of(campaign))
    asked = {unit.code: (row, unit) for row, unit in units_of_campaign(session, key_of(campaign))}
    shown = {
        unit.code: unit.received_count or 0
        for unit in campaign_progress(session, campaign, now).units
    }
    least_by_issued = _least_by_issued(session, campaign)
    changed: dict[str, Change] = {}
    for code, count in counts.items():
        if code not in asked:
            raise LaunchRefused("launch_unit_not_in_campaign", unit=code)
        row, unit = asked[code]
        if row.head_count == count:
            continue
        least = max(1, least_by_issued.get(row.unit_id, 0), shown[code], _by_officers(row))
        if count < least:
            raise LaunchRefused("head_count_low", unit=unit.name, count=count, least=least)
        changed[code] = (row.head_count, count)
        row.head_count = count
    session.flush()
    return changed


def _least_by_issued(session: Session, campaign: Campaign) -> dict[int, int]:
    """Return, per unit, the fewest people that its links, and its cards, are enough for."""
    least = links_by_unit(session, key_of(campaign), LinkKind.PERSONAL)
    for unit_id, cards in issued_by_unit(session, key_of(campaign), LinkKind.CARD).items():
        people = next(n for n in range(cards * 5 // 6, cards + 1) if cards_for(n) >= cards)
        least[unit_id] = max(least.get(unit_id, 0), people)
    return least


def _by_officers(row: CampaignUnit) -> int:
    """Return how many sheets officers keyed in or read in: they know that number."""
    return row.paper_count + row.imported_count
