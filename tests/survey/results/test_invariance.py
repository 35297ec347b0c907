"""Items in two audiences: what is told of them, when, and over whom."""

import numpy as np
import pytest
from builders import QUESTIONNAIRE, a_unit
from change_builders import ALIKE, lifted_sheets
from evaluation_builders import (
    an_asked_evaluation,
    answer,
    answer_as_offices,
    revise,
    score,
    wind_up,
)

from scales import count_by_total, item_bias, read_questionnaire
from survey.errors import NothingNewToScore
from survey.results import evaluation_results
from survey.rules.audience import Audience

STAFF, PARTNER, CITIZEN = Audience.STAFF, Audience.PARTNER, Audience.CITIZEN
CITIZENS = [lifted_sheets(60, 0.0, n) for n in range(3)]
STAFFS = [lifted_sheets(14, 0.4, 50 + n, third=-1.2) for n in range(3)]


def asked(session, citizens=CITIZENS, staffs=STAFFS, over=(STAFF, CITIZEN)):
    """An evaluation whose units were rated by citizens and staff, and its campaigns."""
    units = [a_unit(session) for _ in citizens]
    evaluation, campaigns = an_asked_evaluation(session, units, (STAFF, CITIZEN))
    for unit, staff, citizen in zip(units, staffs, citizens, strict=True):
        answer(session, campaigns[STAFF], unit, staff)
        answer(session, campaigns[CITIZEN], unit, citizen)
    for audience in over:
        wind_up(session, campaigns[audience])
    return evaluation, campaigns, units


def pair_of(session, evaluation):
    score(session, evaluation)
    (found,) = evaluation_results(session, evaluation).comparisons
    (pair,) = found.differences
    return pair


def biases(*groups):
    """Item bias of the people's own sheets; a group is the sheets of its cells."""
    scale = read_questionnaire(QUESTIONNAIRE).scales[0]
    people = [(n, list(s)) for n, cells in enumerate(groups) for cell in cells for s in cell]
    packed = np.array([sheet for _, sheet in people], dtype=np.uint8)
    group_of = np.array([group for group, _ in people])
    counts = count_by_total(packed, group_of, len(groups), scale)
    return [item_bias(table) for table in counts]


def test_items_are_compared_as_the_peoples_own_sheets_would_be(sqlite_session):
    evaluation, _, _ = asked(sqlite_session)

    pair = pair_of(sqlite_session, evaluation)

    assert pair.campaigns == ("camp-citizen", "camp-staff")
    assert (pair.matched_people, pair.items_withheld) == ((180, 42), None)
    expected = biases(CITIZENS, STAFFS)
    for item, bias in zip(pair.items, expected, strict=True):
        assert item.r2_change == pytest.approx(bias.r2_change, abs=5.1e-4)
        assert item.p == pytest.approx(bias.both.p, abs=5.1e-5)
        assert item.difference_points == pytest.approx(bias.difference_points[1], abs=5.1e-3)
    assert pair.items[2].difference_points < -0.5
    assert pair.items[2].judged_r2 > 0.07


def test_figures_are_rounded_lest_the_sheets_be_fitted_to_them(sqlite_session):
    evaluation, _, _ = asked(sqlite_session)

    for item in pair_of(sqlite_session, evaluation).items:
        assert item.r2_change == round(item.r2_change, 3)
        assert item.p == round(item.p, 4)
        assert item.difference_points == round(item.difference_points, 2)


@pytest.mark.parametrize("over", [(), (STAFF,), (CITIZEN,)])
def test_items_wait_for_the_close_of_both_campaigns(sqlite_session, over):
    evaluation, _, _ = asked(sqlite_session, over=over)

    pair = pair_of(sqlite_session, evaluation)

    assert (pair.items_withheld, pair.matched_people) == ("before_close", None)
    assert all(item.r2_change is None for item in pair.items)
    assert all(None not in item.loadings for item in pair.items)


def skipping(sheets):
    """The same sheets, the last item of each left out."""
    return [bytes([*sheet[:2], 0]) for sheet in sheets]


@pytest.mark.parametrize(
    ("citizens", "staffs", "reason"),
    [
        (CITIZENS, [STAFFS[0][:3] + skipping(STAFFS[0][3:])] * 3, "too_few"),
        (CITIZENS, [STAFFS[0], STAFFS[1][:4], STAFFS[2][:4]], "one_unit"),
        (CITIZENS, [[bytes([*s[:2], 4]) for s in cell] for cell in STAFFS], "all_alike"),
    ],
)
def test_items_are_withheld_where_they_say_too_much(sqlite_session, citizens, staffs, reason):
    evaluation, _, _ = asked(sqlite_session, citizens, staffs)

    pair = pair_of(sqlite_session, evaluation)

    assert (pair.items_withheld, pair.matched_people) == (reason, None)


def test_hidden_cells_and_bands_are_not_among_the_people(sqlite_session):
    cells = [*CITIZENS, lifted_sheets(29), [ALIKE] * 60]
    evaluation, _, _ = asked(sqlite_session, cells, [*STAFFS, lifted_sheets(4), [ALIKE] * 14])

    pair = pair_of(sqlite_session, evaluation)

    assert pair.matched_people == (180, 42)


def test_a_cell_that_late_sheets_did_not_move_is_left_out(sqlite_session):
    evaluation, campaigns, units = asked(sqlite_session, over=())
    score(sqlite_session, evaluation)
    answer(sqlite_session, campaigns[STAFF], units[0], lifted_sheets(4, 1.0))
    for campaign in campaigns.values():
        wind_up(sqlite_session, campaign)

    pair = pair_of(sqlite_session, evaluation)

    assert pair.matched_people == (180, 28)


def test_rejected_sheets_are_not_among_the_people(sqlite_session):
    nearly_empty = [bytes([4, 0, 0])] * 5
    evaluation, _, _ = asked(sqlite_session, [CITIZENS[0] + nearly_empty, *CITIZENS[1:]])

    pair = pair_of(sqlite_session, evaluation)

    assert pair.matched_people == (180, 42)


def test_an_office_is_counted_by_its_last_revision(sqlite_session):
    units = [a_unit(sqlite_session) for _ in range(2)]
    evaluation, campaigns = an_asked_evaluation(sqlite_session, units, (PARTNER, CITIZEN))
    offices = [lifted_sheets(12, 0.2, n) for n in range(2)]
    for unit, cell, citizens in zip(units, offices, CITIZENS, strict=False):
        pairs = answer_as_offices(sqlite_session, campaigns[PARTNER], unit, cell)
        answer(sqlite_session, campaigns[CITIZEN], unit, citizens)
        revise(sqlite_session, pairs[0], bytes([5, 2, 1]), 2)
        cell[0] = bytes([5, 2, 1])
    for campaign in campaigns.values():
        wind_up(sqlite_session, campaign)

    pair = pair_of(sqlite_session, evaluation)

    expected = biases(CITIZENS[:2], offices)
    assert pair.matched_people == (120, 24)
    assert pair.items[2].r2_change == pytest.approx(expected[2].r2_change, abs=5.1e-4)


def test_counting_again_finds_nothing_new(sqlite_session):
    evaluation, _, _ = asked(sqlite_session)
    score(sqlite_session, evaluation)

    with pytest.raises(NothingNewToScore):
        score(sqlite_session, evaluation)
