import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scales import not_distinguishable

units = st.lists(
    st.tuples(st.integers(60, 90).map(float), st.sampled_from([0.0, 1.0, 4.0])), max_size=8
)


def arrays_of(pairs):
    return tuple(np.array([pair[side] for pair in pairs]) for side in (0, 1))


def test_close_units_cannot_be_told_apart_and_the_best_comes_first():
    alike = not_distinguishable(np.array([70.0, 90, 71, 72]), np.array([1.0, 1, 1, 1]))

    assert alike == ((3, 2), (), (3, 0), (2, 0))


def test_likeness_does_not_pass_from_one_pair_to_the_next():
    alike = not_distinguishable(np.array([70.0, 72.0, 74.0]), np.array([1.0, 1.0, 1.0]))

    assert alike == ((1,), (2, 0), (1,))


def test_equal_means_without_error_cannot_be_told_apart():
    assert not_distinguishable(np.array([70.0, 70.0]), np.array([0.0, 0.0])) == ((1,), (0,))


def test_all_pairs_at_once_ask_for_a_wider_distance():
    means, errors = np.array([70.0, 73.0, 60.0, 50.0]), np.ones(4)

    assert not_distinguishable(means, errors)[0] == ()
    assert not_distinguishable(means, errors, family="all")[0] == (1,)


@given(units)
def test_likeness_is_mutual_and_nobody_is_like_itself(pairs):
    alike = not_distinguishable(*arrays_of(pairs))

    for unit, others in enumerate(alike):
        assert unit not in others
        assert all(unit in alike[other] for other in others)


@pytest.mark.parametrize("seed", range(20))
def test_a_pair_is_told_apart_where_welchs_test_would(seed):
    random = np.random.default_rng(seed)
    first = random.normal(0, 1, random.integers(3, 15))
    second = random.normal(1.2, 2, random.integers(3, 15))
    groups = (first, second)
    means = np.array([group.mean() for group in groups])
    errors = np.array([group.std(ddof=1) / len(group) ** 0.5 for group in groups])
    degrees = np.array([len(group) - 1.0 for group in groups])

    alike = not_distinguishable(means, errors, degrees=degrees)

    is_told_apart = stats.ttest_ind(first, second, equal_var=False).pvalue < 0.05
    assert alike == (((), ()) if is_told_apart else ((1,), (0,)))
