import math

import numpy as np
import pytest

from scales import (
    InvalidAnswer,
    Undefined,
    design_effect,
    effective_n,
    t_interval,
    weighted_interval,
    weighted_mean,
    weighted_standard_error,
)

VALUES = np.array([0.0, 50.0, np.nan, 100.0])
WEIGHTS = np.array([1.0, 2.0, 9.0, 1.0])


def test_a_weighted_mean_by_hand():
    assert weighted_mean(VALUES, WEIGHTS) == 50.0
    assert weighted_mean(np.array([10.0, 40.0]), np.array([2.0, 1.0])) == pytest.approx(20.0)


def test_the_error_counts_all_rows_of_the_file():
    # Σ(w(x−m)/Σw)² = (50/4)² · 2
    expected = math.sqrt(10 / 9 * 2 * 12.5**2)

    assert weighted_standard_error(VALUES, WEIGHTS, 10) == pytest.approx(expected)


def test_the_interval_has_one_degree_less_than_rows():
    # t(.975; 3) = 3.182446
    error = weighted_standard_error(VALUES, WEIGHTS, 4)

    assert weighted_interval(VALUES, WEIGHTS, 4)[1] == pytest.approx(
        50 + 3.182446 * error, abs=1e-5
    )


def test_kish_by_hand():
    assert effective_n(np.array([1.0, 3.0])) == pytest.approx(16 / 10)
    assert design_effect(np.array([1.0, 3.0])) == pytest.approx(20 / 16)


def test_the_scale_of_weights_does_not_matter():
    for figure in (weighted_mean, lambda v, w: weighted_standard_error(v, w, 4)):
        assert figure(VALUES, WEIGHTS) == pytest.approx(figure(VALUES, 1000 * WEIGHTS))
    assert effective_n(WEIGHTS) == pytest.approx(effective_n(1000 * WEIGHTS))


def test_equal_weights_change_nothing():
    values = np.array([10.0, 20.0, 60.0, 90.0])
    weights = np.full(4, 0.7)

    assert weighted_mean(values, weights) == pytest.approx(values.mean())
    assert weighted_interval(values, weights, 4) == pytest.approx(
        t_interval(values.mean(), values.std(ddof=1), 4)
    )
    assert effective_n(weights) == pytest.approx(4)
    assert design_effect(weights) == pytest.approx(1)


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_a_weight_that_is_no_positive_number_is_refused(weight):
    with pytest.raises(InvalidAnswer):
        weighted_mean(np.array([1.0, 2.0]), np.array([1.0, weight]))
    with pytest.raises(InvalidAnswer):
        effective_n(np.array([1.0, weight]))


def test_weights_must_be_as_many_as_values():
    with pytest.raises(InvalidAnswer):
        weighted_mean(VALUES, np.ones(3))


def test_nobody_has_no_mean_and_one_person_no_interval():
    with pytest.raises(Undefined, match="nobody_scored"):
        weighted_mean(np.array([np.nan]), np.ones(1))
    with pytest.raises(Undefined, match="too_few_for_interval"):
        weighted_interval(np.array([50.0, np.nan]), np.ones(2), 2)
