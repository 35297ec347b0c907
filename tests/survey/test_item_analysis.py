"""Six sheets worked out by hand, then groups, weights and sheets that ended early."""

import math
from pathlib import Path

import numpy as np
import pytest
from answers_files import a_questionnaire, write_csv

from survey.exchange.answers_file import read_answers
from survey.item_analysis import Choices, GroupAnalysis, TooFew, analyse_answers, person_scores

HEADER = ["unit", "audience", "w", "A1", "A2", "A3"]
ROWS = [
    ["U1", "staff", 1, 5, 1, 4],
    ["U1", "staff", 2, 4, 2, 4],
    ["U1", "citizen", 1, 2, 4, 3],
    ["U1", "citizen", 3, 1, 5, 1],
    ["U1", "staff", 1, 3, "", "DK"],  # one answer of three: no score
    ["U2", "staff", 2, 4, 3, ""],
]
SCORES = [14 / 3, 4, 7 / 3, 1, math.nan, 3.5]


def analysed(folder: Path, rows=ROWS, header=HEADER, weight=None, **choices):
    questionnaire = a_questionnaire(screening="P0" in header)
    path = write_csv(folder / "answers.csv", [header, *rows])
    by = choices.pop("by", ())
    columns = [column for breakdown in by for column in breakdown]
    answers = read_answers(path, questionnaire, columns, weight)
    return analyse_answers(questionnaire, answers, Choices(by=by, weight=weight, **choices))


def test_the_figures_of_six_sheets_worked_out_by_hand(tmp_path):
    ease = analysed(tmp_path, missing="listwise").scales["ease"]

    assert (ease.n, ease.n_complete) == (5, 4)
    assert ease.mean_points == pytest.approx(3.1, abs=1e-12)
    assert ease.mean_percent == pytest.approx(52.5, abs=1e-12)
    assert ease.alpha == pytest.approx(36 / 37, abs=1e-12)


def test_items_count_raw_answers_and_shares_of_all_sheets(tmp_path):
    by_item = analysed(tmp_path).scales["ease"].by_item

    assert by_item["A2"].counts == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}
    assert by_item["A2"].mean == 3.0
    assert by_item["A3"].missing_share == by_item["A3"].dont_know_share == 1 / 6


def test_weights_move_the_means_and_leave_the_rest(tmp_path):
    plain, weighted = analysed(tmp_path), analysed(tmp_path, weight="w")

    scores = [14 / 3, 4, 7 / 3, 1, 3.5]
    mean = np.average(scores, weights=[1, 2, 1, 3, 2])
    ease = weighted.scales["ease"]
    assert ease.mean_points == pytest.approx(mean, abs=1e-12)
    assert ease.weighted.n == 5
    assert ease.weighted.effective_n == pytest.approx(9**2 / 19, abs=1e-12)
    assert ease.alpha == plain.scales["ease"].alpha
    assert plain.scales["ease"].weighted is None


def test_each_sheet_has_its_score_and_a_sheet_with_too_few_answers_none(tmp_path):
    questionnaire = a_questionnaire()
    answers = read_answers(write_csv(tmp_path / "a.csv", [HEADER, *ROWS]), questionnaire)

    scores = person_scores(questionnaire, answers)["ease"]

    np.testing.assert_allclose(scores.points, SCORES, atol=1e-12)
    np.testing.assert_allclose(scores.percent, [(s - 1) * 25 for s in SCORES], atol=1e-12)


def test_a_small_group_keeps_its_number_and_nothing_else(tmp_path):
    groups = analysed(tmp_path, by=(("unit",),), minimum=2).by["unit"]

    assert groups["U1"].n == 5
    assert groups["U1"].scales["ease"].n == 4
    assert groups["U2"] == GroupAnalysis(
        1, {"ease": TooFew(1, {"A1": "+", "A2": "-", "A3": "+"})}, ("too_few",)
    )


def test_a_scale_few_people_of_a_group_answered_is_withheld_too(tmp_path):
    groups = analysed(tmp_path, by=(("unit",),), minimum=5).by["unit"]

    assert groups["U1"].warnings == ()
    assert groups["U1"].scales["ease"] == TooFew(4, {"A1": "+", "A2": "-", "A3": "+"})


