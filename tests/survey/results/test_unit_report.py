"""One unit's report: rankings of its category, what its scores are worth, what it never says."""

from dataclasses import replace

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

from survey.errors import UnitNotFound
from survey.evaluate.plan import current_plan, save_plan
from survey.results import RankedBy, evaluation_results, unit_report
from survey.rules.audience import Audience, Minima
from survey.rules.scoring.scoring_plan import read_plan

STAFF, PARTNER, CITIZEN = Audience.STAFF, Audience.PARTNER, Audience.CITIZEN
CODES = ("U-1", "U-2", "U-3")


@pytest.fixture
def evaluation(sqlite_session):
    units = [a_unit(sqlite_session, code=code, name=f"单位{code}") for code in CODES]
    units.append(a_unit(sqlite_session, code="U-9", category="事业单位"))
    evaluation, campaigns = an_asked_evaluation(sqlite_session, units)
    for number, unit in enumerate(units):
        answer(sqlite_session, campaigns[CITIZEN], unit, varied_sheets(40 + number, number))
        answer(sqlite_session, campaigns[STAFF], unit, varied_sheets(4 if number == 2 else 12, 7))
        answer_as_offices(
            sqlite_session, campaigns[PARTNER], unit, varied_sheets(6, number), invited=8
        )
    for audience in (STAFF, PARTNER):
        wind_up(sqlite_session, campaigns[audience])
    score(sqlite_session, evaluation)
    return evaluation


def ranking(report, by, campaign=None):
    (found,) = (r for r in report.rankings if r.by is by and r.campaign == campaign)
    return found


def test_rankings_hold_the_units_of_the_category_best_first(sqlite_session, evaluation):
    report = unit_report(sqlite_session, evaluation, "U-1")

    found = ranking(report, RankedBy.SCALE, "camp-citizen")

    assert {unit.code for unit in found.units} == set(CODES)
    assert [unit.standing.place for unit in found.units] == [1, 2, 3]
    values = [unit.value for unit in found.units]
    assert values == sorted(values, reverse=True)


def test_a_hidden_cell_stands_last_without_figure_place_or_worth(sqlite_session, evaluation):
    report = unit_report(sqlite_session, evaluation, "U-3")

    last = ranking(report, RankedBy.SCALE, "camp-staff").units[-1]
    (cell,) = (cell for cell in report.unit.cells if cell.audience is STAFF)

    assert (last.code, last.value, last.ci95, last.standing) == ("U-3", None, None, None)
    assert last.not_shown.code == "too_few"
    assert (cell.response_rate, cell.head_count, cell.issued_count) == (None, None, None)
    hidden = cell.scores[0]
    assert (hidden.top, hidden.reliability, hidden.shrunken_percent) == (None, None, None)
    assert (hidden.more_answers, hidden.standing) == (None, None)


def test_the_report_says_what_the_results_say(sqlite_session, evaluation):
    results = evaluation_results(sqlite_session, evaluation)

    for unit in results.units:
        assert unit_report(sqlite_session, evaluation, unit.code).unit == unit


def test_a_shown_score_says_what_it_is_worth(sqlite_session, evaluation):
    report = unit_report(sqlite_session, evaluation, "U-1")

    (cell,) = (cell for cell in report.unit.cells if cell.audience is CITIZEN)
    found = cell.scores[0]

    assert set(found.more_answers) == {"0.7", "0.8", "0.9"}
    assert found.reliability is not None
    assert found.standing.compared_count == 3
    assert cell.response_rate is None  # an open code is issued to nobody


def test_a_unit_no_run_holds_is_not_found(sqlite_session, evaluation):
    with pytest.raises(UnitNotFound):
        unit_report(sqlite_session, evaluation, "U-none")


def test_without_a_run_there_is_no_report(sqlite_session):
    unit = a_unit(sqlite_session, code="U-0")
    unscored, _ = an_asked_evaluation(sqlite_session, [unit])

    with pytest.raises(UnitNotFound):
        unit_report(sqlite_session, unscored, "U-0")


def test_under_a_plan_with_a_higher_minimum_nothing_of_a_smaller_cell_is_left(
    sqlite_session, evaluation
):
    plan = read_plan(current_plan(sqlite_session, evaluation).content)
    minima = {**plan.minima, STAFF: Minima(shown=13, subgroup=20, graded=20)}
    save_plan(sqlite_session, evaluation, replace(plan, minima=minima), NOON)
    score(sqlite_session, evaluation)

    report = unit_report(sqlite_session, evaluation, "U-1")

    (cell,) = (cell for cell in report.unit.cells if cell.audience is STAFF)
    hidden = cell.scores[0]
    worth = (hidden.top, hidden.reliability, hidden.shrunken_percent, hidden.standing)
    assert (cell.sheet_count, cell.response_rate, hidden.mean_percent) == (None, None, None)
    assert worth == (None, None, None, None)
    assert ranking(report, RankedBy.SCALE, "camp-staff").agreement is None
