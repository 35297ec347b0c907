"""The same inputs and plan give the same bytes, on any database and in any order."""

import random

import pytest
from builders import NOON, a_unit
from evaluation_builders import (
    an_asked_evaluation,
    answer,
    answer_as_offices,
    score,
    varied_sheets,
)

from survey.errors import NothingNewToScore
from survey.evaluate.enter import enter_manual_value
from survey.rules.audience import Audience

CODES = ("U-1", "U-2", "U-3", "U-4")


def a_scored_evaluation(session, order_seed):
    """The same evaluation, its rows made in an order of their own."""
    chance = random.Random(order_seed)
    codes = list(CODES)
    chance.shuffle(codes)
    units = {code: a_unit(session, code=code, name=f"单位{code}") for code in codes}
    evaluation, campaigns = an_asked_evaluation(session, list(units.values()))
    chance.shuffle(codes)
    for code in codes:
        seed = CODES.index(code)
        staff, citizens = varied_sheets(11 + seed, seed), varied_sheets(45 + seed, 10 + seed)
        chance.shuffle(staff)
        chance.shuffle(citizens)
        answer(session, campaigns[Audience.CITIZEN], units[code], citizens)
        answer(session, campaigns[Audience.STAFF], units[code], staff)
        answer_as_offices(
            session, campaigns[Audience.PARTNER], units[code], varied_sheets(4 + seed, 20 + seed)
        )
        enter_manual_value(
            session,
            evaluation,
            unit_code=code,
            indicator_code="A21",
            points=12.5 + seed / 3,
            note="核查",
            entered_by="officer",
            now=NOON,
        )
    return score(session, evaluation), evaluation


def test_both_databases_and_any_order_give_the_same_bytes(sqlite_session, postgresql_database):
    run, _ = a_scored_evaluation(sqlite_session, order_seed=1)

    with postgresql_database.writing() as session:
        other, _ = a_scored_evaluation(session, order_seed=2)

    assert other.content == run.content
    assert (other.digest, other.inputs_digest) == (run.digest, run.inputs_digest)
    assert other.code != run.code


def test_scoring_again_finds_nothing_new(sqlite_session):
    _, evaluation = a_scored_evaluation(sqlite_session, order_seed=1)

    with pytest.raises(NothingNewToScore):
        score(sqlite_session, evaluation)


def test_no_time_no_key_and_no_run_code_stands_in_the_content(sqlite_session):
    run, evaluation = a_scored_evaluation(sqlite_session, order_seed=1)

    content = run.content.decode()

    assert run.code not in content
    assert evaluation.code not in content
    assert str(NOON.year) not in content
    assert '"id"' not in content
