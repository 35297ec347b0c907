from datetime import timedelta

import builders
import pytest
from builders import NOON
from sqlmodel import select

from survey.collect.wind_up import WAIT_AFTER_CLOSE, wind_up_closed
from survey.rules.audience import Audience
from survey.storage.queries.campaigns import merged_units, received_counts
from survey.storage.tables import CampaignUnit, OpenAnswer

AFTER = NOON + timedelta(days=7) + WAIT_AFTER_CLOSE


def siblings(session, small, large, audience=Audience.STAFF, **given):
    """Two units; the sheets of the first join the second where they are too few."""
    first, second = builders.a_unit(session), builders.a_unit(session)
    campaign = builders.a_campaign(session, [first, second], audience, **given)
    session.get_one(CampaignUnit, (campaign.id, first.id)).merge_into_unit_id = second.id
    for unit, count in ((first, small), (second, large)):
        builders.a_personal_link(session, campaign, unit)
        for _ in range(count):
            builders.an_inbox_sheet(session, campaign, unit, texts='{"Q4": "慢"}')
    return campaign, first, second


def cell_of(session, campaign, unit):
    return session.get_one(CampaignUnit, (campaign.id, unit.id))


@pytest.mark.parametrize("counts_only", [False, True])
def test_a_cell_too_small_at_the_close_joins_its_sibling_with_its_words(database, counts_only):
    with database.writing() as session:
        campaign, first, second = siblings(session, 4, 3, counts_only=counts_only)

    wind_up_closed(database, AFTER)
    wind_up_closed(database, AFTER)

    with database.reading() as session:
        assert received_counts(session, campaign.id) == {first.id: 0, second.id: 7}
        assert {words.unit_id for words in session.exec(select(OpenAnswer))} == {second.id}
        assert merged_units(session, campaign) == {first.code: second.code}
        assert cell_of(session, campaign, first).merged_count == 4
        assert cell_of(session, campaign, first).erased_count is None


def test_what_is_still_too_little_together_is_kept_as_a_count_only(database):
    with database.writing() as session:
        campaign, first, second = siblings(session, 2, 2)

    wind_up_closed(database, AFTER)

    with database.reading() as session:
        assert received_counts(session, campaign.id) == {first.id: 0, second.id: 0}
        assert cell_of(session, campaign, second).erased_count == 4


def test_a_cell_that_is_large_enough_stays_where_it_is(database):
    with database.writing() as session:
        campaign, first, second = siblings(session, 5, 5)

    wind_up_closed(database, AFTER)

    with database.reading() as session:
        assert received_counts(session, campaign.id) == {first.id: 5, second.id: 5}
        assert merged_units(session, campaign) == {}


@pytest.mark.parametrize(("small", "joins"), [(9, False), (10, True)])
def test_citizens_join_a_sibling_by_whole_batches_only(database, small, joins):
    with database.writing() as session:
        campaign, first, second = siblings(session, small, 0, Audience.CITIZEN)
        for _ in range(30):
            builders.an_answer_sheet(session, campaign, second, place="窗口")

    wind_up_closed(database, AFTER)

    with database.reading() as session:
        assert merged_units(session, campaign) == ({first.code: second.code} if joins else {})
        assert received_counts(session, campaign.id)[second.id] == (30 + small * joins)
