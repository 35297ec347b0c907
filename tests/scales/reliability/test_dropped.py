import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scales import (
    Undefined,
    alpha_if_dropped,
    correlations,
    cronbach_alpha,
    guttman_lambda6,
    lambda6_if_dropped,
    point_covariances,
)

GAP = np.nan
seeds = st.integers(0, 10**6)


def a_covariance(seed, items=6, people=40):
    rng = np.random.default_rng(seed)
    return point_covariances(rng.normal(size=(people, 1)) + rng.normal(size=(people, items)))


def one_by_one(figure, matrix):
    def without(item):
        try:
            return figure(np.delete(np.delete(matrix, item, axis=0), item, axis=1))
        except Undefined:
            return GAP

    return [without(item) for item in range(len(matrix))]


@given(seeds)
def test_alphas_are_those_of_the_matrix_without_the_item(seed):
    matrix = a_covariance(seed)

    expected = one_by_one(cronbach_alpha, matrix)

    np.testing.assert_allclose(alpha_if_dropped(matrix), expected, rtol=0, atol=1e-11)


@given(seeds)
def test_one_inverse_gives_the_lambda6_of_every_rest(seed):
    matrix = correlations(a_covariance(seed))

    expected = one_by_one(guttman_lambda6, matrix)

    quick = lambda6_if_dropped(matrix, np.linalg.eigvalsh(matrix)[0])
    np.testing.assert_allclose(quick, expected, rtol=0, atol=1e-9)
    np.testing.assert_allclose(lambda6_if_dropped(matrix), expected, rtol=0, atol=1e-12)


def test_without_the_repeated_item_lambda6_exists():
    matrix = correlations(a_covariance(1, items=4))
    matrix = matrix[np.ix_([0, 1, 2, 3, 3], [0, 1, 2, 3, 3])]  # the last item twice

    result = lambda6_if_dropped(matrix, np.linalg.eigvalsh(matrix)[0])

    assert np.isnan(result).tolist() == [True, True, True, False, False]


@pytest.mark.parametrize("figure", [alpha_if_dropped, lambda6_if_dropped])
def test_an_item_without_entries_leaves_the_rest_a_figure(figure):
    matrix = correlations(a_covariance(2, items=4))
    matrix[1, :] = matrix[:, 1] = GAP

    assert np.isnan(figure(matrix)).tolist() == [True, False, True, True]


@pytest.mark.parametrize("figure", [alpha_if_dropped, lambda6_if_dropped])
@pytest.mark.parametrize("items", [1, 2])
def test_a_rest_of_one_item_has_no_figure(figure, items):
    assert np.isnan(figure(np.eye(items))).all()


def test_a_rest_that_cancels_out_has_no_alpha():
    matrix = np.array([[1.0, -1.0, 0.2], [-1.0, 1.0, 0.1], [0.2, 0.1, 1.0]])

    assert np.isnan(alpha_if_dropped(matrix)).tolist() == [False, False, True]
