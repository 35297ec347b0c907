"""What the strictest mode keeps of a campaign: counts of positions, by unit."""

from sqlmodel import Session, col, func, select

from survey.rules.scoring.tally import CHANNELS, CHANNELS_COLUMN, SHEETS_COLUMN
from survey.storage.tables import AnswerCount


def tallies_of(session: Session, campaign_id: int) -> dict[int, dict[tuple[int, int], int]]:
    """Return the counts of each unit, by (column, position)."""
    rows = session.exec(
        select(
            AnswerCount.unit_id, AnswerCount.column, AnswerCount.position, AnswerCount.count
        ).where(AnswerCount.campaign_id == campaign_id)
    ).all()
    tallies: dict[int, dict[tuple[int, int], int]] = {}
    for unit_id, column, position, count in rows:
        tallies.setdefault(unit_id, {})[column, position] = count
    return tallies


def tallied_sheets(session: Session, campaign_id: int) -> dict[int, int]:
    """Return how many sheets of each unit have become counts, those that were ended too."""
    rows = session.exec(
        select(AnswerCount.unit_id, func.sum(AnswerCount.count))
        .where(AnswerCount.campaign_id == campaign_id, AnswerCount.column == SHEETS_COLUMN)
        .group_by(col(AnswerCount.unit_id))
    ).all()
    return {unit_id: int(count) for unit_id, count in rows}


def tallied_channels(session: Session, campaign_id: int) -> dict[tuple[int, str], int]:
    """Return how many sheets that are counts now came by which channel, by (unit id, channel)."""
    rows = session.exec(
        select(AnswerCount.unit_id, AnswerCount.position, AnswerCount.count).where(
            AnswerCount.campaign_id == campaign_id, AnswerCount.column == CHANNELS_COLUMN
        )
    ).all()
    return {(unit_id, CHANNELS[position].value): count for unit_id, position, count in rows}
