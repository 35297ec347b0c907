import math

import numpy as np
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scales import (
    InvalidAnswer,
    PairSummary,
    Undefined,
    compare_pairs,
    signed_rank_test,
    summarise_pairs,
)

GAP = np.nan
BEFORE = np.array([2.0, 3.0, 4.0, 3.0, GAP, 5.0])
AFTER = np.array([3.0, 3.0, 5.0, 2.5, 4.0, GAP])

points = st.integers(4, 20).map(lambda quarter: quarter / 4)
pairs = st.lists(st.tuples(points, points), min_size=4, max_size=40)


def differs(scores):
    return np.ptp(scores) > 0


def test_people_with_one_score_are_left_out():
    summary = summarise_pairs(BEFORE, AFTER)

    assert (summary.n, summary.mean_before, summary.mean_after) == (4, 3.0, 13.5 / 4)


def test_a_paired_test_by_hand():
    found = compare_pairs(summarise_pairs(BEFORE, AFTER))

    # changes 1, 0, 1, −½: mean 0.375, sd 0.75
    assert found.mean_change == pytest.approx(0.375)
    assert found.sd_change == pytest.approx(0.75)
    assert found.test.t == pytest.approx(1.0)
    assert found.d_z.value == pytest.approx(0.5)
    assert found.g_z.value == pytest.approx(0.5 * math.sqrt(math.pi) / 2 / math.sqrt(1.5))


def test_before_and_after_turned_round_turns_the_sign():
    one = compare_pairs(summarise_pairs(BEFORE, AFTER))
    two = compare_pairs(summarise_pairs(AFTER, BEFORE))

    assert two.d_z.ci95 == pytest.approx([-limit for limit in reversed(one.d_z.ci95)])
    assert two.g_av == pytest.approx(-one.g_av)


def test_equal_deviations_and_half_a_correlation_make_all_effects_one():
    found = compare_pairs(PairSummary(50, 60.0, 65.0, 10.0, 10.0, 0.5))

    assert found.d_z.value == pytest.approx(0.5)
    assert found.d_av == pytest.approx(0.5)
    assert found.d_rm == pytest.approx(0.5)
    assert found.d_av_mean_sd == pytest.approx(0.5)


@given(pairs)
@settings(deadline=None, max_examples=40)
def test_pairs_agree_with_pingouin(scores):
    before, after = np.array(scores).T
    if not (differs(before) and differs(after) and differs(after - before)):
        return
    theirs = pingouin.ttest(after, before, paired=True).iloc[0]

    ours = compare_pairs(summarise_pairs(before, after))

    assert ours.test.t == pytest.approx(theirs["T"], rel=1e-9, abs=1e-9)
    assert ours.test.p == pytest.approx(theirs["p_val"], rel=0, abs=1e-9)
    # pingouin's paired d is d_av
    assert ours.d_av == pytest.approx(
        pingouin.compute_effsize(after, before, paired=True, eftype="cohen"), rel=0, abs=1e-9
    )


@given(pairs)
@settings(deadline=None, max_examples=40)
def test_signed_ranks_agree_with_pingouin(scores):
    before, after = np.array(scores).T
    if not differs(np.append(after - before, 0)):
        return
    both = [
        pingouin.wilcoxon(after, before, correction=correction, method="asymptotic").iloc[0]
        for correction in (False, True)
    ]

    ours = signed_rank_test(before, after)

    total = ours.n * (ours.n + 1) / 2
    assert min(ours.v, total - ours.v) == both[0]["W_val"]
    assert ours.p == pytest.approx(both[0]["p_val"], rel=0, abs=1e-9)
    assert ours.p_continuity == pytest.approx(both[1]["p_val"], rel=0, abs=1e-9)


def test_what_cannot_be_compared_says_why():
    with pytest.raises(InvalidAnswer):
        summarise_pairs(BEFORE, AFTER[1:])
    with pytest.raises(Undefined, match="too_few_to_compare"):
        summarise_pairs(BEFORE[:1], AFTER[:1])
    with pytest.raises(Undefined, match="no_variance"):
        summarise_pairs(np.ones(3), np.arange(3.0))
    with pytest.raises(Undefined, match="no_variance"):
        compare_pairs(summarise_pairs(np.arange(5.0), np.arange(5.0) + 1))  # all moved by one
    with pytest.raises(Undefined, match="no_variance"):
        signed_rank_test(BEFORE, BEFORE)
    with pytest.raises(Undefined, match="too_few_to_compare"):
        compare_pairs(PairSummary(1, 1.0, 2.0, 1.0, 1.0, 0.0))
