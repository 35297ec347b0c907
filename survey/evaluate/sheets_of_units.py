"""A campaign's collected sheets unit by unit, as far as they may be counted."""

import numpy as np
from sqlmodel import Session

from survey.rules.audience import Audience
from survey.rules.ways_in.link import is_signed
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.collected import CollectedSheets, collected_sheets
from survey.storage.tables import Campaign


def sheets_of_units(session: Session, campaign: Campaign) -> dict[str, CollectedSheets | None]:
    """Return the sheets of every unit by its code; of named offices none before the winding up."""
    found = _sheets_by_unit(session, campaign)
    units = units_of_campaign(session, key_of(campaign))
    return {unit.code: found.get(key_of(unit)) for _, unit in units}


def _sheets_by_unit(session: Session, campaign: Campaign) -> dict[int, CollectedSheets]:
    if is_signed(Audience(campaign.audience)) and campaign.wound_up_at is None:
        return {}
    sheets = collected_sheets(session, campaign)
    order = np.argsort(sheets.unit_ids, kind="stable")
    found, starts = np.unique(sheets.unit_ids[order], return_index=True)
    rows = np.split(order, starts[1:])
    return {int(unit): sheets.of(group) for unit, group in zip(found, rows, strict=False)}
