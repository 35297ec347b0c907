"""Sheets of a questionnaire that feeds no indicator: the reason given is the true one."""

import pytest
from builders import NOON, QUESTIONNAIRE, a_unit
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets

from survey.distribute.launch import launch_campaign
from survey.distribute.publish import publish_questionnaire
from survey.evaluate.plan import save_plan
from survey.results import evaluation_results
from survey.rules.audience import Audience
from survey.rules.scoring.scoring_plan import Source, default_plan

COPY = QUESTIONNAIRE.replace(b'id = "service"', b'id = "service-copy"', 1)
CITIZEN_ONLY = Source(Audience.CITIZEN, "service", "ease", 10_000)


@pytest.fixture
def unit(sqlite_session):
    return a_unit(sqlite_session)


def scored(session, unit, sheet_count, audiences=(Audience.CITIZEN,)):
    """The unit's score where that many citizens answered a copy of the questionnaire."""
    evaluation, _ = an_asked_evaluation(session, [unit], audiences)
    save_plan(session, evaluation, default_plan([CITIZEN_ONLY]), NOON)
    copied = launch_campaign(
        session,
        evaluation=evaluation,
        questionnaire_version=publish_questionnaire(session, COPY, NOON),
        audience=Audience.CITIZEN,
        name="副本",
        units=[unit],
        opens_at=NOON.replace(day=1),
        closes_at=NOON.replace(day=28),
    )
    answer(session, copied, unit, varied_sheets(sheet_count))
    score(session, evaluation)
    return evaluation_results(session, evaluation).units[0].score


@pytest.mark.parametrize("audiences", [(), (Audience.CITIZEN,)])
def test_enough_sheets_of_a_copy_are_said_to_feed_no_indicator(sqlite_session, unit, audiences):
    found = scored(sqlite_session, unit, 50, audiences)

    assert found.not_shown.code == "not_fed"
    assert [source.not_shown.code for source in found.sources] == ["not_fed"]


def test_of_a_copy_with_too_few_sheets_nothing_is_said(sqlite_session, unit):
    found = scored(sqlite_session, unit, 29)

    assert found.not_shown.code == "no_score"
    assert [source.not_shown.code for source in found.sources] == ["too_few"]
