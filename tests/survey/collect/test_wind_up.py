from datetime import timedelta

import builders
import pytest
from builders import NOON
from sqlalchemy import text
from sqlmodel import select

from survey.collect.wind_up import WAIT_AFTER_CLOSE, wind_up_closed
from survey.rules.audience import DEFAULT_MINIMA, Audience, Minima
from survey.rules.scoring.scoring_plan import PlanContent, Source, digest_of, write_plan
from survey.rules.ways_in.link import LinkState
from survey.storage.tables import (
    AnswerSheet,
    Campaign,
    CampaignUnit,
    InboxSheet,
    Link,
    OfficeSheet,
    OpenAnswer,
    ScoringPlan,
)

CLOSED = NOON + timedelta(days=7)
AFTER = CLOSED + WAIT_AFTER_CLOSE


def staff(session, waiting_count, *, mixed_count=0, unused_count=0, void_count=0):
    """A staff campaign of one unit, its links used by those who waited or were mixed."""
    unit = builders.a_unit(session)
    campaign = builders.a_campaign(session, [unit], Audience.STAFF)
    for state, count in (
        (LinkState.USED, waiting_count + mixed_count),
        (LinkState.UNUSED, unused_count),
        (LinkState.VOID, void_count),
    ):
        for _ in range(count):
            builders.a_personal_link(session, campaign, unit, state=state)
    for _ in range(waiting_count):
        builders.an_inbox_sheet(session, campaign, unit, texts='{"Q4": "慢"}')
    for number in range(mixed_count):
        builders.an_answer_sheet(session, campaign, unit, is_held=number % 2 == 0)
    return campaign, unit


def stored(database, table):
    with database.reading() as session:
        return session.exec(select(table)).all()


def test_nothing_is_wound_up_until_what_came_in_time_has_been_written(database):
    with database.writing() as session:
        staff(session, 6)

    assert wind_up_closed(database, AFTER - timedelta.resolution) == 0
    assert len(stored(database, InboxSheet)) == 6


def test_at_close_the_rest_is_mixed_and_nothing_is_held(database):
    with database.writing() as session:
        staff(session, 3, mixed_count=10)

    assert wind_up_closed(database, AFTER) == 1

    assert stored(database, InboxSheet) == []
    assert [sheet.is_held for sheet in stored(database, AnswerSheet)] == [False] * 13
    assert [row.text for row in stored(database, OpenAnswer)] == ["慢"] * 3
    assert stored(database, Campaign)[0].wound_up_at == AFTER


def test_counts_are_frozen_and_used_and_unused_links_become_alike(database):
    with database.writing() as session:
        staff(session, 7, unused_count=4, void_count=2)

    wind_up_closed(database, AFTER)

    (cell,) = stored(database, CampaignUnit)
    assert (cell.issued_count, cell.used_count, cell.void_count) == (13, 7, 2)
    assert cell.erased_count is None
    assert {link.state for link in stored(database, Link)} == {LinkState.VOID}


@pytest.mark.parametrize(("sheet_count", "kept_count", "erased_count"), [(4, 0, 4), (5, 5, None)])
def test_a_cell_under_its_minimum_leaves_only_its_count(
    database, sheet_count, kept_count, erased_count
):
    with database.writing() as session:
        staff(session, sheet_count, unused_count=9)

    wind_up_closed(database, AFTER)

    assert len(stored(database, AnswerSheet)) == kept_count
    assert len(stored(database, OpenAnswer)) == kept_count
    assert stored(database, CampaignUnit)[0].erased_count == erased_count


def test_the_minimum_is_the_newest_plans(database):
    with database.writing() as session:
        campaign, _ = staff(session, 7)
        for version, shown in ((1, 3), (2, 8)):
            minima = dict(DEFAULT_MINIMA) | {Audience.STAFF: Minima(shown, 10, 10)}
            content = write_plan(
                PlanContent((Source(Audience.STAFF, "service", "ease", 10_000),), minima)
            )
            session.add(
                ScoringPlan(
                    evaluation_id=campaign.evaluation_id,
                    version=version,
                    content=content,
                    digest=digest_of(content),
                    made_at=NOON,
                )
            )

    wind_up_closed(database, AFTER)

    assert stored(database, AnswerSheet) == []
    assert stored(database, CampaignUnit)[0].erased_count == 7


