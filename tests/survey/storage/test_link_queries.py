import builders
import pytest

from survey.errors import LinkNotFound
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, LinkState, new_code, new_token, token_hash
from survey.storage.queries.links import link_counts, open_links_of, way_by_code


def test_an_open_code_leads_to_its_unit_and_place(session):
    unit = builders.a_unit(session, name="民政局")
    campaign = builders.a_campaign(session, [unit])
    link = builders.an_open_link(session, campaign, unit, "一号窗口")

    way = way_by_code(session, link.code, builders.LINK_KEY)

    assert way.kind is LinkKind.OPEN
    assert way.state is LinkState.OPEN
    assert way.audience is Audience.CITIZEN
    assert (way.unit_name, way.place) == ("民政局", "一号窗口")
    assert (way.campaign_id, way.unit_id, way.link_id) == (campaign.id, unit.id, link.id)
    assert (way.opens_at, way.closes_at) == (campaign.opens_at, campaign.closes_at)
    assert way.questionnaire_version_id == campaign.questionnaire_version_id
    assert (way.is_paused, way.is_wound_up, way.is_demo) == (False, False, False)
    assert (way.rating_pair_id, way.rater_name) == (None, None)
    assert way.evaluation_name == "2026年度评估"


def test_a_token_leads_to_its_partner_office(session):
    unit = builders.a_unit(session)
    campaign = builders.a_campaign(session, [unit], Audience.PARTNER)
    pair = builders.a_rating_pair(session, campaign, unit, rater_name="财政局")
    token = new_token()
    builders.a_partner_link(session, campaign, unit, token, pair=pair)

    way = way_by_code(session, token, builders.LINK_KEY)

    assert way.kind is LinkKind.PARTNER
    assert way.state is LinkState.UNUSED
    assert (way.rating_pair_id, way.rater_name) == (pair.id, "财政局")


def test_a_way_tells_what_changed_since_launch(session):
    unit = builders.a_unit(session)
    campaign = builders.a_campaign(session, [unit], is_paused=True, wound_up_at=builders.NOON)
    link = builders.an_open_link(session, campaign, unit)

    way = way_by_code(session, link.code, builders.LINK_KEY)

    assert (way.is_paused, way.is_wound_up) == (True, True)


def test_codes_nobody_issued_lead_nowhere(session):
    unit = builders.a_unit(session)
    campaign = builders.a_campaign(session, [unit], Audience.STAFF)
    token = new_token()
    builders.a_personal_link(session, campaign, unit, token)
    hashed = token_hash(builders.LINK_KEY, token).hex()
    code = builders.an_open_link(session, campaign, unit).code

    for nobodys in ["", new_code(), code.upper(), new_token(), token[:-1], hashed]:
        with pytest.raises(LinkNotFound):
            way_by_code(session, nobodys, builders.LINK_KEY)
    with pytest.raises(LinkNotFound):
        way_by_code(session, token, b"another key, as long as the first")


@pytest.mark.parametrize("code", ["\x00", "a\x00b", "\ud800", "'; DROP TABLE link", "𠮷" * 22])
def test_odd_codes_lead_nowhere_and_break_nothing(session, code):
    with pytest.raises(LinkNotFound):
        way_by_code(session, code, builders.LINK_KEY)


def test_links_are_counted_by_unit_and_state_without_open_codes(session):
    first, second = builders.a_unit(session), builders.a_unit(session)
    campaign = builders.a_campaign(session, [first, second], Audience.STAFF)
    for state in [LinkState.USED, LinkState.USED, LinkState.UNUSED, LinkState.VOID]:
        builders.a_personal_link(session, campaign, first, state=state)
    builders.a_personal_link(session, campaign, second)
    builders.an_open_link(session, campaign, second)
    builders.a_personal_link(session, builders.a_campaign(session, [first]), first)

    assert link_counts(session, campaign.id) == {
        first.id: {LinkState.USED: 2, LinkState.UNUSED: 1, LinkState.VOID: 1},
        second.id: {LinkState.UNUSED: 1},
    }


def test_open_codes_stand_by_unit_and_place(session):
    first, second = builders.a_unit(session), builders.a_unit(session)
    campaign = builders.a_campaign(session, [first, second])
    for unit, place in [(second, None), (first, "乙"), (first, None)]:
        builders.an_open_link(session, campaign, unit, place)
    builders.a_personal_link(session, campaign, first)

    links = open_links_of(session, campaign.id)

    assert [(link.unit_id, link.place) for link in links] == [
        (first.id, None),
        (first.id, "乙"),
        (second.id, None),
    ]
