import math

import numpy as np
import pytest
from scale_builders import a_scale, pack

from scales import (
    Undefined,
    correlations,
    covariances,
    cronbach_alpha,
    feldt_interval,
    guttman_lambda2,
    guttman_lambda6,
    item_rest_r,
    item_total_r,
    item_total_r_corrected,
    point_covariances,
    scale_moments,
    standard_error_of_measurement,
)

GAP = np.nan
HALVES = np.array([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]])  # every r is one half
TWO_SIZES = np.array([[4.0, 2.0], [2.0, 9.0]])


def test_covariances_of_three_sheets_by_hand():
    scale = a_scale("ab", "b")

    matrix = covariances(scale_moments(pack([[1, 5], [2, 3], [3, 4]], scale), scale))

    np.testing.assert_array_equal(matrix, [[1.0, 0.5], [0.5, 1.0]])


def test_each_covariance_is_of_the_people_who_answered_both():
    scale = a_scale("abc")
    raw = [[1, 2, GAP], [3, 5, 1], [5, GAP, 4], [GAP, 4, 2]]

    matrix = covariances(scale_moments(pack(raw, scale), scale))

    assert matrix[0, 0] == 4.0  # 1, 3, 5
    assert matrix[0, 1] == 3.0  # (1, 2), (3, 5)
    assert matrix[0, 2] == 3.0  # (3, 1), (5, 4)
    assert matrix[1, 2] == -0.5  # (5, 1), (4, 2)


def test_a_pair_answered_by_one_person_has_no_covariance():
    scale = a_scale("ab")

    matrix = covariances(scale_moments(pack([[1, 2], [2, GAP], [GAP, 4]], scale), scale))

    assert np.isnan(matrix[0, 1])
    with pytest.raises(Undefined, match="too_few_for_alpha"):
        cronbach_alpha(matrix)


def test_covariances_of_points_are_those_of_moments():
    scale = a_scale("abcd", "ac")
    rng = np.random.default_rng(5)
    raw = rng.integers(1, 6, (60, 4)).astype(float)
    raw[rng.random(raw.shape) < 0.2] = GAP
    aligned = np.where([True, False, True, False], 6 - raw, raw)

    matrix = covariances(scale_moments(pack(raw, scale), scale))

    np.testing.assert_allclose(point_covariances(aligned), matrix, rtol=0, atol=1e-13)


def test_correlations_divide_by_the_own_diagonal():
    np.testing.assert_allclose(correlations(TWO_SIZES), [[1.0, 1 / 3], [1 / 3, 1.0]], atol=1e-15)


def test_an_item_without_variance_has_no_correlations():
    with pytest.raises(Undefined, match="zero_variance"):
        correlations(np.array([[0.0, 0.0], [0.0, 1.0]]))


def test_alpha_by_hand():
    assert cronbach_alpha(TWO_SIZES) == pytest.approx(2 * (1 - 13 / 17))
    assert cronbach_alpha(HALVES) == pytest.approx(0.75)


def test_feldts_interval_by_hand():
    # F(.975; 1, 1) = 647.789 and F(.025; 1, 1) = 0.00154370 from the table of two people, two items
    lower, upper = feldt_interval(0.5, 2, 2)

    assert lower == pytest.approx(1 - 0.5 * 647.789, rel=1e-5)
    assert upper == pytest.approx(1 - 0.5 * 0.00154370, rel=1e-7)


def test_feldts_interval_has_the_quantiles_of_a_published_table():
    # F(.975; 10, 30) = 2.511 and F(.025; 10, 30) = 1/F(.975; 30, 10) = 1/3.311
    lower, upper = feldt_interval(0.0, 11, 4)

    assert lower == pytest.approx(1 - 2.511, abs=5e-4)
    assert upper == pytest.approx(1 - 1 / 3.311, abs=5e-4)


def test_perfect_agreement_has_an_interval_of_no_width():
    assert feldt_interval(1.0, 5, 3) == (1.0, 1.0)


def test_lambda2_by_hand():
    shared, squares, total = 3.0, 6 * 0.25, 6.0

    assert guttman_lambda2(HALVES) == pytest.approx((shared + math.sqrt(1.5 * squares)) / total)


def test_lambda2_is_above_alpha_when_covariances_differ():
    matrix = np.array([[1.0, 0.8, 0.1], [0.8, 1.0, 0.3], [0.1, 0.3, 1.0]])

    assert guttman_lambda2(matrix) > cronbach_alpha(matrix)


def test_lambda6_by_hand():
    # two items with r = .5 explain 2·.25/(1+.5) = 1/3 of the third
    assert guttman_lambda6(HALVES) == pytest.approx(1 - 3 * (2 / 3) / 6)


@pytest.mark.parametrize("function", [guttman_lambda6, item_total_r_corrected])
def test_equal_items_have_no_squared_multiple_correlation(function):
    with pytest.raises(Undefined, match="singular_matrix"):
        function(np.ones((3, 3)))


def test_a_matrix_that_no_people_can_have_gives_no_lambda6():
    impossible = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])

    with pytest.raises(Undefined, match="singular_matrix"):
        guttman_lambda6(impossible)


def test_alpha_above_one_is_refused_because_no_group_of_people_can_have_it():
    impossible = np.array([[1.0, 2.0], [2.0, 1.0]])

    for function in (cronbach_alpha, guttman_lambda2):
        with pytest.raises(Undefined, match="too_few_for_alpha"):
            function(impossible)


@pytest.mark.parametrize("function", [cronbach_alpha, guttman_lambda2, guttman_lambda6])
def test_one_item_has_no_reliability(function):
    with pytest.raises(Undefined, match="single_item"):
        function(np.ones((1, 1)))


@pytest.mark.parametrize("function", [cronbach_alpha, guttman_lambda2, item_total_r])
def test_items_that_cancel_out_have_no_reliability(function):
    with pytest.raises(Undefined, match="zero_total_variance"):
        function(np.array([[1.0, -1.0], [-1.0, 1.0]]))


def test_the_interval_needs_two_people():
    with pytest.raises(Undefined, match="too_few_for_alpha"):
        feldt_interval(0.8, 1, 3)


def test_item_rest_by_hand():
    # cov(a, b) = 2, sd(a) = 2, sd(b) = 3
    assert item_rest_r(TWO_SIZES, 0) == pytest.approx(1 / 3)
    # cov = 1, the other two together have variance 3
    assert item_rest_r(HALVES, 1) == pytest.approx(1 / math.sqrt(3))


def test_an_item_beside_constant_ones_has_no_item_rest():
    with pytest.raises(Undefined, match="zero_rest_variance"):
        item_rest_r(np.diag([1.0, 0.0, 0.0]), 0)
    with pytest.raises(Undefined, match="zero_variance"):
        item_rest_r(np.diag([1.0, 0.0, 0.0]), 1)


def test_item_total_by_hand():
    assert item_total_r(TWO_SIZES) == pytest.approx([6 / (2 * math.sqrt(17)), 11 / (3 * 17**0.5)])


def test_corrected_item_total_has_the_shared_part_in_the_diagonal():
    # R² = 1/3 in the diagonal: rows sum to 4/3, all to 4
    assert item_total_r_corrected(HALVES) == pytest.approx([2 / 3] * 3)


def test_the_error_of_measurement_is_zero_for_a_perfect_measure():
    assert standard_error_of_measurement(0.8, 0.75) == pytest.approx(0.4)
    assert standard_error_of_measurement(0.8, 1.0) == 0
    assert standard_error_of_measurement(0.8, 1.2) == 0
