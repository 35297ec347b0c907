"""Units beside each other: ranks with their uncertainty, for scales, scores and totals."""

import math

import numpy as np
import pytest
from builders import NOON, a_unit
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets

from scales import rank_intervals
from survey.evaluate.enter import enter_manual_value
from survey.evaluate.place import Placed, standings
from survey.rules.audience import Audience
from survey.storage.queries.figures import read_run

STAFF, CITIZEN = Audience.STAFF, Audience.CITIZEN
ALIKE = bytes([5, 1, 5])


def placed(means, errors, categories=None):
    codes = [f"U{number}" for number in range(len(means))]
    return standings(
        {
            code: Placed(category, mean, error, 30.0)
            for code, mean, error, category in zip(
                codes, means, errors, categories or ["政府部门"] * len(means), strict=True
            )
        }
    )


def test_units_far_apart_keep_their_places_and_near_ones_share_them():
    found = placed([90.0, 60.0, 59.5, 20.0], [1.0, 3.0, 3.0, 1.0])

    assert [(s.place, s.low, s.high) for s in found.values()] == [
        (1, 1, 1),
        (2, 2, 3),
        (3, 2, 3),
        (4, 4, 4),
    ]
    assert [s.alike for s in found.values()] == [(), ("U2",), ("U1",), ()]


def test_units_are_placed_within_their_category_and_one_alone_is_not():
    found = placed([90.0, 60.0, 50.0], [1.0] * 3, ["政府部门", "政府部门", "事业单位"])

    assert set(found) == {"U0", "U1"}
    assert {s.compared_count for s in found.values()} == {2}


def test_of_very_many_that_cannot_be_told_apart_the_nearest_are_named():
    found = placed([50.0 + n / 100 for n in range(40)], [5.0] * 40)

    assert {standing.alike_count for standing in found.values()} == {39}
    assert found["U0"].alike == tuple(f"U{n}" for n in range(30, 0, -1))  # best first


def test_the_order_of_units_does_not_matter():
    units = {f"U{n}": Placed("政府部门", 50.0 + n, 4.0, 20.0) for n in range(6)}

    assert standings(units) == standings(dict(reversed(units.items())))


def scored(session, sheets, points=(20.0, 20.0, 20.0)):
    """Staff and citizens of three units; returns units and the run's outputs."""
    units = [a_unit(session) for _ in sheets]
    evaluation, campaigns = an_asked_evaluation(session, units)
    for number, (unit, (staff, citizens)) in enumerate(zip(units, sheets, strict=True)):
        answer(session, campaigns[STAFF], unit, staff)
        answer(session, campaigns[CITIZEN], unit, citizens)
        enter_manual_value(
            session,
            evaluation,
            unit_code=unit.code,
            indicator_code="A21",
            points=points[number],
            entered_by="officer",
            now=NOON,
        )
    return units, read_run(score(session, evaluation)).outputs


def test_the_error_of_a_unit_score_adds_up_over_audiences(sqlite_session):
    sheets = [
        (varied_sheets(12, n), [ALIKE] * (10 * n) + varied_sheets(60, 10 + n)) for n in range(6)
    ]

    units, outputs = scored(sqlite_session, sheets, points=(20.0,) * 6)

    scores, errors, freedom = [], [], []
    for unit in units:
        # a third of the weight for staff, two thirds for citizens: partners have not answered
        cells = [outputs.cells[f"camp-{a}"][unit.code]["ease"] for a in ("staff", "citizen")]
        weights = (1 / 3, 2 / 3)
        parts = [w * f.sd_percent / math.sqrt(f.n) for w, f in zip(weights, cells, strict=True)]
        error = math.hypot(*parts)
        below = sum(p**4 / (f.n - 1) for p, f in zip(parts, cells, strict=True))
        scores.append(outputs.units[unit.code].score.value)
        errors.append(error)
        freedom.append(error**4 / below)
    expected = rank_intervals(np.array(scores), np.array(errors), degrees=np.array(freedom))
    found = [outputs.units[unit.code].score_standing for unit in units]
    assert [s.low for s in found] == expected.low.tolist()
    assert [s.high for s in found] == expected.high.tolist()
    assert [s.place for s in found] == expected.rank.tolist()


def test_points_entered_by_hand_have_no_error_and_part_totals(sqlite_session):
    sheets = [(varied_sheets(12, 1), varied_sheets(40, 2))] * 3

    units, outputs = scored(sqlite_session, sheets, points=(0.0, 15.0, 30.0))

    totals = [outputs.units[unit.code].total_standing for unit in units]
    scores = [outputs.units[unit.code].score_standing for unit in units]
    assert (
        [total.place for total in totals]
        == [3, 2, 1]
        == [outputs.units[unit.code].rank for unit in units]
    )
    assert {s.place for s in scores} == {1}  # the same answers: the same score
    assert all(len(s.alike) == 2 for s in scores)


def test_a_unit_whose_figure_is_a_band_is_not_placed_and_changes_no_place(sqlite_session):
    others = [(varied_sheets(12, n), varied_sheets(40, 10 + n)) for n in range(2)]

    units, outputs = scored(sqlite_session, [*others, ([ALIKE] * 12, varied_sheets(40, 9))])

    banded = outputs.units[units[2].code]
    assert (banded.score_standing, banded.total_standing) == (None, None)
    assert units[2].code not in outputs.agreement["camp-staff"]["ease"].units
    assert {outputs.units[u.code].score_standing.compared_count for u in units[:2]} == {2}


def test_a_place_lies_inside_its_interval_and_is_the_order_of_the_means(sqlite_session):
    sheets = [(varied_sheets(12, n), varied_sheets(30 + n, 10 + n)) for n in range(5)]

    units, outputs = scored(sqlite_session, sheets, points=(20.0,) * 5)

    found = [outputs.agreement["camp-citizen"]["ease"].units[u.code].standing for u in units]
    means = [outputs.cells["camp-citizen"][u.code]["ease"].mean_percent for u in units]
    assert all(s.low <= s.place <= s.high for s in found)
    assert [s.place for s in found] == pytest.approx(np.argsort(np.argsort(-np.array(means))) + 1)
