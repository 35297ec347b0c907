"""The close comes while sheets wait in the writer: each is stored or refused, never half."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import builders
import pytest
from sqlmodel import func, select

from survey.collect.wind_up import WAIT_AFTER_CLOSE, wind_up_closed
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, LinkState
from survey.storage.tables import AnswerSheet, Campaign, CampaignUnit, InboxSheet, Link
from survey.storage.waiting import Outcome
from survey.storage.writer import Writer

SHEETS = 24
CLOSES = builders.NOON


@pytest.fixture
def writer(database):
    writer = Writer(database)
    writer.start()
    yield writer
    writer.stop()


def campaign_of(database, audience, kind):
    """A campaign that closes at NOON, and so many sheets on their way to it."""
    with database.writing() as session:
        unit = builders.a_unit(session)
        campaign = builders.a_campaign(session, [unit], audience, closes_at=CLOSES)
        count = SHEETS if kind is LinkKind.PERSONAL else 1
        ways = [builders.a_way(session, campaign, unit, kind) for _ in range(count)]
        key = campaign.id
    return key, [builders.a_waiting_sheet(ways[n % len(ways)]) for n in range(SHEETS)]


def close_among(database, writer, sheets):
    """Send every sheet and wind up at the same moment; return what became of the sheets."""
    barrier = threading.Barrier(len(sheets) + 1)

    def submit(sheet):
        barrier.wait()
        return writer.submit(sheet).result(20)

    def close():
        barrier.wait()
        return wind_up_closed(database, CLOSES + WAIT_AFTER_CLOSE)

    with ThreadPoolExecutor(len(sheets) + 1) as threads:
        closing = threads.submit(close)
        outcomes = list(threads.map(submit, sheets))
        assert closing.result(20) == 1
    return Counter(outcomes)


def count_of(session, model, *where):
    return session.exec(select(func.count()).select_from(model).where(*where)).one()


@pytest.mark.parametrize("_round", range(3))
def test_a_single_use_link_is_used_exactly_where_its_sheet_is_kept(database, writer, _round):
    key, sheets = campaign_of(database, Audience.STAFF, LinkKind.PERSONAL)

    outcomes = close_among(database, writer, sheets)

    assert outcomes.keys() <= {Outcome.STORED, Outcome.CLOSED}
    with database.reading() as session:
        cell = session.exec(select(CampaignUnit).where(CampaignUnit.campaign_id == key)).one()
        kept = count_of(session, AnswerSheet, AnswerSheet.campaign_id == key)
        states = set(session.exec(select(Link.state).where(Link.campaign_id == key)).all())
        assert count_of(session, InboxSheet, InboxSheet.campaign_id == key) == 0
        assert session.get_one(Campaign, key).wound_up_at is not None
    assert cell.used_count == outcomes[Outcome.STORED] == kept + (cell.erased_count or 0)
    assert states == {LinkState.VOID}


@pytest.mark.parametrize("_round", range(3))
def test_a_sheet_of_an_open_code_is_kept_exactly_where_it_was_thanked_for(database, writer, _round):
    key, sheets = campaign_of(database, Audience.CITIZEN, LinkKind.OPEN)

    outcomes = close_among(database, writer, sheets)

    assert outcomes.keys() <= {Outcome.STORED, Outcome.CLOSED}
    with database.reading() as session:
        kept = count_of(session, AnswerSheet, AnswerSheet.campaign_id == key)
    assert kept == outcomes[Outcome.STORED]
