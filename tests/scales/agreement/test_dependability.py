import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scales import (
    InvalidAnswer,
    Undefined,
    answers_before_rounding,
    answers_needed,
    more_answers_needed,
    reliability_of_unit_mean,
    shrunken_means,
)

correlations = st.floats(0.001, 0.999)
targets = st.sampled_from([0.7, 0.8, 0.9])


def test_answers_needed_are_those_of_the_designs_example():
    assert [answers_needed(0.1, target) for target in (0.7, 0.8, 0.9)] == [21, 36, 81]


def test_a_whole_number_of_answers_is_not_rounded_up_once_more():
    assert answers_before_rounding(0.1, 0.8) > 36  # by the last digit of float64
    assert answers_needed(0.1, 0.8) == 36


@given(correlations, targets)
def test_the_answers_needed_are_enough_and_one_fewer_is_not(icc1, target):
    needed = answers_needed(icc1, target)

    assert reliability_of_unit_mean(needed, icc1) >= target * (1 - 1e-9)
    assert needed == 1 or reliability_of_unit_mean(needed - 1, icc1) < target


@pytest.mark.parametrize("icc1", [0.0, -0.2, math.nan])
def test_no_number_of_answers_is_enough_where_units_do_not_differ(icc1):
    with pytest.raises(Undefined, match="units_do_not_differ"):
        answers_needed(icc1, 0.8)


@pytest.mark.parametrize("target", [0.0, 1.0, 80.0])
def test_a_reliability_out_of_reach_is_refused(target):
    with pytest.raises(InvalidAnswer):
        answers_needed(0.2, target)


def test_a_dependable_unit_needs_no_more_answers():
    assert more_answers_needed(30, 0.1, 0.8) == 6
    assert more_answers_needed(36, 0.1, 0.8) == 0
    assert more_answers_needed(500, 0.1, 0.8) == 0


def test_reliability_grows_from_that_of_one_answer_and_is_zero_of_nobody():
    n = np.array([0, 1, 2, 10**9])

    assert reliability_of_unit_mean(n, 0.25) == pytest.approx([0, 0.25, 0.4, 1])
    assert list(reliability_of_unit_mean(n, -0.1)) == [0, 0, 0, 0]


@given(correlations, st.integers(1, 1000), st.floats(1, 5))
def test_a_shrunken_mean_lies_between_the_centre_and_the_mean(icc1, n, mean):
    (shrunken,) = shrunken_means(np.array([mean]), np.array([n]), icc1, 3.0)

    assert min(3.0, mean) - 1e-12 <= shrunken <= max(3.0, mean) + 1e-12


def test_the_unit_of_fewer_answers_is_drawn_further_to_the_centre():
    few, many = shrunken_means(np.array([5.0, 5.0]), np.array([2, 200]), 0.1, 3.0)

    assert 3.0 < few < many < 5.0