def test_open_codes_and_partner_offices_keep_their_few_sheets(database):
    with database.writing() as session:
        unit = builders.a_unit(session)
        citizens = builders.a_campaign(session, [unit])
        builders.an_open_link(session, citizens, unit)
        builders.an_answer_sheet(session, citizens, unit)
        partners = builders.a_campaign(session, [unit], Audience.PARTNER)
        pair = builders.a_rating_pair(session, partners, unit)
        builders.a_partner_link(session, partners, unit, pair=pair)
        builders.an_office_sheet(session, pair)

    assert wind_up_closed(database, AFTER) == 2

    assert len(stored(database, AnswerSheet)) == len(stored(database, OfficeSheet)) == 1
    assert {(link.kind, link.state) for link in stored(database, Link)} == {
        ("open", "open"),
        ("partner", "unused"),
    }
    frozen = {cell.campaign_id: cell.used_count for cell in stored(database, CampaignUnit)}
    assert frozen == {citizens.id: 0, partners.id: 1}


def test_winding_up_again_after_it_was_cut_off_changes_no_count(database):
    with database.writing() as session:
        campaign, _ = staff(session, 6, unused_count=3)
    wind_up_closed(database, AFTER)
    before = stored(database, CampaignUnit), stored(database, AnswerSheet)
    with database.writing() as session:
        session.get_one(Campaign, campaign.id).wound_up_at = None

    assert wind_up_closed(database, AFTER + timedelta(hours=1)) == 1

    assert (stored(database, CampaignUnit), stored(database, AnswerSheet)) == before
    assert wind_up_closed(database, AFTER + timedelta(hours=2)) == 0


def test_the_last_few_sheets_do_not_stand_apart_from_earlier_batches(database):
    with database.writing() as session:
        campaign, unit = staff(session, 1)
        early = [
            builders.an_answer_sheet(session, campaign, unit, bucket_at=NOON).id for _ in range(10)
        ]

    wind_up_closed(database, AFTER)

    sheets = stored(database, AnswerSheet)
    assert len(sheets) == 11
    assert len({sheet.bucket_at for sheet in sheets}) == 1
    assert not {sheet.id for sheet in sheets} & set(early)


def test_the_order_of_use_is_gone_from_the_links(postgresql_database):
    with postgresql_database.writing() as session:
        staff(session, 0, unused_count=12)
    for number in (7, 3, 11, 1, 5):  # used one after the other, each in its own transaction
        with postgresql_database.writing() as session:
            links = session.exec(select(Link).order_by(Link.id)).all()
            links[number].state = LinkState.USED

    wind_up_closed(postgresql_database, AFTER)

    with postgresql_database.reading() as session:
        places = session.execute(text("SELECT xmin::text, id FROM link ORDER BY ctid"))
        transactions, ids = zip(*places.all(), strict=True)
        tokens = session.execute(
            text("SELECT xmin::text, token_hash FROM link_token ORDER BY ctid")
        )
        token_transactions, hashes = zip(*tokens.all(), strict=True)
    assert len({*transactions, *token_transactions}) == 1
    assert list(ids) == sorted(ids)
    assert [bytes(h) for h in hashes] == sorted(bytes(h) for h in hashes)


def test_receipt_sheets_are_mixed_anew_and_open_ones_beside_them_stay(database):
    with database.writing() as session:
        unit = builders.a_unit(session)
        campaign = builders.a_campaign(session, [unit])
        builders.an_open_link(session, campaign, unit)
        opened = builders.an_answer_sheet(session, campaign, unit, channel="open").id
        receipt = builders.an_answer_sheet(session, campaign, unit, channel="receipt").id

    wind_up_closed(database, AFTER)

    sheets = {sheet.channel: sheet for sheet in stored(database, AnswerSheet)}
    assert (sheets["open"].id, sheets["open"].bucket_at) == (opened, NOON)
    assert sheets["receipt"].id != receipt
    assert sheets["receipt"].bucket_at != NOON
