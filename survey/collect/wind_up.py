"""Wind up: after close, mix what is left, freeze the counts, and forget who used a link."""

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from survey.collect.mix import lock_campaign, mix_anew, mix_cell, release_held, scrub
from survey.rules.audience import DEFAULT_MINIMA, Audience
from survey.rules.link import MIXED_KINDS, PUBLIC_KINDS, LinkState
from survey.rules.scoring_plan import read_plan
from survey.storage.database import Database
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaigns_to_wind_up
from survey.storage.queries.links import link_counts
from survey.storage.tables import (
    AnswerSheet,
    Campaign,
    CampaignUnit,
    Link,
    LinkToken,
    OpenAnswer,
    ScoringPlan,
    table_of,
)

WAIT_AFTER_CLOSE = timedelta(seconds=10)  # what came before close has reached the database by then

_random = secrets.SystemRandom()
_log = logging.getLogger(__name__)


def wind_up_closed(database: Database, now: datetime) -> int:
    """Wind up every campaign that has closed and return how many."""
    with database.reading() as session:
        closed = [key_of(found) for found in campaigns_to_wind_up(session, now - WAIT_AFTER_CLOSE)]
    for campaign_id in closed:
        _wind_up(database, campaign_id, now)
    if closed:
        scrub(database, "inbox", "link", "link_token", "answer_sheet", "open_answer")
        _log.info("wound up %d campaigns", len(closed))
    return len(closed)


def wind_up(session: Session, campaign: Campaign, now: datetime) -> None:
    """Wind up a small campaign in the session's own transaction."""
    for unit_id in _units_of(session, key_of(campaign)):
        wind_up_cell(session, key_of(campaign), unit_id, now)
    campaign.wound_up_at = now
    session.flush()


def _wind_up(database: Database, campaign_id: int, now: datetime) -> None:
    """Wind up cell by cell, so that no transaction is long; the campaign's own mark comes last."""
    with database.reading() as session:
        unit_ids = _units_of(session, campaign_id)
    for unit_id in unit_ids:
        with database.writing() as session:
            wind_up_cell(session, campaign_id, unit_id, now)
    with database.writing() as session:
        campaign = session.get_one(Campaign, campaign_id)
        campaign.wound_up_at = now


def _units_of(session: Session, campaign_id: int) -> Sequence[int]:
    of_campaign = CampaignUnit.campaign_id == campaign_id
    return session.exec(select(CampaignUnit.unit_id).where(of_campaign)).all()


def wind_up_cell(session: Session, campaign_id: int, unit_id: int, now: datetime) -> None:
    """Mix and release a cell's sheets, freeze its counts and erase its marks of use.

    A cell of personal links that stays under its minimum keeps its count and nothing else.
    Doing it again changes nothing.
    """
    lock_campaign(session, campaign_id)
    cell = session.get_one(CampaignUnit, (campaign_id, unit_id))
    mix_cell(session, campaign_id, unit_id, now, at_least=1)
    release_held(session, campaign_id, unit_id)
    if cell.issued_count is not None:
        return
    _freeze_counts(session, cell)
    if _has_personal_links(session, cell):
        mix_anew(session, campaign_id, unit_id, now)
        _erase_if_too_few(session, cell)
    _forget_use(session, cell)
    session.flush()


def _freeze_counts(session: Session, cell: CampaignUnit) -> None:
    counts = link_counts(session, cell.campaign_id).get(cell.unit_id, {})
    cell.issued_count = sum(counts.values())
    cell.used_count = counts.get(LinkState.USED, 0)
    cell.void_count = counts.get(LinkState.VOID, 0)


def _has_personal_links(session: Session, cell: CampaignUnit) -> bool:
    found = session.exec(
        select(Link.id)
        .where(
            Link.campaign_id == cell.campaign_id,
            Link.unit_id == cell.unit_id,
            col(Link.kind).in_(MIXED_KINDS),
        )
        .limit(1)
    )
    return found.first() is not None


def _erase_if_too_few(session: Session, cell: CampaignUnit) -> None:
    of_cell = (
        col(AnswerSheet.campaign_id) == cell.campaign_id,
        col(AnswerSheet.unit_id) == cell.unit_id,
    )
    count = session.exec(select(func.count()).select_from(AnswerSheet).where(*of_cell)).one()
    if count >= _minimum(session, cell.campaign_id):
        return
    connection = session.connection()
    connection.execute(delete(AnswerSheet).where(*of_cell))
    connection.execute(
        delete(OpenAnswer).where(
            col(OpenAnswer.campaign_id) == cell.campaign_id,
            col(OpenAnswer.unit_id) == cell.unit_id,
        )
    )
    cell.erased_count = count


def _minimum(session: Session, campaign_id: int) -> int:
    """Return the smallest number of sheets the newest plan shows for this audience."""
    campaign = session.get_one(Campaign, campaign_id)
    content = session.exec(
        select(ScoringPlan.content)
        .where(ScoringPlan.evaluation_id == campaign.evaluation_id)
        .order_by(col(ScoringPlan.version).desc())
        .limit(1)
    ).first()
    minima = read_plan(content).minima if content is not None else DEFAULT_MINIMA
    return minima[Audience(campaign.audience)].shown


def _forget_use(session: Session, cell: CampaignUnit) -> None:
    """Lay the cell's single-use links away anew, all alike, in an order use has not made."""
    connection = session.connection()
    links, tokens = table_of(Link), table_of(LinkToken)
    of_cell = (
        links.c.campaign_id == cell.campaign_id,
        links.c.unit_id == cell.unit_id,
        links.c.kind.not_in(PUBLIC_KINDS),
    )
    rows = list(connection.execute(links.select().where(*of_cell)).mappings())
    if not rows:
        return
    of_links = tokens.c.link_id.in_(select(links.c.id).where(*of_cell))
    found = list(connection.execute(tokens.select().where(of_links)).mappings())
    connection.execute(tokens.delete().where(of_links))
    connection.execute(links.delete().where(*of_cell))
    ids = [row["id"] for row in rows]
    _random.shuffle(ids)
    anew = dict(zip((row["id"] for row in rows), ids, strict=True))
    laid = [{**row, "id": anew[row["id"]], "state": LinkState.VOID} for row in rows]
    connection.execute(links.insert(), sorted(laid, key=lambda row: row["id"]))
    hashes = [{**row, "link_id": anew[row["link_id"]]} for row in found]
    connection.execute(tokens.insert(), sorted(hashes, key=lambda row: row["token_hash"]))
