"""Receipt codes and screens on both databases: one batch a request, one address a screen."""

import pytest
from builders import LINK_KEY, NOON, a_campaign, a_unit
from sqlmodel import select

from survey.distribute.receipts import MOST_CODES, issue_receipt_codes
from survey.distribute.screens import add_screens, replace_screen
from survey.errors import BatchHandedOut, CodesRefused, LaunchRefused
from survey.results import code_ledger
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, LinkState
from survey.storage.queries.links import screens_of, way_by_code
from survey.storage.tables import Link


@pytest.fixture
def unit(session):
    return a_unit(session)


@pytest.fixture
def campaign(session, unit):
    return a_campaign(session, [unit])


def issued(session, campaign, unit, count=3, **given):
    """Codes handed out at noon."""
    values = {"issued_by": "窗口系统", "now": NOON} | given
    return issue_receipt_codes(session, campaign, unit, count, LINK_KEY, **values)


def test_each_code_leads_to_its_unit_and_place(session, campaign, unit):
    codes = issued(session, campaign, unit, place="3 号窗口")

    ways = [way_by_code(session, code, LINK_KEY) for code in codes]

    assert {(way.kind, way.unit_id, way.place) for way in ways} == {
        (LinkKind.RECEIPT, unit.id, "3 号窗口")
    }
    assert len({way.link_id for way in ways}) == 3


def test_a_request_gets_codes_once(session, campaign, unit):
    issued(session, campaign, unit, request_key="monday")

    with pytest.raises(BatchHandedOut):
        issued(session, campaign, unit, request_key="monday")
    issued(session, campaign, unit, request_key="tuesday")

    assert len(session.exec(select(Link)).all()) == 6


def test_issued_is_used_and_void_and_unused(session, campaign, unit):
    codes = issued(session, campaign, unit, 5)
    way = way_by_code(session, codes[0], LINK_KEY)
    session.get_one(Link, way.link_id).state = LinkState.USED
    session.flush()

    ledger = code_ledger(session, campaign, LinkKind.RECEIPT)

    counts = (ledger.used_count, ledger.void_count, ledger.unused_count)
    assert (ledger.printed_count, counts, ledger.is_whole) == (5, (1, 0, 4), True)


def test_a_link_nobody_handed_out_is_told_of(session, campaign, unit):
    issued(session, campaign, unit, 5)
    session.add(
        Link(campaign_id=campaign.id, unit_id=unit.id, kind="receipt", state=LinkState.UNUSED)
    )
    session.flush()

    assert not code_ledger(session, campaign, LinkKind.RECEIPT).is_whole


@pytest.mark.parametrize("count", [0, -1, MOST_CODES + 1])
def test_a_batch_has_one_code_to_ten_thousand(session, campaign, unit, count):
    with pytest.raises(CodesRefused):
        issued(session, campaign, unit, count)


def test_codes_are_for_citizens_of_a_unit_asked_about_before_the_close(session, campaign, unit):
    staff = a_campaign(session, [unit], Audience.STAFF)

    with pytest.raises(LaunchRefused):
        issued(session, staff, unit)
    with pytest.raises(LaunchRefused):
        issued(session, campaign, a_unit(session))
    with pytest.raises(LaunchRefused):
        issued(session, campaign, unit, now=campaign.closes_at)


def test_a_replaced_screen_is_void_and_the_new_one_stands_at_the_same_place(
    session, campaign, unit
):
    [old] = add_screens(session, campaign, [unit.code], ["1 号窗口"])

    new = replace_screen(session, campaign, old.code)

    assert [link.code for link in screens_of(session, campaign.id)] == [new.code]
    assert new.place == "1 号窗口"
    assert way_by_code(session, old.code, LINK_KEY).state is LinkState.VOID
    with pytest.raises(CodesRefused):
        replace_screen(session, campaign, old.code)