def test_minimum_one_shows_every_group_and_never_touches_the_whole_file(tmp_path):
    shown = analysed(tmp_path, by=(("unit",),), minimum=1)
    strict = analysed(tmp_path, minimum=1000)

    assert shown.by["unit"]["U2"].scales["ease"].mean_points == 3.5
    assert strict.scales["ease"].n == 5


def test_crossed_groups_have_crossed_keys_in_order(tmp_path):
    by = analysed(tmp_path, by=(("unit", "audience"), ("audience",)), minimum=1).by

    assert list(by) == ["unit,audience", "audience"]
    assert {key: group.n for key, group in by["unit,audience"].items()} == {
        "U1,citizen": 2,
        "U1,staff": 3,
        "U2,staff": 1,
    }


def test_crossed_labels_that_hold_commas_do_not_run_together(tmp_path):
    rows = [["a,b", "c", 1, 1, 1, 1], ["a", "b,c", 1, 1, 1, 1], ["", "c", 1, 1, 1, 1]]

    by = analysed(tmp_path, rows, by=(("unit", "audience"),), minimum=1).by

    assert list(by["unit,audience"]) == [",c", 'a,"b,c"', '"a,b",c']


def test_a_group_counts_like_a_file_of_its_own(tmp_path):
    own = analysed(tmp_path, ROWS[:5], minimum=1)
    group = analysed(tmp_path, by=(("unit",),), minimum=1).by["unit"]["U1"]

    assert group.scales["ease"] == own.scales["ease"]


def test_a_weighted_group_is_a_part_of_the_whole_file(tmp_path):
    whole = analysed(tmp_path, by=(("unit",),), minimum=1, weight="w")
    own = analysed(tmp_path, ROWS[:5], minimum=1, weight="w").scales["ease"]

    group = whole.by["unit"]["U1"].scales["ease"]

    assert group.mean_percent == own.mean_percent
    assert group.ci95_percent != own.ci95_percent  # N is six sheets, not five


def test_sheets_that_an_option_ended_are_counted_apart(tmp_path):
    header = [*HEADER, "P0"]
    rows = [[*row, "often"] for row in ROWS] + [["U2", "staff", 9, "", "", "", "never"]]

    result = analysed(tmp_path, rows, header, by=(("unit",),), minimum=1)

    assert (result.sheets, result.ended) == (6, 1)
    assert result.scales["ease"] == analysed(tmp_path).scales["ease"]
    assert result.by["unit"]["U2"].n == 1


def test_an_ended_sheet_keeps_its_row_without_a_score(tmp_path):
    questionnaire = a_questionnaire(screening=True)
    rows = [["P0", "A1", "A2", "A3"], ["never", 1, 1, 1], ["often", 5, 1, 5]]
    answers = read_answers(write_csv(tmp_path / "a.csv", rows), questionnaire)

    points = person_scores(questionnaire, answers)["ease"].points

    np.testing.assert_array_equal(points, [np.nan, 5.0])


def test_fractions_are_scored_through_the_same_door(tmp_path):
    questionnaire = a_questionnaire({"A1": "+", "A2": "-"}, "FREE")
    rows = [["A1", "A2"], [7.5, 2.5], [4, 6], [9, "DK"], ["", 3]]
    answers = read_answers(write_csv(tmp_path / "a.csv", rows), questionnaire)

    ease = analyse_answers(questionnaire, answers, Choices()).scales["ease"]

    assert (ease.n, ease.mean_percent) == (2, 57.5)
    assert ease.by_item["A2"].dont_know_share == ease.by_item["A1"].missing_share == 0.25
    assert ease.by_item["A1"].counts is None


@pytest.mark.parametrize("cells", [["", "", ""], ["DK", "DK", "DK"]])
def test_a_file_of_unanswered_sheets_has_no_figures_and_says_why(tmp_path, cells):
    ease = analysed(tmp_path, [["U1", "staff", 1, *cells]] * 3, minimum=1).scales["ease"]

    assert (ease.n, ease.mean_percent, ease.alpha) == (0, None, None)
    assert "nobody_scored" in ease.warnings
