"""Tally: where only counts are kept, sheets leave the inbox as counts, and no sheet stays."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from survey.rules.audience import Audience
from survey.rules.scoring.tally import SHEETS_COLUMN, Tally, tally_sheets
from survey.rules.sheets.serving import day_of
from survey.rules.ways_in.link import is_open_to_all
from survey.storage.counted_sheets import note_counted
from survey.storage.keys import key_of
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import AnswerCount, Campaign, InboxSheet, table_of

_COUNTS = table_of(AnswerCount)
_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_REMEMBERED_DAYS = 2  # of the day of counting: a phone tries again for a day at most


def tally_cell(
    session: Session, campaign: Campaign, unit_id: int, sheets: Sequence[InboxSheet], now: datetime
) -> None:
    """Add sheets of a cell to its counts; whoever calls erases them from the inbox."""
    if not sheets:
        return
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    tally = tally_sheets(
        [sheet.packed for sheet in sheets], [sheet.channel for sheet in sheets], questionnaire
    )
    add_counts(session, key_of(campaign), unit_id, tally)
    if is_open_to_all(Audience(campaign.audience)):
        keys = [(sheet.campaign_id, sheet.unit_id, sheet.id) for sheet in sheets]
        until = day_of(now) + timedelta(days=_REMEMBERED_DAYS)
        note_counted(session.connection(), keys, until)


def add_counts(session: Session, campaign_id: int, unit_id: int, tally: Tally) -> None:
    """Add to the counts of a cell."""
    connection = session.connection()
    insert = _INSERTS[connection.dialect.name](_COUNTS)
    added = insert.on_conflict_do_update(
        index_elements=[column.name for column in _COUNTS.primary_key],
        set_={"count": _COUNTS.c.count + insert.excluded.count},
    )
    rows = [
        {
            "campaign_id": campaign_id,
            "unit_id": unit_id,
            "column": column,
            "position": position,
            "count": count,
        }
        for (column, position), count in sorted(tally.items())
    ]
    if rows:
        connection.execute(added, rows)


def counts_of_cell(session: Session, campaign_id: int, unit_id: int) -> Tally:
    """Return what is kept of a cell."""
    rows = session.exec(
        select(AnswerCount.column, AnswerCount.position, AnswerCount.count).where(
            *_of_cell(campaign_id, unit_id)
        )
    ).all()
    return {(column, position): count for column, position, count in rows}


def tallied_count(tally: Tally) -> int:
    """Return how many sheets a tally was made of."""
    return sum(count for (column, _), count in tally.items() if column == SHEETS_COLUMN)


def erase_counts(session: Session, campaign_id: int, unit_id: int) -> None:
    """Forget the counts of a cell."""
    session.connection().execute(delete(AnswerCount).where(*_of_cell(campaign_id, unit_id)))


def _of_cell(campaign_id: int, unit_id: int) -> tuple[Any, Any]:
    return col(AnswerCount.campaign_id) == campaign_id, col(AnswerCount.unit_id) == unit_id
