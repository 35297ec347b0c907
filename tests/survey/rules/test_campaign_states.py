"""The states of a campaign, and what each allows."""

from datetime import timedelta

import pytest
from builders import NOON

from survey.rules.campaign import ALLOWED, Act, Phase, is_over, may, phase_at

OPENS, CLOSES = NOON, NOON + timedelta(days=7)
AFTER = CLOSES + timedelta(days=1)


def test_a_draft_is_a_draft_whatever_the_window_says():
    phases = {phase_at(OPENS, CLOSES, at, is_draft=True) for at in (OPENS, AFTER)}

    assert phases == {Phase.DRAFT}


def test_after_the_close_comes_scored_and_then_locked():
    assert phase_at(OPENS, CLOSES, AFTER) is Phase.CLOSED
    assert phase_at(OPENS, CLOSES, AFTER, is_scored=True) is Phase.SCORED
    assert phase_at(OPENS, CLOSES, AFTER, is_scored=True, is_locked=True) is Phase.LOCKED


def test_a_run_before_the_close_scores_nothing_for_good():
    assert phase_at(OPENS, CLOSES, NOON, is_scored=True) is Phase.OPEN


def test_every_state_says_what_it_allows():
    assert set(ALLOWED) == set(Phase)
    assert {act for acts in ALLOWED.values() for act in acts} == set(Act)


def test_answers_are_taken_while_open_and_never_else():
    assert [phase for phase in Phase if may(Act.ANSWER, phase)] == [Phase.OPEN]


def test_everything_may_be_changed_in_a_draft_and_nothing_when_locked():
    assert [phase for phase in Phase if may(Act.PREPARE, phase)] == [Phase.DRAFT]
    assert ALLOWED[Phase.LOCKED] == frozenset()


@pytest.mark.parametrize("phase", [phase for phase in Phase if is_over(phase)])
def test_closed_is_final(phase):
    assert not ALLOWED[phase] & {Act.EXTEND, Act.RESUME, Act.LINK, Act.ENTER, Act.VOID}


def test_only_what_was_scored_is_locked():
    assert [phase for phase in Phase if may(Act.LOCK, phase)] == [Phase.SCORED]
