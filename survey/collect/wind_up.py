"""Wind up: after close, mix what is left, freeze the counts, and forget who used a link."""

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from survey.collect.draft import erase_drafts_of
from survey.collect.merge import erase_cell, merge_into_sibling, sheets_in_cell
from survey.collect.mix import lock_campaign, mix_anew, mix_cell, release_held, scrub
from survey.collect.office_words import part_words
from survey.outbox import forget_roster
from survey.rules.audience import DEFAULT_MINIMA, Audience
from survey.rules.scoring.scoring_plan import read_plan
from survey.rules.ways_in.channel import Channel
from survey.rules.ways_in.link import MIXED_KINDS, PUBLIC_KINDS, LinkState, is_open_to_all
from survey.storage.database import Database
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaigns_to_wind_up
from survey.storage.queries.imports import forget_imported_rows
from survey.storage.queries.links import link_counts
from survey.storage.tables import (
    Campaign,
    CampaignUnit,
    Link,
    LinkToken,
    ScoringPlan,
    table_of,
)

WAIT_AFTER_CLOSE = timedelta(seconds=10)  # what came before close has reached the database by then
_SCRUB_WITHIN = timedelta(hours=6)  # after that a reader who never ends holds up no results

_SCRUBBED = (
    "inbox",
    "answer_count",
    "link",
    "link_token",
    "answer_sheet",
    "open_answer",
    "office_sheet",
    "evidence_file",
    "sheet_draft",
    "roster_entry",
    "outbox_mail",
    "imported_row",
)

_random = secrets.SystemRandom()
_log = logging.getLogger(__name__)


def wind_up_closed(database: Database, now: datetime) -> int:
    """Wind up every campaign that has closed and return how many.

    Their own mark is set last, after the scrubbing: if that is cut off or a reader is in its way,
    all is done again, and changes nothing but what was left.
    """
    with database.reading() as session:
        closed = campaigns_to_wind_up(session, now - WAIT_AFTER_CLOSE)
    if not closed:
        return 0
    for campaign in closed:
        _wind_up_cells(database, key_of(campaign), now)
    is_scrubbed = scrub(database, *_SCRUBBED)
    done = [key_of(c) for c in closed if is_scrubbed or now >= c.closes_at + _SCRUB_WITHIN]
    with database.writing() as session:
        for campaign_id in done:
            session.get_one(Campaign, campaign_id).wound_up_at = now
    _log.info("wound up %d campaigns", len(done))
    return len(done)


def wind_up(session: Session, campaign: Campaign, now: datetime) -> None:
    """Wind up a small campaign in the session's own transaction."""
    for unit_id in _units_of(session, key_of(campaign)):
        wind_up_cell(session, key_of(campaign), unit_id, now)
    erase_drafts_of(session, key_of(campaign))
    forget_imported_rows(session, key_of(campaign))
    campaign.wound_up_at = now
    session.flush()


def _wind_up_cells(database: Database, campaign_id: int, now: datetime) -> None:
    """Wind up cell by cell, so that no transaction is long, and erase the drafts."""
    with database.reading() as session:
        unit_ids = _units_of(session, campaign_id)
    for unit_id in unit_ids:
        with database.writing() as session:
            wind_up_cell(session, campaign_id, unit_id, now)
    with database.writing() as session:
        erase_drafts_of(session, campaign_id)
        forget_imported_rows(session, campaign_id)


def _units_of(session: Session, campaign_id: int) -> Sequence[int]:
    """Return a campaign's units, those first that may join a sibling."""
    of_campaign = CampaignUnit.campaign_id == campaign_id
    order = col(CampaignUnit.merge_into_unit_id).is_(None), col(CampaignUnit.unit_id)
    return session.exec(select(CampaignUnit.unit_id).where(of_campaign).order_by(*order)).all()


def wind_up_cell(session: Session, campaign_id: int, unit_id: int, now: datetime) -> None:
    """Mix and release a cell's sheets, freeze its counts and erase its marks of use.

    A cell of personal links that stays under its minimum keeps its count and nothing else.
    Doing it again changes nothing.
    """
    lock_campaign(session, campaign_id)
    forget_roster(session, campaign_id)
    cell = session.get_one(CampaignUnit, (campaign_id, unit_id))
    mix_cell(session, campaign_id, unit_id, now, at_least=1)
    release_held(session, campaign_id, unit_id)
    part_words(session, campaign_id, unit_id)
    if cell.issued_count is not None:
        return
    _freeze_counts(session, cell)
    _settle(session, session.get_one(Campaign, campaign_id), cell, now)
    _forget_use(session, cell)
    session.flush()


def _settle(session: Session, campaign: Campaign, cell: CampaignUnit, now: datetime) -> None:
    """Shuffle what may be shown; what is too few joins the sibling, or is erased."""
    is_open = is_open_to_all(Audience(campaign.audience))
    came_unseen = cell.paper_count or cell.imported_count or _has_personal_links(session, cell)
    if not (is_open or came_unseen):
        return
    mix_anew(session, cell.campaign_id, cell.unit_id, now, Channel.RECEIPT if is_open else None)
    minimum = _minimum(session, campaign)
    is_too_few = sheets_in_cell(session, cell.campaign_id, cell.unit_id) < minimum
    if merge_into_sibling(session, campaign, cell, minimum, now) or not is_too_few:
        return
    if not is_open or campaign.counts_only:
        erase_cell(session, cell)


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


def _minimum(session: Session, campaign: Campaign) -> int:
    """Return the smallest number of sheets the newest plan shows for this audience."""
    content = session.exec(
        select(ScoringPlan.content)
        .where(ScoringPlan.evaluation_id == campaign.evaluation_id)
        .order_by(col(ScoringPlan.version).desc())
        .limit(1)
    ).first()
    minima = read_plan(content).minima if content is not None else DEFAULT_MINIMA
    return minima[Audience(campaign.audience)].shown


def _forget_use(session: Session, cell: CampaignUnit) -> None:
    """Lay the cell's single-use links away anew, all alike, in an order use has not made.

    Tokens are dealt out anew too: two of one link would tell that its owner was reminded.
    """
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
    hashes = [{**row, "link_id": _random.choice(ids)} for row in found]
    connection.execute(tokens.insert(), sorted(hashes, key=lambda row: row["token_hash"]))
