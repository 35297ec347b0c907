import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scale_builders import a_scale, pack
from scipy.optimize import minimize
from scipy.special import expit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from scales import InvalidAnswer, Undefined, count_by_total, fit_proportional_odds, item_bias

SCALE = a_scale("abcdef", "c")
BIASED = 1


def answers(seed, people=900, bias=0.0, slope=0.0):
    """Six items of one trait; the second answers higher in group 2, or follows the trait less."""
    random = np.random.default_rng(seed)
    group = random.integers(0, 3, people)
    trait = random.normal(0.3 * group, 1)
    loads = np.ones((people, 6))
    loads[:, BIASED] -= slope * (group == 2)
    latent = trait[:, None] * loads + random.normal(size=(people, 6))
    latent[:, BIASED] += bias * (group == 2)
    aligned = np.clip(np.rint(3 + latent), 1, 5)
    raw = np.where(np.arange(6) == 2, 6 - aligned, aligned)
    return raw, aligned, group


def counts_of(raw, group, groups=3):
    return count_by_total(pack(raw, SCALE), group, groups, SCALE)


def test_counts_by_total_by_hand():
    scale = a_scale("ab", "b", points=3)
    packed = np.array([[3, 1], [1, 3], [2, 2], [2, 0], [3, 3]], dtype=np.uint8)

    counts = count_by_total(packed, np.array([0, 0, 1, 1, -1]), 2, scale)

    assert counts.shape == (2, 2, 5, 3)
    assert counts.sum(axis=(1, 2, 3)).tolist() == [3, 3]  # one sheet has a gap, one no group
    assert counts[0, 0, 4].tolist() == [0, 0, 1]
    assert counts[1, 0, 4].tolist() == [0, 0, 1]
    assert counts[0, 1, 2].tolist() == [0, 1, 0]


def test_counts_of_different_sheets_add_up():
    raw, _, group = answers(1)

    parts = counts_of(raw[:300], group[:300]) + counts_of(raw[300:], group[300:])

    np.testing.assert_array_equal(parts, counts_of(raw, group))


@pytest.mark.parametrize("item", [1, 2])
def test_the_three_models_agree_with_statsmodels(item):
    raw, aligned, group = answers(3, bias=0.8, slope=0.4)
    total = aligned.sum(axis=1)
    score = (total - total.mean()) / total.std()
    dummies = np.eye(3)[group][:, 1:]
    predictors = (
        score[:, None],
        np.column_stack([score, dummies]),
        np.column_stack([score, dummies, dummies * score[:, None]]),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it doubts its last digit
        fits = [
            OrderedModel(aligned[:, item].astype(int), each, distr="logit").fit(
                method="bfgs", disp=False, gtol=1e-9, maxiter=1000
            )
            for each in predictors
        ]

    ours = item_bias(counts_of(raw, group)[item])

    likelihoods = [fit.llf for fit in fits]
    assert ours.uniform.chi2 == pytest.approx(2 * (likelihoods[1] - likelihoods[0]), abs=1e-7)
    assert ours.non_uniform.chi2 == pytest.approx(2 * (likelihoods[2] - likelihoods[1]), abs=1e-7)
    assert ours.both.chi2 == pytest.approx(2 * (likelihoods[2] - likelihoods[0]), abs=1e-7)
    assert (ours.uniform.df, ours.both.df) == (2, 4)
    most = 1 - np.exp(2 * fits[0].llnull / len(raw))
    small, _, large = (1 - np.exp(2 * (fits[0].llnull - each) / len(raw)) for each in likelihoods)
    assert ours.r2_change == pytest.approx((large - small) / most, abs=1e-9)


def test_thresholds_and_effects_are_those_of_a_general_optimiser():
    _, aligned, group = answers(5, people=300)
    x = np.column_stack([aligned.sum(axis=1) / 5 - 4, group == 1])
    observed = aligned[:, 0].astype(int) - 1
    table = np.eye(5, dtype=int)[observed]

    def loss(values):
        cuts = np.append(np.cumsum(np.append(values[0], np.exp(values[1:4]))), np.inf)
        up = expit(cuts[observed] - x @ values[4:])
        cuts = np.append(-np.inf, cuts[:-1])
        return -np.log(up - expit(cuts[observed] - x @ values[4:])).sum()

    theirs = minimize(loss, np.array([-3, 0, 0, 0, 0, 0.0]), method="BFGS", options={"gtol": 1e-6})

    ours = fit_proportional_odds(table, x)

    assert ours.log_likelihood == pytest.approx(-theirs.fun, abs=1e-7)
    assert ours.effects == pytest.approx(theirs.x[4:], abs=1e-4)
    assert ours.thresholds[0] == pytest.approx(theirs.x[0], abs=1e-4)


def test_a_shifted_item_is_found_and_the_others_are_not():
    raw, _, group = answers(7, people=3000, bias=1.0)

    found = [item_bias(each) for each in counts_of(raw, group)]

    assert [each.band != "negligible" for each in found] == [False, True, *[False] * 4]
    assert found[BIASED].uniform.p < 1e-20
    assert found[BIASED].difference_points[2] > 0.4
    assert found[BIASED].difference_points[0] < 0


def test_an_item_that_follows_the_trait_less_is_found_as_not_uniform():
    raw, _, group = answers(9, people=3000, slope=0.9)

    found = item_bias(counts_of(raw, group)[BIASED])

    assert found.non_uniform.p < 1e-10
    assert found.r2_change > found.r2_change_uniform


def test_without_bias_few_items_are_suspected():
    suspected = p_small = 0
    for seed in range(40):
        raw, _, group = answers(100 + seed, people=400)
        for each in counts_of(raw, group):
            found = item_bias(each)
            suspected += found.band != "negligible"
            p_small += found.both.p < 0.05

    assert suspected / 240 <= 0.01
    assert 0.01 <= p_small / 240 <= 0.10


@given(st.permutations([0, 1, 2]))
@settings(deadline=None, max_examples=6)
def test_the_order_of_the_groups_does_not_matter(order):
    counts = counts_of(*answers(11, people=300, bias=0.5)[::2])[BIASED]

    one, two = item_bias(counts), item_bias(counts[order])

    assert two.both.chi2 == pytest.approx(one.both.chi2, abs=1e-7)
    assert two.difference_points == tuple(one.difference_points[group] for group in order)


def test_a_score_that_tells_the_answer_ends_all_the_same():
    scale = a_scale("a", points=3)
    packed = np.repeat([1, 2, 3], 20).astype(np.uint8)[:, None]

    found = item_bias(count_by_total(packed, np.tile([0, 1], 30), 2, scale)[0])

    assert found.both.chi2 == pytest.approx(0, abs=1e-6)
    assert found.band == "negligible"


def test_what_cannot_be_compared_says_why():
    raw, _, group = answers(13, people=60)
    counts = counts_of(raw, group)[0]
    flat, apart = np.zeros_like(counts), np.zeros_like(counts)
    flat[:, 12, 2] = 5
    apart[[0, 1, 2], [4, 12, 20], [1, 2, 3]] = 5
    apart[0, 4, 0] = 5
    for wrong, code in (
        (counts[:1], "one_group"),
        (counts * np.array([0, 1, 1])[:, None, None], "too_few_to_compare"),
        (flat, "no_variance"),
        (apart, "groups_not_comparable"),
    ):
        with pytest.raises(Undefined, match=code):
            item_bias(wrong)
    for sheets, groups in ((pack(raw, SCALE), group[1:]), (pack(raw, SCALE), group + 1)):
        with pytest.raises(InvalidAnswer):
            count_by_total(sheets, groups, 3, SCALE)
