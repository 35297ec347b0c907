"""Mix: move a cell's waiting sheets, shuffled, under new ids, to where nothing leads back.

A cell is a campaign × unit. At least ten move together; the rest waits for close.
"""

import json
import logging
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlmodel import Session, SQLModel, col

from survey.collect.tally import tally_cell
from survey.rules.sheets.serving import day_of
from survey.rules.ways_in.channel import Channel
from survey.storage.database import Database
from survey.storage.queries.campaigns import MIX_AT_LEAST, cells_ready_to_mix
from survey.storage.tables import AnswerSheet, Campaign, InboxSheet, OpenAnswer

_SCRUB_TRIES = 5

_random = secrets.SystemRandom()
_log = logging.getLogger(__name__)


def mix_ready_cells(database: Database, now: datetime) -> int:
    """Mix every cell whose inbox holds enough, each in a transaction of its own."""
    with database.reading() as session:
        ready = cells_ready_to_mix(session)
    mixed_count = 0
    for campaign_id, unit_id, _ in ready:
        with database.writing() as session:
            mixed_count += mix_cell(session, campaign_id, unit_id, now)
    if mixed_count:
        scrub(database, "inbox", "answer_count")
        _log.info("mixed %d sheets", mixed_count)
    return mixed_count


def scrub(database: Database, *tables: str) -> bool:
    """Leave no trace of moved or erased rows in the files; False if readers stay in the way."""
    is_scrubbed = any(database.scrub(*tables) for _ in range(_SCRUB_TRIES))
    if not is_scrubbed:
        _log.warning("%s could not be scrubbed; it is tried again later", ", ".join(tables))
    return is_scrubbed


def mix_cell(
    session: Session,
    campaign_id: int,
    unit_id: int,
    now: datetime,
    *,
    at_least: int = MIX_AT_LEAST,
) -> int:
    """Move a cell's sheets out of the inbox if there are enough, and return how many.

    Where only counts are kept they become counts, and no sheet is left.
    """
    lock_campaign(session, campaign_id)
    in_cell = (col(InboxSheet.campaign_id) == campaign_id, col(InboxSheet.unit_id) == unit_id)
    sheets = list(session.scalars(select(InboxSheet).where(*in_cell)))
    if len(sheets) < max(at_least, 1):
        return 0
    _random.shuffle(sheets)
    session.connection().execute(delete(InboxSheet).where(*in_cell))
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.counts_only:
        tally_cell(session, campaign, unit_id, sheets, now)
    else:
        release_held(session, campaign_id, unit_id)
        session.add_all(_mixed(sheet, day_of(now)) for sheet in sheets)
    session.add_all(_texts(sheets))
    session.flush()
    return len(sheets)


def mix_anew(
    session: Session,
    campaign_id: int,
    unit_id: int,
    now: datetime,
    channel: Channel | None = None,
) -> None:
    """Shuffle a closed cell's batches into one, under new ids and one day.

    With a `channel` its sheets alone: those of open codes beside them keep their ten minutes.

    Else the last few sheets would stand apart, and whoever knows who was late would know theirs.
    """
    laid_away = {"answer_sheet": {"bucket_at": day_of(now), "is_held": False}, "open_answer": {}}
    connection = session.connection()
    for name, columns in laid_away.items():
        table = SQLModel.metadata.tables[name]
        in_cell = [table.c.campaign_id == campaign_id, table.c.unit_id == unit_id]
        if channel is not None and "channel" in table.c:
            in_cell.append(table.c.channel == channel)
        found = connection.execute(table.select().where(*in_cell)).mappings()
        rows = [{**row, **columns, "id": uuid4()} for row in found]
        _random.shuffle(rows)
        if rows:
            connection.execute(table.delete().where(*in_cell))
            connection.execute(table.insert(), rows)


def release_held(session: Session, campaign_id: int, unit_id: int) -> None:
    """Let the sheets of a cell's earlier batches be counted."""
    session.connection().execute(
        update(AnswerSheet)
        .where(
            col(AnswerSheet.campaign_id) == campaign_id,
            col(AnswerSheet.unit_id) == unit_id,
            col(AnswerSheet.is_held),
        )
        .values(is_held=False)
    )


def lock_campaign(session: Session, campaign_id: int) -> None:
    """Let no other process mix or wind up this campaign, nor store its sheets, until we commit."""
    session.connection().execute(
        select(col(Campaign.id)).where(col(Campaign.id) == campaign_id).with_for_update()
    )


def _mixed(sheet: InboxSheet, day: datetime) -> AnswerSheet:
    return AnswerSheet(
        campaign_id=sheet.campaign_id,
        unit_id=sheet.unit_id,
        id=uuid4(),
        packed=sheet.packed,
        bucket_at=day,
        seconds_bucket=sheet.seconds_bucket,
        channel=sheet.channel,
        is_held=True,
    )


def _texts(sheets: Sequence[InboxSheet]) -> list[OpenAnswer]:
    answers = [
        OpenAnswer(
            campaign_id=sheet.campaign_id,
            unit_id=sheet.unit_id,
            id=uuid4(),
            item_id=item_id,
            text=text,
        )
        for sheet in sheets
        for item_id, text in json.loads(sheet.texts or "{}").items()
    ]
    _random.shuffle(answers)
    return answers
