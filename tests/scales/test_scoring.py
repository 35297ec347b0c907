from fractions import Fraction

import numpy as np
import pytest
from scale_builders import a_scale

from scales import InvalidAnswer, points_to_percent, respondent_percent, respondent_points

GAP = np.nan


def test_a_score_is_the_mean_of_the_answered_items():
    scores = respondent_points(np.array([[1.0, 2.0, 4.0], [5.0, GAP, 4.0]]), a_scale("abc"))

    assert scores == pytest.approx([7 / 3, 4.5])


def test_two_thirds_of_three_items_are_two_items():
    scores = respondent_points(np.array([[5.0, GAP, GAP], [5.0, GAP, 3.0]]), a_scale("abc"))

    np.testing.assert_array_equal(scores, [GAP, 4.0])


@pytest.mark.parametrize(
    ("share", "answered", "has_score"),
    [
        (Fraction(2, 3), 4, True),
        (Fraction(2, 3), 3, False),
        (Fraction(1, 2), 3, True),
        (Fraction(1), 5, False),
        (Fraction(1), 6, True),
    ],
)
def test_the_share_of_six_items_is_counted_exactly(share, answered, has_score):
    sheet = np.array([[3.0] * answered + [GAP] * (6 - answered)])

    score = respondent_points(sheet, a_scale("abcdef", min_answered=share))

    assert (not np.isnan(score[0])) is has_score


def test_percent_runs_from_the_lowest_to_the_highest_point():
    scale = a_scale("ab", lowest=0, points=11)

    percent = respondent_percent(np.array([[0.0, 0.0], [10.0, 10.0], [3.0, 4.0]]), scale)

    assert percent == pytest.approx([0, 100, 35])


def test_the_highest_of_seven_points_is_exactly_100():
    percent = points_to_percent(np.array([1.0, 2.0, 4.0, 7.0]), a_scale("a", points=7))

    assert percent.tolist() == [0.0, pytest.approx(100 / 6), 50.0, 100.0]


def test_a_straight_table_need_not_start_at_zero():
    scale = a_scale("a", percent=[90, 80, 70, 60, 50])

    assert points_to_percent(np.array([1.0, 2.5, 5.0]), scale).tolist() == [90.0, 75.0, 50.0]


def test_each_point_goes_through_the_table_before_the_mean():
    scale = a_scale("ab", percent=[0, 10, 50, 90, 100])

    percent = respondent_percent(np.array([[1.0, 3.0], [2.0, 2.0]]), scale)

    assert percent == pytest.approx([25, 10])  # the mean point is 2 for both


def test_a_fraction_lies_between_two_rows_of_the_table():
    scale = a_scale("ab", percent=[0, 10, 50, 90, 100], fractional=True)

    assert points_to_percent(np.array([2.25, 4.5, GAP]), scale) == pytest.approx(
        [20, 95, GAP], nan_ok=True
    )


@pytest.mark.parametrize("function", [respondent_points, respondent_percent])
def test_a_matrix_with_other_columns_has_no_scores(function):
    with pytest.raises(InvalidAnswer):
        function(np.ones((2, 4)), a_scale("abc"))
