"""The check before opening: is the questionnaire for this audience, does anything count it."""

from datetime import timedelta

import pytest
from builders import NOON, QUESTIONNAIRE, a_unit, an_evaluation
from evaluation_builders import CITIZEN, a_tree_definition, whole

from scales import shipped_questionnaires
from survey.distribute.check_launch import check_launch
from survey.distribute.choose_units import UnitChoice, settle_units
from survey.distribute.prepare import (
    begin_draft,
    choose_audience,
    choose_questionnaire,
    choose_ways,
)
from survey.distribute.publish import publish_questionnaire, publish_tree
from survey.rules.audience import Audience
from survey.rules.indicator import IndicatorDefinition
from survey.rules.ways_in.link import LinkKind

COPY = QUESTIONNAIRE.replace(b'id = "service"', b'id = "service-copy"', 1)
NEXT = QUESTIONNAIRE.replace(b"version = 1", b"version = 2", 1)
OTHER_SCALE = QUESTIONNAIRE.replace(b"ease", b"calm")


@pytest.fixture
def session(sqlite_session):
    return sqlite_session


@pytest.fixture
def units(session):
    return [a_unit(session, name=name) for name in ("甲局", "乙局")]


@pytest.fixture
def evaluation(session, units):
    tree = publish_tree(session, a_tree_definition(), NOON)
    return an_evaluation(session, units, tree_version_id=tree.id)


def citizens_only(session, evaluation):
    """Let the tree take the citizens' score only."""
    leaf = IndicatorDefinition("A", {"zh-Hans": "甲", "en": "A"}, None, 10_000, (whole(CITIZEN),))
    tree = publish_tree(session, a_tree_definition(version=2, indicators=(leaf,)), NOON)
    evaluation.tree_version_id = tree.id
    session.flush()


def a_draft(session, evaluation, content):
    return begin_draft(
        session, evaluation, publish_questionnaire(session, content, NOON), "大厅满意度", NOON
    )


def grave(session, draft):
    return {r.code: r for r in check_launch(session, draft, NOON) if r.is_grave}


def test_a_copy_under_another_id_is_said_to_feed_no_indicator(session, evaluation):
    remark = grave(session, a_draft(session, evaluation, COPY))["feeds_nothing"]

    assert not remark.stops
    assert (remark.values["questionnaire"], remark.values["counted"]) == (
        "service-copy",
        "service",
    )


@pytest.mark.parametrize("content", [QUESTIONNAIRE, NEXT])
def test_a_version_of_the_questionnaire_that_counts_is_not_remarked_on(
    session, evaluation, content
):
    assert grave(session, a_draft(session, evaluation, content)) == {}


def test_a_version_without_the_scales_that_count_is_remarked_on(session, evaluation):
    draft = a_draft(session, evaluation, OTHER_SCALE)

    assert set(grave(session, draft)) == {"feeds_nothing_of_its_scales"}


def test_an_audience_that_no_indicator_takes_is_remarked_on(session, evaluation):
    draft = a_draft(session, evaluation, COPY)

    choose_audience(session, draft, Audience.PARTNER)

    assert set(grave(session, draft)) == {"feeds_nothing_of_audience"}


def test_an_evaluation_that_counts_no_questionnaire_is_not_remarked_on(session, units):
    assert grave(session, a_draft(session, an_evaluation(session, units), COPY)) == {}


@pytest.mark.parametrize(
    ("name", "audience"),
    [
        ("staff-establishment", Audience.STAFF),
        ("partner-cooperation", Audience.PARTNER),
        ("citizen-service", Audience.CITIZEN),
        ("unit-self", Audience.SELF),
    ],
)
def test_a_draft_begins_with_the_audience_its_questionnaire_is_written_for(
    session, evaluation, name, audience
):
    path = next(p for key, p in shipped_questionnaires().items() if name in str(key))

    assert a_draft(session, evaluation, path.read_bytes()).audience == audience


def test_the_scales_that_indicators_take_tell_the_audience_of_a_copy(session, evaluation):
    citizens_only(session, evaluation)
    draft = a_draft(session, evaluation, COPY)
    choose_audience(session, draft, Audience.STAFF)

    remark = grave(session, draft)["written_for_other"]

    assert remark.values["written_for"] == Audience.CITIZEN


def test_another_questionnaire_brings_its_audience_and_the_same_one_keeps_the_choice(
    session, evaluation
):
    draft = a_draft(session, evaluation, QUESTIONNAIRE)
    path = next(p for key, p in shipped_questionnaires().items() if "staff" in str(key))
    staff = publish_questionnaire(session, path.read_bytes(), NOON)

    choose_questionnaire(session, draft, staff, "职工")
    assert draft.audience == Audience.STAFF
    choose_audience(session, draft, Audience.CITIZEN)
    choose_questionnaire(session, draft, staff, "改个名字")

    assert draft.audience == Audience.CITIZEN
    assert set(grave(session, draft)) == {"written_for_other"}


def test_cards_are_not_opened_without_head_counts(session, evaluation, units):
    draft = a_draft(session, evaluation, QUESTIONNAIRE)
    draft.closes_at = NOON + timedelta(days=14)
    choose_audience(session, draft, Audience.STAFF)
    choose_ways(session, draft, [LinkKind.CARD], [])

    def stops():
        return {r.code for r in check_launch(session, draft, NOON) if r.stops}

    assert "cards_without_head_count" in stops()
    settle_units(session, draft, {unit.code: UnitChoice(20) for unit in units})
    assert "cards_without_head_count" not in stops()


def test_who_asks_is_not_taken_from_the_name_of_the_evaluation(session, evaluation):
    draft = a_draft(session, evaluation, QUESTIONNAIRE)

    assert draft.asked_by == ""
    assert "no_asked_by" in {r.code for r in check_launch(session, draft, NOON) if r.stops}
