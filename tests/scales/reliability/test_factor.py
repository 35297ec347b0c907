"""One factor by minimum residuals and by maximum likelihood, and the omegas they give."""

import numpy as np
import pytest
from scipy.optimize import minimize

from scales import (
    Undefined,
    omega_total,
    omega_total_ml,
    one_factor_minres,
    one_factor_ml,
)
from scales.reliability.factor import SMALLEST_UNIQUENESS

LOADINGS = np.array([0.8, 0.7, 0.6, 0.5])
BOTH = pytest.mark.parametrize("fit", [one_factor_minres, one_factor_ml])


def implied(loadings):
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1.0)
    return correlation


def sampled(seed, people=200, loadings=LOADINGS):
    random = np.random.default_rng(seed)
    answers = random.multivariate_normal(np.zeros(len(loadings)), implied(loadings), people)
    return np.corrcoef(answers.T)


HEYWOOD = np.array([[1.0, 0.75, 0.7], [0.75, 1.0, 0.4], [0.7, 0.4, 1.0]])  # l₁² would be 1.31


@BOTH
def test_the_loadings_behind_a_matrix_are_found(fit):
    factor = fit(implied(LOADINGS))

    np.testing.assert_allclose(factor.loadings, LOADINGS, atol=1e-7)
    np.testing.assert_allclose(factor.uniquenesses, 1 - LOADINGS**2, atol=1e-7)
    assert not factor.is_heywood


def test_omega_by_hand():
    """Σl = 2.6, Σu² = 4 − 1.74: (2.6²)/(2.6² + 2.26), from either factor."""
    correlation = implied(LOADINGS)

    expected = 6.76 / (6.76 + 2.26)

    assert omega_total(one_factor_minres(correlation), correlation) == pytest.approx(expected)
    assert omega_total_ml(one_factor_ml(correlation)) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_no_other_loadings_leave_smaller_residuals(seed):
    correlation = sampled(seed)
    pairs = np.triu_indices(4, 1)

    def residuals(loadings):
        return ((correlation - np.outer(loadings, loadings))[pairs] ** 2).sum()

    found = minimize(residuals, np.full(4, 0.5), tol=1e-12).x
    np.testing.assert_allclose(one_factor_minres(correlation).loadings, found, atol=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_no_other_factor_is_more_likely(seed):
    covariance = sampled(seed) * np.outer([1.0, 2.0, 0.5, 1.5], [1.0, 2.0, 0.5, 1.5])

    def misfit(values):
        model = np.outer(values[:4], values[:4]) + np.diag(np.exp(values[4:]))
        return np.linalg.slogdet(model)[1] + np.trace(np.linalg.solve(model, covariance))

    start = np.concatenate([np.sqrt(np.diag(covariance)) * 0.6, np.log(np.diag(covariance) * 0.6)])
    found = minimize(misfit, start, tol=1e-10).x
    factor = one_factor_ml(covariance)
    np.testing.assert_allclose(factor.loadings, found[:4], atol=1e-3)
    np.testing.assert_allclose(factor.uniquenesses, np.exp(found[4:]), atol=1e-3)


@BOTH
def test_an_item_explained_entirely_is_kept_off_zero_and_named(fit):
    factor = fit(HEYWOOD)

    assert factor.is_heywood
    assert factor.uniquenesses[0] == pytest.approx(SMALLEST_UNIQUENESS)
    assert (factor.uniquenesses > 0).all()


@BOTH
def test_the_order_of_the_items_does_not_matter(fit):
    order, correlation = np.array([2, 0, 3, 1]), sampled(7)

    turned = fit(correlation[np.ix_(order, order)])

    np.testing.assert_allclose(turned.loadings, fit(correlation).loadings[order], atol=1e-8)


@BOTH
def test_a_reverse_item_turns_the_sign_of_its_loading_only(fit):
    signs, correlation = np.array([1.0, 1.0, -1.0, 1.0]), sampled(7)

    turned = fit(correlation * np.outer(signs, signs))

    np.testing.assert_allclose(turned.loadings, fit(correlation).loadings * signs, atol=1e-8)


def test_omega_on_covariances_does_not_depend_on_the_range_of_points():
    correlation = sampled(3)

    assert omega_total_ml(one_factor_ml(100 * correlation)) == pytest.approx(
        omega_total_ml(one_factor_ml(correlation)), abs=1e-12
    )


@BOTH
@pytest.mark.parametrize("people", [8, 12, 30])
def test_small_and_unruly_samples_end_somewhere(fit, people):
    for seed in range(60):
        factor = fit(sampled(seed, people, np.array([0.9, -0.2, 0.1, 0.5, 0.0])))
        assert np.isfinite(factor.loadings).all()
        assert factor.loadings.sum() >= 0


@BOTH
@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        (np.eye(1), "single_item"),
        (implied(LOADINGS[:2]), "two_items"),
        (np.ones((3, 3)), "singular_matrix"),
        (np.where(np.eye(3, dtype=bool), 1.0, np.nan), "too_few_for_alpha"),
    ],
)
def test_where_there_is_no_factor_the_reason_is_named(fit, matrix, code):
    with pytest.raises(Undefined) as reason:
        fit(matrix)

    assert reason.value.code == code


def test_items_without_a_common_factor_have_an_omega_of_zero():
    correlation = np.eye(4)

    assert omega_total(one_factor_minres(correlation), correlation) == pytest.approx(0, abs=1e-9)
