"""Agreement of groups, quality of sheets and raters, as the result file has them."""

import numpy as np
import pytest
from answers_files import a_questionnaire, write_csv

from survey.exchange.answers_file import read_answers
from survey.item_analysis import Choices, analyse_answers, check_sheets, counted_rows
from survey.item_analysis.raters import balanced_part, ratings_of

HEADER = ["unit", "seconds", "A1", "A2", "A3"]
ROWS = [
    *[["U1", 40, 5, 1, 4], ["U1", 30, 4, 2, 5], ["U1", "", 5, 2, 5]] * 2,
    *[["U2", 35, 2, 4, 1], ["U2", 33, 1, 5, 2], ["U2", "50秒", 2, 5, 2]] * 2,
    ["U3", 20, 3, 3, 3],
    ["", 20, 5, 1, 5],
]


@pytest.fixture
def analysed(tmp_path):
    def of(rows=ROWS, header=HEADER, **choices):
        questionnaire = a_questionnaire()
        by = choices.pop("by", (("unit",),))
        columns = [column for breakdown in by for column in breakdown]
        columns += choices.get("raters") or ()
        answers = read_answers(
            write_csv(tmp_path / "a.csv", [header, *rows]), questionnaire, columns
        )
        return analyse_answers(questionnaire, answers, Choices(by=by, **choices))

    return of


def test_units_that_differ_are_told_apart_and_small_ones_show_nothing(analysed):
    ease = analysed(minimum=3).agreement["unit"]["ease"]

    assert ease.icc1 > 0.8
    assert list(ease.units) == ["U1", "U2", "U3"]  # an empty label is no unit
    assert ease.units["U1"].mean_points > ease.units["U1"].shrunken_mean_points
    assert ease.units["U1"].more_answers == {"0.7": 0, "0.8": 0, "0.9": 0}
    small = ease.units["U3"]
    assert (small.n, small.mean_points, small.warnings) == (1, None, ("too_few",))
    assert set(small.more_answers.values()) == {None}


def test_a_small_unit_still_counts_in_the_icc_of_the_file(analysed):
    shown, withheld = (analysed(minimum=n).agreement["unit"]["ease"] for n in (1, 3))

    assert shown.icc1 == withheld.icc1
    assert shown.p == withheld.p
    assert 0 < shown.p < 1
    assert shown.units["U3"].mean_points == 3.0


def test_head_counts_narrow_the_interval_and_give_the_response_rate(analysed):
    heads = {"U1": 8, "U2": 3, "U3": 1}
    whole = analysed(minimum=1, head_counts=heads)
    units = whole.agreement["unit"]["ease"].units
    plain = whole.by["unit"]["U1"].scales["ease"].ci95_percent

    assert units["U1"].response_rate == 0.75
    low, high = units["U1"].ci95_percent
    assert (high - low) == pytest.approx((plain[1] - plain[0]) * np.sqrt(1 - 6 / 8))
    assert (units["U2"].response_rate, units["U2"].ci95_percent) == (None, None)
    assert "more_answers_than_people" in units["U2"].warnings
    assert units["U3"].response_rate == 1.0


def test_flags_are_counted_by_rule_and_nothing_is_taken_out(analysed):
    fast = [[*row[:1], 2, *row[2:]] for row in ROWS[:2]]

    result = analysed([*ROWS, *fast])

    quality = result.quality
    assert (quality.sheets, quality.flagged) == (16, 2)
    assert quality.rules["too_fast"].flagged == 2
    assert quality.rules["burst"].flagged is None  # a file says nothing of arrivals
    ease = quality.scales["ease"]
    assert (ease.n, ease.n_without) == (16, 14)
    assert ease.mean_percent == pytest.approx(result.scales["ease"].mean_percent)
    assert ease.mean_percent_without == pytest.approx(analysed().scales["ease"].mean_percent)


def test_without_a_column_of_seconds_nobody_is_said_to_be_fast(analysed):
    quality = analysed([row[:1] + row[2:] for row in ROWS], ["unit", "A1", "A2", "A3"]).quality

    assert (quality.rules["too_fast"].flagged, quality.rules["too_fast"].share) == (None, None)


def test_ended_sheets_are_not_checked(tmp_path):
    questionnaire = a_questionnaire(screening=True)
    rows = [["P0", "A1", "A2", "A3"], ["never", "", "", ""], ["often", 5, 1, 5]]
    answers = read_answers(write_csv(tmp_path / "a.csv", rows), questionnaire)

    result = analyse_answers(questionnaire, answers, Choices())

    assert counted_rows(questionnaire, answers.packed).tolist() == [1]
    assert result.quality.rules["incomplete"].flagged == 0


def test_limits_chosen_are_those_the_result_names(tmp_path, analysed):
    from scales import QualityLimits

    questionnaire = a_questionnaire()
    answers = read_answers(write_csv(tmp_path / "b.csv", [HEADER, *ROWS]), questionnaire)
    limits = QualityLimits(synonym_r=0.3)
    counted = counted_rows(questionnaire, answers.packed)

    checked = check_sheets(questionnaire, answers, counted, limits)

    found = analyse_answers(questionnaire, answers, Choices(), checked).quality
    assert found.limits["synonym_r"] == 0.3


def test_the_balanced_part_leaves_out_whoever_has_most_gaps():
    gap = np.nan
    ratings = np.array([[1, 2, gap], [2, 3, gap], [3, 3, 4], [gap, gap, 5.0]])

    np.testing.assert_array_equal(balanced_part(ratings), [[1, 2], [2, 3], [3, 3]])


def test_ratings_stand_by_target_and_rater_whatever_the_order_of_the_rows():
    ratings, came_twice = ratings_of(["b", "a", "b"], ["x", "x", "y"], np.array([1.0, 2.0, 3.0]))

    np.testing.assert_array_equal(ratings, [[2.0, np.nan], [1.0, 3.0]])
    assert not came_twice


def test_raters_of_nothing_in_common_are_said_so(analysed):
    rows = [["U1", 1, 5, 1, 4], ["U2", 1, 4, 2, 4]]
    header = ["unit", "who", "A1", "A2", "A3"]
    rows[1][1] = 2

    found = analysed(rows, header, by=(), raters=("unit", "who")).rater_agreement["ease"]

    assert found.iccs == {}
    assert found.warnings[0] == "not_balanced"
    assert found.warnings[-1].startswith("too_few_")
