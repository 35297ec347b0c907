"""Preparing a campaign: a draft asks nobody, is checked, and opens for good."""

from datetime import date, timedelta

import pytest
from builders import NOON, QUESTIONNAIRE, a_unit, an_evaluation
from sqlmodel import select

from survey.distribute.check_launch import check_launch
from survey.distribute.choose_units import UnitChoice, add_units, remove_units, settle_units
from survey.distribute.launch import launch_campaign, open_draft, open_links
from survey.distribute.prepare import (
    Promise,
    begin_draft,
    choose_audience,
    choose_ways,
    choose_window,
)
from survey.distribute.publish import publish_questionnaire
from survey.errors import LaunchRefused
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind
from survey.storage.queries.campaigns import (
    campaign_by_code,
    campaigns_of,
    campaigns_to_wind_up,
    units_of_campaign,
)
from survey.storage.queries.drafts import draft_by_code, drafts_of
from survey.storage.queries.links import open_links_of
from survey.storage.tables import CampaignUnit

PROMISE = Promise("市评估办公室", "《年度评估办法》", "评估科，12345", date(2027, 6, 1), False)


@pytest.fixture
def units(session):
    return [a_unit(session, name=name) for name in ("甲局", "乙局", "丙局")]


@pytest.fixture
def evaluation(session, units):
    return an_evaluation(session, units)


@pytest.fixture
def draft(session, evaluation):
    version = publish_questionnaire(session, QUESTIONNAIRE, NOON)
    made = begin_draft(session, evaluation, version, "大厅满意度", NOON)
    choose_window(session, made, NOON, NOON + timedelta(days=14), PROMISE)
    return made


def codes(session, draft):
    return {remark.code for remark in check_launch(session, draft, NOON)}


def stops(session, draft, now=NOON):
    return {remark.code for remark in check_launch(session, draft, now) if remark.stops}


def refusal(act):
    with pytest.raises(LaunchRefused) as caught:
        act()
    return caught.value.code


def test_a_draft_begins_with_all_units_and_the_promise_of_the_campaign_before(
    session, evaluation, draft
):
    version = publish_questionnaire(session, QUESTIONNAIRE, NOON)

    second = begin_draft(session, evaluation, version, "第二次", NOON)

    assert len(units_of_campaign(session, second.id)) == 3
    assert (second.asked_by, second.contact) == ("市评估办公室", "评估科，12345")


def test_a_draft_is_found_as_a_draft_only(session, evaluation, draft):
    assert drafts_of(session, evaluation.id) == [draft]
    assert draft_by_code(session, draft.code) is draft
    assert campaign_by_code(session, draft.code) is None
    assert list(campaigns_of(session, evaluation.id)) == []
    assert campaigns_to_wind_up(session, NOON + timedelta(days=99)) == []


def test_no_link_leads_into_a_draft(session, draft, units):
    assert refusal(lambda: open_links(session, draft, {units[0].code: [None]})) == (
        "launch_is_draft"
    )


def test_opening_freezes_and_makes_the_codes_that_were_chosen(session, evaluation, draft):
    choose_ways(session, draft, [LinkKind.OPEN], ["一楼"], ["自助区"])

    opened = open_draft(session, draft, NOON + timedelta(hours=1))

    assert campaign_by_code(session, draft.code) is opened
    assert opened.opens_at == NOON + timedelta(hours=1)
    links = open_links_of(session, opened.id)
    assert sorted((link.place, link.is_kiosk) for link in links) == (
        [("一楼", False)] * 3 + [("自助区", True)] * 3
    )
    assert refusal(lambda: add_units(session, opened, [])) == "launch_not_a_draft"
    assert refusal(lambda: open_draft(session, opened, NOON)) == "launch_not_a_draft"


def test_a_draft_that_lacks_something_does_not_open(session, draft):
    assert stops(session, draft) == {"no_ways"}
    assert refusal(lambda: open_draft(session, draft, NOON)) == "launch_not_ready"
    assert draft.is_draft


def test_another_audience_forgets_the_ways_in(session, draft):
    choose_ways(session, draft, [LinkKind.OPEN], [])

    choose_audience(session, draft, Audience.STAFF)

    assert stops(session, draft) == {"no_ways"}
    kinds = [LinkKind.OPEN]
    assert refusal(lambda: choose_ways(session, draft, kinds, [])) == "launch_wrong_audience"


def test_two_drafts_may_ask_about_a_unit_but_one_of_them_opens(session, evaluation, draft, units):
    version = publish_questionnaire(session, QUESTIONNAIRE, NOON)
    launch_campaign(
        session,
        evaluation=evaluation,
        questionnaire_version=version,
        audience=Audience.CITIZEN,
        name="先开的",
        units=units[:1],
        opens_at=NOON,
        closes_at=NOON + timedelta(days=1),
    )

    assert stops(session, draft) == {"no_ways", "asked_before"}
    remove_units(session, draft, units[:1])
    assert stops(session, draft) == {"no_ways"}


def test_a_small_unit_is_named_until_a_sibling_takes_its_sheets(session, draft, units):
    small, large, third = (unit.code for unit in units)
    choose_audience(session, draft, Audience.STAFF)
    settle_units(session, draft, {small: UnitChoice(3), large: UnitChoice(30)})
    assert {"too_few_staff", "no_head_count"} <= codes(session, draft)

    settle_units(session, draft, {small: UnitChoice(3, "本年新设。", large), third: UnitChoice(9)})

    assert not codes(session, draft) & {"too_few_staff", "no_head_count"}
    statements = session.exec(select(CampaignUnit.statement)).all()
    assert sorted(filter(None, statements)) == ["本年新设。"]


def test_a_sibling_that_is_left_out_or_merges_itself_stops_the_opening(session, draft, units):
    first, second, third = (unit.code for unit in units)
    settle_units(
        session,
        draft,
        {first: UnitChoice(merge_into=second), second: UnitChoice(merge_into=third)},
    )
    assert stops(session, draft) == {"no_ways", "sibling_merges"}

    remove_units(session, draft, [units[1]])

    assert stops(session, draft) == {"no_ways", "sibling_not_asked"}


def test_a_window_that_went_by_while_the_draft_lay_stops_the_opening(session, draft):
    later = NOON + timedelta(days=14)

    assert "window_past" in stops(session, draft, later)
