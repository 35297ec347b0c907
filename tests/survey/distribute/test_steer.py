"""Steering: the states a campaign goes through, and what each refuses."""

from datetime import timedelta

import pytest
from builders import NOON, a_unit
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets

from survey.collect.wind_up import wind_up
from survey.distribute.steer import (
    close_campaign,
    extend_campaign,
    lock_campaign,
    pause_campaign,
    resume_campaign,
)
from survey.errors import PlanRefused, RestoreRefused, SteerRefused
from survey.evaluate.plan import choose_quality_rules, plan_content
from survey.evaluate.restore import restore_sheet
from survey.results import phase_of
from survey.rules.audience import Audience
from survey.rules.campaign import Phase

NOW = NOON + timedelta(hours=1)


@pytest.fixture
def asked(session):
    """An evaluation and its citizens' campaign with forty sheets, which is open."""
    unit = a_unit(session, code="U1")
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40, 0))
    return evaluation, campaigns[Audience.CITIZEN]


def finished(session, evaluation, campaign):
    """Close, wind up and score; return the instant after."""
    close_campaign(session, campaign, NOW)
    after = NOW + timedelta(minutes=1)
    wind_up(session, campaign, after)
    score(session, evaluation)
    return after


def refusal(act, error=SteerRefused):
    with pytest.raises(error) as caught:
        act()
    return caught.value.code


def test_a_campaign_goes_from_open_to_closed_to_scored_to_locked(session, asked):
    evaluation, campaign = asked
    phases = [phase_of(session, campaign, NOW)]
    score(session, evaluation)
    close_campaign(session, campaign, NOW)
    phases.append(phase_of(session, campaign, NOW))
    wind_up(session, campaign, NOW)
    phases.append(phase_of(session, campaign, NOW))
    score(session, evaluation)
    phases.append(phase_of(session, campaign, NOW))
    lock_campaign(session, campaign, NOW)
    phases.append(phase_of(session, campaign, NOW))

    assert phases == [Phase.OPEN, Phase.CLOSED, Phase.CLOSED, Phase.SCORED, Phase.LOCKED]


def test_a_campaign_that_was_not_scored_after_its_close_is_not_locked(session, asked):
    evaluation, campaign = asked
    score(session, evaluation)

    assert refusal(lambda: lock_campaign(session, campaign, NOW)) == "steer_not_scored"
    assert campaign.locked_at is None


def test_a_lock_is_never_undone(session, asked):
    evaluation, campaign = asked
    now = finished(session, evaluation, campaign)
    lock_campaign(session, campaign, now)
    later = now + timedelta(days=30)

    for act in (pause_campaign, resume_campaign, close_campaign, lock_campaign):
        assert refusal(lambda act=act: act(session, campaign, now)) == "steer_is_locked"
    assert refusal(lambda: extend_campaign(session, campaign, later, now)) == "steer_is_locked"
    assert phase_of(session, campaign, later) is Phase.LOCKED


def test_which_sheets_count_changes_no_more_once_locked(session, asked):
    evaluation, campaign = asked
    now = finished(session, evaluation, campaign)
    lock_campaign(session, campaign, now)
    plan = plan_content(session, evaluation)

    restoring = refusal(
        lambda: restore_sheet(
            session, campaign, "x", "reason", restored_by="王敏", key=b"k" * 32, now=now
        ),
        RestoreRefused,
    )
    choosing = refusal(
        lambda: choose_quality_rules(session, evaluation, plan.validity, plan.quality, now),
        PlanRefused,
    )

    assert (restoring, choosing) == ("restore_locked", "plan_locked")


def test_closed_is_final(session, asked):
    _, campaign = asked
    close_campaign(session, campaign, NOW)
    later = NOW + timedelta(days=30)

    for act in (pause_campaign, resume_campaign, close_campaign):
        assert refusal(lambda act=act: act(session, campaign, NOW)) == "steer_is_closed"
    assert refusal(lambda: extend_campaign(session, campaign, later, NOW)) == "steer_is_closed"
