import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scale_builders import a_scale

from scales import (
    Undefined,
    analyse_scale,
    guttman_split_half,
    odd_even_r,
    point_covariances,
    spearman_brown,
)

FOUR = np.array(
    [[4.0, 1.0, 2.0, 1.0], [1.0, 3.0, 1.0, 1.0], [2.0, 1.0, 5.0, 2.0], [1.0, 1.0, 2.0, 2.0]]
)


def test_halves_by_hand():
    odd, even, shared = 4 + 5 + 2 * 2, 3 + 2 + 2 * 1, 1 + 1 + 1 + 2

    assert odd_even_r(FOUR) == pytest.approx(shared / math.sqrt(odd * even))
    assert guttman_split_half(FOUR) == pytest.approx(4 * shared / FOUR.sum())


@given(st.integers(0, 10**6), st.integers(2, 7))
def test_halves_are_the_sums_of_odd_and_of_even_items(seed, items):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(30, 1)) + rng.normal(size=(30, items))
    odd, even = points[:, ::2].sum(axis=1), points[:, 1::2].sum(axis=1)
    matrix = point_covariances(points)

    assert odd_even_r(matrix) == pytest.approx(np.corrcoef(odd, even)[0, 1], abs=1e-10)
    variances = np.var(odd, ddof=1) + np.var(even, ddof=1)
    assert guttman_split_half(matrix) == pytest.approx(
        2 * (1 - variances / np.var(odd + even, ddof=1)), abs=1e-10
    )


def test_spearman_and_brown_double_the_length():
    assert spearman_brown(0.5) == pytest.approx(2 / 3)
    assert spearman_brown(1.0) == 1.0
    with pytest.raises(Undefined, match="zero_total_variance"):
        spearman_brown(-1.0)


def test_of_two_items_it_is_the_standardized_alpha():
    packed = np.array([[1, 2], [2, 2], [4, 3], [5, 5], [3, 1]], dtype=np.uint8)

    analysis = analyse_scale(packed, a_scale("ab"))

    assert analysis.split_half.spearman_brown == pytest.approx(analysis.alpha_standardized)
    assert analysis.split_half.odd_even_r == pytest.approx(analysis.average_r)
    assert analysis.split_half.guttman == pytest.approx(analysis.alpha)


def test_a_half_that_never_varies_is_refused():
    with pytest.raises(Undefined, match="zero_half_variance"):
        odd_even_r(np.diag([1.0, 0.0, 1.0, 0.0]))
    with pytest.raises(Undefined, match="single_item"):
        odd_even_r(np.eye(1))
