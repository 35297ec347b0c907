"""Figures move by whole batches until a campaign is wound up (ACCEPTANCE 48)."""

import pytest
from builders import NOON, QUESTIONNAIRE, a_unit
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

TWO_SCALES = (
    QUESTIONNAIRE
    + """
[[scales]]
id = "care"
title = { zh-Hans = "态度", en = "Care" }

[[items]]
id = "Q5"
scale = "care"
format = "AG5"
text = { zh-Hans = "工作人员有耐心。", en = "The staff were patient." }

[[items]]
id = "Q6"
scale = "care"
format = "AG5"
text = { zh-Hans = "工作人员讲得清楚。", en = "The staff explained things clearly." }
""".encode()
)
DONT_KNOW = b"\xff"


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


def test_ten_sheets_of_which_one_has_a_score_move_nothing(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    citizens = campaigns[Audience.CITIZEN]
    answer(session, citizens, unit, varied_sheets(30))
    score(session, evaluation)

    answer(session, citizens, unit, [DONT_KNOW * 3] * 9 + [bytes([5, 1, 5])])

    with pytest.raises(NothingNewToScore):
        score(session, evaluation)
    answer(session, citizens, unit, [bytes([5, 1, 5])] * 8)
    with pytest.raises(NothingNewToScore):
        score(session, evaluation)
    answer(session, citizens, unit, [bytes([5, 1, 5])])
    run = score(session, evaluation)
    assert read_run(run).outputs.cells["camp-citizen"][unit.code]["ease"].n == 40
    assert cell(run, "citizen", unit).sheet_count == 49


def test_a_scale_few_of_the_batch_answered_stays_behind_while_the_other_moves(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit], content=TWO_SCALES)
    citizens = campaigns[Audience.CITIZEN]
    answer(session, citizens, unit, [sheet + b"\3\4" for sheet in varied_sheets(30)])
    first = score(session, evaluation)
    new = varied_sheets(10)
    answer(session, citizens, unit, [new[0] + b"\1\1", *[s + DONT_KNOW * 2 for s in new[1:]]])

    second = score(session, evaluation)
    answer(session, citizens, unit, [sheet + b"\2\5" for sheet in varied_sheets(10)])
    third = score(session, evaluation)

    before, after = cell(first, "citizen", unit), cell(second, "citizen", unit)
    assert after.moments["care"] == before.moments["care"]
    assert (after.sheet_count, after.moments["ease"]["rows"]) == (40, 40)
    figures = read_run(third).outputs.cells["camp-citizen"][unit.code]
    assert (figures["ease"].n, figures["care"].n) == (50, 41)


@pytest.mark.parametrize(("answered", "moves"), [(0, True), (1, False), (4, False), (5, True)])
def test_an_item_few_of_the_batch_answered_keeps_its_scale_behind(session, answered, moves):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    staff = campaigns[Audience.STAFF]
    answer(session, staff, unit, varied_sheets(12))
    first = score(session, evaluation)
    with_it, without = [bytes([5, 1, 5])] * answered, [bytes([5, 1, 0])] * (10 - answered)
    answer(session, staff, unit, with_it + without)

    if not moves:
        with pytest.raises(NothingNewToScore):
            score(session, evaluation)
        return
    assert cell(score(session, evaluation), "staff", unit) != cell(first, "staff", unit)


def test_a_scale_too_few_have_a_score_on_is_not_in_the_run_until_enough_have(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    staff = campaigns[Audience.STAFF]
    answer(session, staff, unit, [*varied_sheets(4), *[DONT_KNOW * 3] * 8])
    first = score(session, evaluation)
    answer(session, staff, unit, [*varied_sheets(1), *[DONT_KNOW * 3] * 9])

    second = score(session, evaluation)

    assert cell(first, "staff", unit).moments == {}
    assert cell(second, "staff", unit).sheet_count == 22
    assert read_run(second).outputs.cells["camp-staff"][unit.code]["ease"].n == 5


def test_after_the_close_a_scale_moves_by_however_few(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    citizens = campaigns[Audience.CITIZEN]
    answer(session, citizens, unit, varied_sheets(30))
    score(session, evaluation)
    answer(session, citizens, unit, [DONT_KNOW * 3] * 9 + [bytes([5, 1, 5])])

    wind_up(session, citizens)
    run = score(session, evaluation)

    assert read_run(run).outputs.cells["camp-citizen"][unit.code]["ease"].n == 31
    assert cell(run, "citizen", unit).sheet_count == 40


def omega(run, campaign):
    return read_run(run).outputs.pooled[campaign]["ease"].analysis["omega_total_ml"]


def without(sheet, *places):
    return bytes(0 if place in places else tick for place, tick in enumerate(sheet))


def test_figures_of_complete_people_do_not_move_by_one_of_them(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    staff = campaigns[Audience.STAFF]
    answer(session, staff, unit, varied_sheets(20))
    first = score(session, evaluation)
    more = varied_sheets(16, 2)
    gaps = [without(sheet, n % 3) for n, sheet in enumerate(more[1:])]
    answer(session, staff, unit, [more[0], *gaps])

    second = score(session, evaluation)

    assert cell(second, "staff", unit).sheet_count == 36
    assert omega(first, "camp-staff") is not None
    assert omega(second, "camp-staff") is None


def test_a_scale_waits_until_no_pair_of_items_is_answered_by_few_more(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    staff = campaigns[Audience.STAFF]
    answer(session, staff, unit, varied_sheets(20))
    score(session, evaluation)
    more = varied_sheets(12, 2)
    gaps = [without(sheet, n % 2) for n, sheet in enumerate(more[1:])]
    answer(session, staff, unit, [more[0], *gaps])  # one more answered both Q1 and Q2

    with pytest.raises(NothingNewToScore):
        score(session, evaluation)
