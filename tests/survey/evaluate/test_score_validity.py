"""Rejected sheets do not count, and no change of rules shows one by subtraction."""

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from builders import NOON, a_unit, an_answer_sheet
from evaluation_builders import (
    an_asked_evaluation,
    answer,
    answer_as_offices,
    score,
    varied_sheets,
    wind_up,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scales import Moments, QualityLimits
from survey.errors import NothingNewToScore
from survey.evaluate.plan import choose_quality_rules, plan_content, save_plan
from survey.rules.audience import Audience
from survey.storage.queries.figures import read_run

STAFF, PARTNER, CITIZEN = Audience.STAFF, Audience.PARTNER, Audience.CITIZEN
POOR = b"\4\0\0"  # one of three items


def asked(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    return unit, evaluation, campaigns


def cell(run, audience, unit):
    return read_run(run).inputs.campaigns[f"camp-{audience}"].cells.get(unit.code)


def choose(session, evaluation, *rules, **limits):
    choose_quality_rules(session, evaluation, rules, QualityLimits(**limits), NOON)


def test_received_is_valid_and_rejected_and_ended(session):
    unit, evaluation, campaigns = asked(session)
    answer(session, campaigns[CITIZEN], unit, varied_sheets(30) + [POOR] * 4)

    counted = cell(score(session, evaluation), CITIZEN, unit)

    assert (counted.sheet_count, counted.sheets.rejected) == (30, {"incomplete": 4})
    assert counted.moments["ease"]["rows"] == 30
    assert sum(counted.sheets.seconds.values()) == 34


def test_a_rejected_sheet_changes_nothing_but_counts(session):
    unit, evaluation, campaigns = asked(session)
    answer(session, campaigns[STAFF], unit, varied_sheets(12))
    wind_up(session, campaigns[STAFF])
    nested = session.begin_nested()
    without = cell(score(session, evaluation), STAFF, unit)
    nested.rollback()
    answer(session, campaigns[STAFF], unit, [POOR] * 3)

    with_them = cell(score(session, evaluation), STAFF, unit)

    assert with_them.moments == without.moments
    assert with_them.sheets.unflagged == without.sheets.unflagged


def test_a_sheet_too_fast_is_known_by_its_bucket(session):
    unit, evaluation, campaigns = asked(session)
    choose(session, evaluation, "too_fast", short_form_seconds_per_item=2.0)
    answer(session, campaigns[STAFF], unit, varied_sheets(9))
    for bucket in (0, 5, None):
        an_answer_sheet(session, campaigns[STAFF], unit, seconds_bucket=bucket)

    counted = cell(score(session, evaluation), STAFF, unit)

    assert (counted.sheet_count, counted.sheets.rejected) == (11, {"too_fast": 1})
    assert counted.sheets.seconds == {"": 10, "0": 1, "5": 1}


@pytest.mark.parametrize("audience", [STAFF, CITIZEN])
def test_before_the_close_other_rules_do_not_move_a_unit_that_a_run_has_counted(session, audience):
    unit, evaluation, campaigns = asked(session)
    answer(session, campaigns[audience], unit, varied_sheets(30) + [POOR] * 12)
    first = score(session, evaluation)

    choose(session, evaluation)
    second = score(session, evaluation)
    answer(session, campaigns[audience], unit, [*varied_sheets(10), POOR])
    third = score(session, evaluation)

    assert cell(second, audience, unit) == cell(first, audience, unit)
    counted = cell(third, audience, unit)
    assert (counted.sheet_count, counted.sheets.rejected) == (40, {"incomplete": 13})


def test_after_the_close_open_codes_follow_the_newest_rules(session):
    unit, evaluation, campaigns = asked(session)
    answer(session, campaigns[CITIZEN], unit, varied_sheets(30) + [POOR] * 2)
    score(session, evaluation)
    wind_up(session, campaigns[CITIZEN])

    closing = cell(score(session, evaluation), CITIZEN, unit)
    choose(session, evaluation)
    changed = cell(score(session, evaluation), CITIZEN, unit)

    assert (closing.sheet_count, changed.sheet_count) == (30, 32)


@pytest.mark.parametrize("audience", [STAFF, PARTNER])
def test_units_of_links_never_follow_other_rules_once_they_are_counted(session, audience):
    unit, evaluation, campaigns = asked(session)
    sheets = [*varied_sheets(12), POOR]
    if audience is PARTNER:
        answer_as_offices(session, campaigns[audience], unit, sheets)
    else:
        answer(session, campaigns[audience], unit, sheets)
    wind_up(session, campaigns[audience])
    first = score(session, evaluation)

    choose(session, evaluation)
    second = score(session, evaluation)

    assert cell(second, audience, unit) == cell(first, audience, unit)
    assert cell(first, audience, unit).sheet_count == 12


def test_at_the_close_a_unit_of_links_moves_by_a_batch_of_valid_sheets_or_not_at_all(session):
    unit, evaluation, campaigns = asked(session)
    answer(session, campaigns[STAFF], unit, varied_sheets(12))
    first = score(session, evaluation)
    answer(session, campaigns[STAFF], unit, [*varied_sheets(1, 7), *[POOR] * 9], is_held=True)

    wind_up(session, campaigns[STAFF])
    closing = score(session, evaluation)

    assert cell(closing, STAFF, unit) == cell(first, STAFF, unit)


def test_a_unit_of_a_run_without_rules_is_counted_on_without_them(session):
    unit, evaluation, campaigns = asked(session)
    plan = replace(plan_content(session, evaluation), validity=())
    save_plan(session, evaluation, plan, NOON)
    answer(session, campaigns[STAFF], unit, [*varied_sheets(12), POOR])
    score(session, evaluation)
    choose(session, evaluation, "incomplete")
    answer(session, campaigns[STAFF], unit, varied_sheets(10))

    assert cell(score(session, evaluation), STAFF, unit).sheet_count == 23


MIDDLING = [bytes([2 + n % 3, 2 + n % 2, 3 + n % 2]) for n in range(60)]
FAST = bytes([5, 1, 5])  # nobody else ticks an end of the scale
steps = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 14), st.integers(0, 3)),
        st.sampled_from([(), ("incomplete",), ("too_fast",), ("incomplete", "too_fast")]),
        st.sampled_from([1.0, 2.0, 3.0]),
    ),
    min_size=3,
    max_size=8,
)


