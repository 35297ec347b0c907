"""Figures move by whole batches until a campaign is wound up (ACCEPTANCE 48)."""

import pytest
from builders import NOON, a_unit
from evaluation_builders import (
    an_asked_evaluation,
    answer,
    answer_as_offices,
    score,
    varied_sheets,
    wind_up,
)

from survey.errors import NothingNewToScore
from survey.evaluate.enter import enter_manual_value
from survey.rules.audience import Audience
from survey.storage.queries.figures import read_run


def cell(run, audience, unit):
    return read_run(run).inputs.campaigns[f"camp-{audience}"].cells.get(unit.code)


def test_nine_more_sheets_move_nothing_and_the_tenth_moves_all_ten(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    citizens = campaigns[Audience.CITIZEN]
    answer(session, citizens, unit, varied_sheets(30))
    score(session, evaluation)
    answer(session, citizens, unit, [bytes([5, 1, 5])] * 9)

    with pytest.raises(NothingNewToScore) as nothing:
        score(session, evaluation)
    assert [(w.unit_code, w.missing_count) for w in nothing.value.waiting] == [(unit.code, 1)]

    answer(session, citizens, unit, [bytes([5, 1, 5])])
    assert cell(score(session, evaluation), "citizen", unit).sheet_count == 40


def test_a_cell_with_fewer_than_ten_more_keeps_its_figures_while_another_moves(session):
    slow, quick = a_unit(session), a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [slow, quick])
    citizens = campaigns[Audience.CITIZEN]
    for unit in (slow, quick):
        answer(session, citizens, unit, varied_sheets(35))
    first = score(session, evaluation)
    answer(session, citizens, slow, [bytes([1, 5, 1])] * 9)
    answer(session, citizens, quick, [bytes([1, 5, 1])] * 10)

    second = score(session, evaluation)

    assert cell(second, "citizen", slow) == cell(first, "citizen", slow)
    assert cell(second, "citizen", quick).sheet_count == 45
    slow_figures = [read_run(run).outputs.units[slow.code].score for run in (first, second)]
    assert slow_figures[0] == slow_figures[1]


def test_a_cell_under_its_minimum_is_not_in_the_run_at_all(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(29))

    with_29 = score(session, evaluation)
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(1))
    with_30 = score(session, evaluation)

    assert cell(with_29, "citizen", unit) is None
    assert cell(with_30, "citizen", unit).sheet_count == 30


def test_how_many_are_missing_is_told_for_open_codes_only(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(12))
    answer(session, campaigns[Audience.STAFF], unit, varied_sheets(3))
    answer_as_offices(session, campaigns[Audience.PARTNER], unit, varied_sheets(2))
    score(session, evaluation)

    with pytest.raises(NothingNewToScore) as nothing:
        score(session, evaluation)

    waiting = [(w.campaign, w.missing_count) for w in nothing.value.waiting]
    assert waiting == [("camp-citizen", 18)]


def test_after_the_close_everything_counts_however_few_came(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    citizens, partners = campaigns[Audience.CITIZEN], campaigns[Audience.PARTNER]
    answer(session, citizens, unit, varied_sheets(31))
    pairs = answer_as_offices(session, partners, unit, varied_sheets(5))
    score(session, evaluation)
    answer(session, citizens, unit, varied_sheets(2))
    answer_as_offices(session, partners, unit, varied_sheets(1))
    with pytest.raises(NothingNewToScore):
        score(session, evaluation)

    wind_up(session, citizens)
    wind_up(session, partners)
    run = score(session, evaluation)

    assert cell(run, "citizen", unit).sheet_count == 33
    assert cell(run, "partner", unit).sheet_count == len(pairs) + 1


def test_named_offices_count_after_the_winding_up_only(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    partners = campaigns[Audience.PARTNER]
    pairs = answer_as_offices(session, partners, unit, varied_sheets(16))
    first = score(session, evaluation)

    wind_up(session, partners)
    last = score(session, evaluation)

    assert cell(first, "partner", unit) is None
    assert cell(last, "partner", unit).sheet_count == len(pairs)


def test_a_cell_that_closes_under_its_minimum_stays_out(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.STAFF], unit, varied_sheets(4))
    wind_up(session, campaigns[Audience.STAFF])

    assert cell(score(session, evaluation), "staff", unit) is None


def test_points_entered_by_hand_make_a_run_worth_while(session):
    unit = a_unit(session)
    evaluation, _ = an_asked_evaluation(session, [unit])
    score(session, evaluation)
    given = {"unit_code": unit.code, "indicator_code": "A21", "entered_by": "officer", "now": NOON}

    enter_manual_value(session, evaluation, points=10, **given)
    run = score(session, evaluation)
    enter_manual_value(session, evaluation, points=10, **given)

    assert run.number == 2
    with pytest.raises(NothingNewToScore):
        score(session, evaluation)
