"""Lists of who rates whom become links; a sheet is given back; a lost link is renewed."""

import pytest
from builders import (
    NOON,
    a_campaign,
    a_rating_pair,
    a_unit,
    an_office_sheet,
)

from survey.distribute.drop_pair import drop_pair
from survey.distribute.pairs import issue_partner_links, renew_partner_link
from survey.distribute.return_rating import return_rating
from survey.errors import LinkNotFound, PairsRefused, ReturnRefused, SteerRefused
from survey.rules.audience import Audience
from survey.rules.ways_in.rating_pairs import PairDefinition, RatingState
from survey.storage.queries.collected import collected_sheets
from survey.storage.queries.links import ways_by_code
from survey.storage.queries.ratings import ratings_of

KEY = b"the key of links in these tests."


@pytest.fixture
def units(session):
    return [a_unit(session, code=f"U{n}") for n in (1, 2)]


@pytest.fixture
def campaign(session, units):
    return a_campaign(session, units, Audience.PARTNER)


def test_each_quota_place_gets_a_link_to_the_units_it_rates(session, campaign):
    pairs = [PairDefinition("CZ", "市财政局", "U1", 2), PairDefinition("CZ", "市财政局", "U2", 1)]

    issued = issue_partner_links(session, campaign, pairs, KEY)

    assert [(one.rater_code, one.quota_place) for one in issued] == [("CZ", 1), ("CZ", 2)]
    units = [[way.unit_code for way in ways_by_code(session, one.token, KEY)] for one in issued]
    assert units == [["U1", "U2"], ["U1"]]


def test_new_pairs_stand_behind_the_link_an_office_has(session, campaign):
    [first] = issue_partner_links(session, campaign, [PairDefinition("CZ", "财政", "U1")], KEY)

    [second] = issue_partner_links(session, campaign, [PairDefinition("CZ", "财政", "U2", 2)], KEY)

    assert second.quota_place == 2
    assert [way.unit_code for way in ways_by_code(session, first.token, KEY)] == ["U1", "U2"]


def test_one_wrong_row_takes_in_none(session, campaign):
    pairs = [PairDefinition("CZ", "财政", "U1", 1, 2), PairDefinition("CZ", "财政", "U7", 1, 3)]

    with pytest.raises(PairsRefused) as refused:
        issue_partner_links(session, campaign, pairs, KEY)

    assert [(cell.row, cell.code) for cell in refused.value.cells] == [(3, "pair_unit_unknown")]
    assert ratings_of(session, campaign.id) == []


def test_a_fresh_link_puts_the_old_one_out(session, campaign):
    [old] = issue_partner_links(session, campaign, [PairDefinition("CZ", "财政", "U1")], KEY)

    new = renew_partner_link(session, campaign, "CZ", 1, KEY)

    assert ways_by_code(session, new.token, KEY)[0].rater_name == "财政"
    with pytest.raises(LinkNotFound):
        ways_by_code(session, old.token, KEY)


def give_back(session, campaign, reason="漏看了反向题", now=NOON):
    return return_rating(
        session,
        campaign,
        rater_code="CZ",
        unit_code="U1",
        quota_place=1,
        reason=reason,
        returned_by="王敏",
        now=now,
    )


def test_a_returned_rating_counts_in_no_revision_until_it_is_sent_again(session, campaign, units):
    pair = a_rating_pair(session, campaign, units[0], rater_code="CZ")
    an_office_sheet(session, pair, b"\1\1\1")
    an_office_sheet(session, pair, b"\2\2\2", revision=2)

    assert give_back(session, campaign).revision == 2

    assert len(collected_sheets(session, campaign).packed) == 0
    [rating] = ratings_of(session, campaign.id)
    assert (rating.state, rating.void_reason) == (RatingState.RETURNED, "漏看了反向题")
    an_office_sheet(session, pair, b"\3\3\3", revision=3)
    assert collected_sheets(session, campaign).packed.tolist() == [[3, 3, 3]]


def test_nothing_is_returned_without_reason_or_twice_or_after_the_close(session, campaign, units):
    pair = a_rating_pair(session, campaign, units[0], rater_code="CZ")
    an_office_sheet(session, pair)

    with pytest.raises(ReturnRefused):
        give_back(session, campaign, reason=" ")
    with pytest.raises(SteerRefused):
        give_back(session, campaign, now=campaign.closes_at)
    give_back(session, campaign)
    with pytest.raises(ReturnRefused):
        give_back(session, campaign)


def test_no_dealings_is_done_and_not_counted(session, campaign, units):
    pair = a_rating_pair(session, campaign, units[0], rater_code="CZ")
    an_office_sheet(session, pair, b"\4\2\4")
    an_office_sheet(session, pair, b"\0\0\0", revision=2, has_no_dealings=True)

    assert len(collected_sheets(session, campaign).packed) == 0
    assert [rating.state for rating in ratings_of(session, campaign.id)] == [
        RatingState.NO_DEALINGS
    ]


def drop(session, campaign, unit_code="U1", reason="导错了"):
    return drop_pair(
        session, campaign, rater_code="CZ", unit_code=unit_code, reason=reason, now=NOON
    )


def test_a_pair_listed_by_mistake_is_removed_and_the_office_with_its_last_one(session, campaign):
    pairs = [PairDefinition("CZ", "市财政局", "U1", 2), PairDefinition("CZ", "市财政局", "U2", 1)]
    issued = issue_partner_links(session, campaign, pairs, KEY)

    assert drop(session, campaign)
    assert [rating.unit_code for rating in ratings_of(session, campaign.id)] == ["U2"]
    assert not drop(session, campaign, "U2")

    assert ratings_of(session, campaign.id) == []
    with pytest.raises(LinkNotFound):
        ways_by_code(session, issued[0].token, KEY)
    again = [PairDefinition("CZ", "市财政局（新）", "U1", 1)]
    assert len(issue_partner_links(session, campaign, again, KEY)) == 1


def test_a_pair_that_has_sent_a_sheet_is_not_removed(session, campaign, units):
    pair = a_rating_pair(session, campaign, units[0], rater_code="CZ")
    an_office_sheet(session, pair)

    with pytest.raises(ReturnRefused) as has_sheet:
        drop(session, campaign)
    with pytest.raises(ReturnRefused) as without_reason:
        drop(session, campaign, reason=" ")

    codes = has_sheet.value.code, without_reason.value.code
    assert codes == ("drop_has_sheet", "drop_without_reason")
    assert [rating.state for rating in ratings_of(session, campaign.id)] == [RatingState.RATED]