def add_fast(session, campaign, unit, count):
    for _ in range(count):
        an_answer_sheet(session, campaign, unit, FAST, seconds_bucket=0)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, audience=st.sampled_from([STAFF, CITIZEN]))
@example(steps=[("too_fast",), 2.0, (12, 0)], audience=STAFF)
def test_whatever_rules_are_chosen_runs_differ_by_nobody_or_by_a_batch(
    sqlite_session, steps, audience
):
    """Each run before the close holds all people of the one before, and a batch more or none."""
    nested = sqlite_session.begin_nested()
    unit, evaluation, campaigns = asked(sqlite_session)
    answer(sqlite_session, campaigns[audience], unit, MIDDLING[:33])
    add_fast(sqlite_session, campaigns[audience], unit, 2)
    runs = [score(sqlite_session, evaluation)]
    rules, pace = plan_content(sqlite_session, evaluation).validity, 1.0
    for step in steps:
        if isinstance(step, float):
            pace = step
        elif step and isinstance(step[0], int):
            answer(sqlite_session, campaigns[audience], unit, MIDDLING[: step[0]])
            add_fast(sqlite_session, campaigns[audience], unit, step[1])
        else:
            rules = step
        choose(sqlite_session, evaluation, *rules, short_form_seconds_per_item=pace)
        with suppress(NothingNewToScore):
            runs.append(score(sqlite_session, evaluation))
    counted = [Moments.from_json(cell(run, audience, unit).moments["ease"]) for run in runs]
    for old, new in pairwise(counted):
        assert new.rows == old.rows or new.rows >= old.rows + 10
        assert (new.counts >= old.counts).all()
    nested.rollback()
    sqlite_session.expunge_all()
