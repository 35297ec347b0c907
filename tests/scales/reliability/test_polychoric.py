"""Polychoric correlations: two steps, zero cells as they are, cost independent of people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import minimize_scalar
from scipy.stats import multivariate_normal

from scales import Undefined, count_pairs, ordinal_alpha, ordinal_omega, polychoric_matrix
from scales.reliability.normal_tables import cell_probabilities, normal_below, normal_thresholds

LIMITS = [-37.0, -2.2, -0.7, 0.0, 1e-9, 0.5, 3.0, 37.0]


def sampled(seed, people=300, r=0.5, items=3, cuts=(-1.0, 0.3, 1.1)):
    random = np.random.default_rng(seed)
    spread = np.full((items, items), r) + (1 - r) * np.eye(items)
    latent = random.multivariate_normal(np.zeros(items), spread, people)
    return (1 + np.digitize(latent, cuts)).astype(np.uint8)


def of_table(table):
    return polychoric_matrix(np.array([table]), 2)[0, 1]


@pytest.mark.parametrize("r", [-0.999999, -0.95, -0.3, 0.0, 0.2, 0.8, 0.99, 0.999999])
def test_the_bivariate_normal_distribution_is_scipys(r):
    spread = multivariate_normal([0, 0], [[1, r], [r, 1]])

    for first in LIMITS:
        for second in LIMITS:
            ours = normal_below(np.array(first), np.array(second), np.array(r))
            assert ours == pytest.approx(spread.cdf([first, second]), abs=1e-12)


def test_the_cells_of_a_table_add_up_and_their_slopes_cancel():
    cuts = np.array([[-1.0, 0.0, 0.5, 2.0]])

    probability, slope = cell_probabilities(cuts, cuts[:, ::-1] * -1, np.array([0.6]))

    assert probability.sum() == pytest.approx(1)
    assert (probability > 0).all()
    assert slope.sum() == pytest.approx(0, abs=1e-15)
    above, _ = cell_probabilities(cuts, cuts[:, ::-1] * -1, np.array([0.6 + 1e-6]))
    np.testing.assert_allclose((above - probability) / 1e-6, slope, atol=1e-5)


def test_a_table_cut_at_the_medians_has_a_closed_form():
    """Of a fourfold table with equal margins: r = sin(2π·(p₁₁ − ¼))."""
    assert of_table([[40, 10], [10, 40]]) == pytest.approx(np.sin(2 * np.pi * 0.15), abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_no_other_correlation_is_more_likely(seed):
    table = count_pairs(sampled(seed, 80, items=2), 4)[0]
    across, down = (
        normal_thresholds(table.sum(axis=(1))[None]),
        normal_thresholds(table.sum(0)[None]),
    )

    def misfit(r):
        cells, _ = cell_probabilities(across, down, np.array([r]))
        return -(table * np.log(np.maximum(cells[0], 1e-300))).sum()

    found = minimize_scalar(misfit, bounds=(-0.999, 0.999), options={"xatol": 1e-9}).x
    assert of_table(table) == pytest.approx(found, abs=1e-6)


def test_the_latent_correlation_is_found_whatever_the_cuts():
    for cuts in [(0.0,), (-1.5, -1.0, -0.5), (-0.5, 0.5, 1.0, 1.5, 2.0)]:
        packed = sampled(3, 100_000, 0.6, cuts=cuts)
        r = polychoric_matrix(count_pairs(packed, len(cuts) + 1), 3)
        np.testing.assert_allclose(r[np.triu_indices(3, 1)], 0.6, atol=0.02)


def test_a_position_nobody_ticked_changes_nothing():
    table = np.array([[20, 5, 1], [6, 30, 8], [0, 7, 23]])
    with_gap = np.insert(np.insert(table, 1, 0, axis=0), 3, 0, axis=1)

    assert of_table(with_gap) == pytest.approx(of_table(table), abs=1e-9)


def test_ten_times_the_people_give_the_same_correlation():
    pairs = count_pairs(sampled(4), 4)

    np.testing.assert_allclose(
        polychoric_matrix(10 * pairs, 3), polychoric_matrix(pairs, 3), atol=1e-9
    )


@settings(max_examples=60)
@given(arrays(np.int64, (4, 4), elements=st.integers(0, 12)))
def test_mirroring_an_item_turns_the_sign(table):
    upright, mirrored = of_table(table), of_table(table[::-1])

    assert np.isnan(upright) == np.isnan(mirrored)
    assert np.isnan(upright) or mirrored == pytest.approx(-upright, abs=1e-4)
    assert np.isnan(upright) or of_table(table.T) == pytest.approx(upright, abs=1e-4)
    assert np.isnan(upright) or -1 <= upright <= 1


def test_reverse_items_are_mirrored_on_request():
    packed = sampled(5)
    turned = packed.copy()
    turned[:, 1] = 5 - turned[:, 1]

    r = polychoric_matrix(count_pairs(turned, 4), 3, np.array([False, True, False]))

    np.testing.assert_allclose(r, polychoric_matrix(count_pairs(packed, 4), 3), atol=1e-8)


def test_answers_in_step_correlate_at_one():
    assert of_table([[5, 0, 0], [0, 9, 0], [0, 0, 4]]) == 1.0
    assert of_table([[0, 0, 5], [0, 9, 0], [4, 0, 0]]) == -1.0
    assert of_table([[7, 0], [3, 8]]) == 1.0  # an empty cell of a fourfold table


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[3, 4], [0, 0]], [[0, 4], [0, 2]]])
def test_an_item_answered_in_one_way_has_no_correlation(table):
    assert np.isnan(of_table(table))

    with pytest.raises(Undefined, match="ordinal_pair_missing"):
        ordinal_alpha(polychoric_matrix(np.array([table]), 2))


def test_contradicting_correlations_have_an_alpha_but_no_omega():
    r = np.array([[1.0, 0.9, 0.9], [0.9, 1.0, 0.1], [0.9, 0.1, 1.0]])

    assert ordinal_alpha(r) == pytest.approx(1.5 * (1 - 3 / r.sum()))
    with pytest.raises(Undefined, match="ordinal_singular"):
        ordinal_omega(r)


def test_two_items_have_an_ordinal_alpha_but_no_ordinal_omega():
    r = polychoric_matrix(count_pairs(sampled(6, items=2), 4), 2)

    assert ordinal_alpha(r) == pytest.approx(2 * r[0, 1] / (1 + r[0, 1]))
    with pytest.raises(Undefined, match="two_items"):
        ordinal_omega(r)
