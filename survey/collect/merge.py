"""Merge: at the close, a cell too small to be shown joins the sibling fixed before the opening."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from survey.collect.tally import add_counts, counts_of_cell, erase_counts, tallied_count
from survey.rules.audience import Audience
from survey.rules.scoring.scoring_plan import SMALLEST_BATCH
from survey.rules.sheets.serving import day_of
from survey.rules.ways_in.link import is_open_to_all
from survey.storage.tables import AnswerSheet, Campaign, CampaignUnit, OpenAnswer, table_of

_SHEETS, _WORDS = table_of(AnswerSheet), table_of(OpenAnswer)


def sheets_in_cell(session: Session, campaign_id: int, unit_id: int) -> int:
    """Return how many sheets a wound-up cell holds, those that are counts now among them."""
    sheets = session.exec(
        select(func.count())
        .select_from(AnswerSheet)
        .where(
            col(AnswerSheet.campaign_id) == campaign_id,
            col(AnswerSheet.unit_id) == unit_id,
        )
    ).one()
    return sheets + tallied_count(counts_of_cell(session, campaign_id, unit_id))


def merge_into_sibling(
    session: Session, campaign: Campaign, cell: CampaignUnit, minimum: int, now: datetime
) -> bool:
    """Move the sheets of a cell under its minimum into its sibling; False where it has none.

    Citizens' sheets move by ten at least: fewer would show beside what a run told of the sibling.
    """
    count = sheets_in_cell(session, cell.campaign_id, cell.unit_id)
    into = cell.merge_into_unit_id
    if into is None or not 0 < count < minimum:
        return False
    sibling = session.get(CampaignUnit, (cell.campaign_id, into))
    if sibling is None or sibling.issued_count is not None:
        return False
    is_told_early = is_open_to_all(Audience(campaign.audience)) and not campaign.counts_only
    if is_told_early and count < SMALLEST_BATCH:
        return False
    _move(session, _SHEETS, cell, into, {"bucket_at": day_of(now), "place": None})
    _move(session, _WORDS, cell, into, {})
    tally = counts_of_cell(session, cell.campaign_id, cell.unit_id)
    add_counts(session, cell.campaign_id, into, tally)
    erase_counts(session, cell.campaign_id, cell.unit_id)
    cell.merged_count = count
    return True


def erase_cell(session: Session, cell: CampaignUnit) -> None:
    """Forget what a cell under its minimum said, and keep how many they were."""
    cell.erased_count = sheets_in_cell(session, cell.campaign_id, cell.unit_id)
    for table in (_SHEETS, _WORDS):
        session.connection().execute(delete(table).where(*_of_cell(table, cell)))
    erase_counts(session, cell.campaign_id, cell.unit_id)


def _move(
    session: Session, table: Any, cell: CampaignUnit, into: int, columns: Mapping[str, Any]
) -> None:
    """Lay rows away under another unit and new ids, in the order of these."""
    connection = session.connection()
    found = connection.execute(table.select().where(*_of_cell(table, cell))).mappings()
    rows = [{**row, **columns, "unit_id": into, "id": uuid4()} for row in found]
    if rows:
        connection.execute(delete(table).where(*_of_cell(table, cell)))
        connection.execute(table.insert(), sorted(rows, key=lambda row: str(row["id"])))


def _of_cell(table: Any, cell: CampaignUnit) -> tuple[Any, Any]:
    return table.c.campaign_id == cell.campaign_id, table.c.unit_id == cell.unit_id
