from datetime import timedelta

import pytest
from builders import LINK_KEY, NOON, QUESTIONNAIRE, a_unit, an_evaluation
from sqlmodel import select

from survey.distribute.invite import issue_personal_links
from survey.distribute.launch import launch_campaign, open_links
from survey.distribute.publish import publish_questionnaire
from survey.errors import LaunchRefused
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, LinkState
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.links import link_counts, open_links_of, way_by_code
from survey.storage.tables import LinkToken


def launched(session, units, audience=Audience.CITIZEN, evaluation=None, **given):
    values = {
        "evaluation": evaluation or an_evaluation(session, units),
        "questionnaire_version": publish_questionnaire(session, QUESTIONNAIRE, NOON),
        "audience": audience,
        "name": "问卷调查",
        "units": units,
        "opens_at": NOON,
        "closes_at": NOON + timedelta(days=7),
    }
    return launch_campaign(session, **(values | given))


def refusal(make):
    with pytest.raises(LaunchRefused) as refused:
        make()
    return refused.value.code


def test_a_campaign_asks_about_its_units_with_their_head_counts(session):
    units = [a_unit(session), a_unit(session)]

    campaign = launched(session, units, head_counts={units[1].code: 12})

    asked = [(unit.code, row.head_count) for row, unit in units_of_campaign(session, campaign.id)]
    assert asked == [(units[0].code, None), (units[1].code, 12)]


def test_a_window_that_closes_when_it_opens_is_refused(session):
    units = [a_unit(session)]

    assert refusal(lambda: launched(session, units, closes_at=NOON)) == "launch_window"


def test_a_campaign_about_nobody_is_refused(session):
    assert refusal(lambda: launched(session, [])) == "launch_no_units"


def test_a_unit_outside_the_evaluation_is_refused(session):
    evaluation = an_evaluation(session, [a_unit(session)])
    stranger = a_unit(session)

    code = refusal(lambda: launched(session, [stranger], evaluation=evaluation))

    assert code == "launch_unit_outside"


def test_the_same_audience_is_asked_about_a_unit_once(session):
    unit = a_unit(session)
    evaluation = an_evaluation(session, [unit])
    launched(session, [unit], evaluation=evaluation)

    assert refusal(lambda: launched(session, [unit], evaluation=evaluation)) == "launch_unit_asked"
    assert launched(session, [unit], Audience.STAFF, evaluation).code


def test_an_open_code_leads_to_its_unit_and_place(session):
    unit = a_unit(session)
    campaign = launched(session, [unit])

    links = open_links(session, campaign, {unit.code: ("办事大厅", None)})

    way = way_by_code(session, links[0].code, LINK_KEY)
    assert (way.kind, way.unit_name, way.place) == (LinkKind.OPEN, unit.name, "办事大厅")
    assert len(open_links_of(session, campaign.id)) == 2


def test_staff_are_not_let_in_by_open_codes_nor_citizens_by_personal_links(session):
    unit = a_unit(session)
    evaluation = an_evaluation(session, [unit])
    staff = launched(session, [unit], Audience.STAFF, evaluation)
    citizens = launched(session, [unit], Audience.CITIZEN, evaluation)

    assert refusal(lambda: open_links(session, staff, {unit.code: [None]})) == (
        "launch_wrong_audience"
    )
    assert refusal(lambda: issue_personal_links(session, citizens, unit, 5, LINK_KEY)) == (
        "launch_wrong_audience"
    )


def test_links_to_a_unit_that_is_not_asked_about_are_refused(session):
    unit, other = a_unit(session), a_unit(session)
    evaluation = an_evaluation(session, [unit, other])
    staff = launched(session, [unit], Audience.STAFF, evaluation)

    code = refusal(lambda: issue_personal_links(session, staff, other, 1, LINK_KEY))

    assert code == "launch_unit_not_in_campaign"


def test_every_personal_token_lets_one_person_in_and_is_kept_as_a_keyed_hash_only(session):
    unit = a_unit(session)
    campaign = launched(session, [unit], Audience.STAFF)

    tokens = issue_personal_links(session, campaign, unit, 20, LINK_KEY)

    assert len(set(tokens)) == 20
    assert link_counts(session, campaign.id) == {unit.id: {LinkState.UNUSED: 20}}
    assert all(way_by_code(session, token, LINK_KEY).unit_id == unit.id for token in tokens)
    kept = session.exec(select(LinkToken.token_hash)).all()
    assert not any(token.encode() in value for token in tokens for value in kept)


def test_the_order_in_which_tokens_are_handed_out_is_not_kept(session):
    unit = a_unit(session)
    campaign = launched(session, [unit], Audience.STAFF)

    tokens = issue_personal_links(session, campaign, unit, 50, LINK_KEY)

    keys = [way_by_code(session, token, LINK_KEY).link_id for token in tokens]
    assert keys != sorted(keys)
    hashes = session.exec(select(LinkToken.token_hash).order_by(LinkToken.link_id)).all()
    assert hashes == sorted(hashes)


@pytest.mark.parametrize("count", [0, -1, 10_001])
def test_no_links_and_very_many_links_are_refused(session, count):
    unit = a_unit(session)
    campaign = launched(session, [unit], Audience.STAFF)

    code = refusal(lambda: issue_personal_links(session, campaign, unit, count, LINK_KEY))

    assert code == "launch_link_count"


def test_no_links_are_issued_when_a_campaign_is_over(session):
    unit = a_unit(session)
    campaign = launched(session, [unit], Audience.STAFF)
    campaign.wound_up_at = NOON

    code = refusal(lambda: issue_personal_links(session, campaign, unit, 5, LINK_KEY))

    assert code == "launch_is_over"
