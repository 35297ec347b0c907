import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scales import Undefined, one_way, one_way_reml


def summaries(groups):
    n = np.array([len(group) for group in groups])
    means = np.array([np.mean(group) if len(group) else np.nan for group in groups])
    squares = np.array([np.var(group) * len(group) if len(group) else 0.0 for group in groups])
    return n, means, squares


@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(2, 12))
def test_balanced_units_have_the_estimates_of_the_mean_squares(seed, units, size):
    random = np.random.default_rng(seed)
    scores = random.normal(random.normal(0, 0.6, (units, 1)), 1, (units, size))
    n, means, squares = summaries(scores)
    table = one_way(n, means, squares, scores.mean())

    reml = one_way_reml(n, means, squares)

    between = max(0.0, (table.between - table.within) / size)
    assert reml.between == pytest.approx(between, abs=1e-7)
    assert reml.mean == pytest.approx(scores.mean())
    if between:
        assert reml.within == pytest.approx(table.within, rel=1e-7)
        assert reml.icc == pytest.approx(table.icc1(), abs=1e-7)


def test_units_alike_beyond_chance_have_no_variance_between():
    reml = one_way_reml(*summaries([(1, 5), (2, 4), (3, 3), (5, 1)]))

    assert (reml.between, reml.icc) == (0.0, 0.0)
    assert list(reml.shrunken_means) == [3.0] * 4


def test_a_unit_of_nobody_is_predicted_at_the_mean():
    reml = one_way_reml(*summaries([(1.0, 2.0), (), (4.0, 5.0)]))

    assert reml.shrunken_means[1] == reml.mean
    assert reml.conditional_sd[1] == pytest.approx(reml.between**0.5)


@pytest.mark.parametrize(
    ("groups", "code"),
    [
        ([(1, 2)], "single_unit"),
        ([(1,), (2,)], "one_answer_per_unit"),
        ([(1, 1), (2, 2)], "no_differences_within"),
    ],
)
def test_what_cannot_be_estimated_says_why(groups, code):
    with pytest.raises(Undefined, match=code):
        one_way_reml(*summaries(groups))
