import math

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scales import (
    GroupSummary,
    Undefined,
    compare_independent,
    games_howell,
    hedges_correction,
    noncentral_interval,
    rank_sum_test,
    summarise_group,
    welch_anova,
)

points = st.integers(4, 20).map(lambda quarter: quarter / 4)
group = st.lists(points, min_size=4, max_size=40).filter(lambda scores: len(set(scores)) > 1)


def frame(groups):
    rows = [(name, score) for name, scores in groups.items() for score in scores]
    return pd.DataFrame(rows, columns=["group", "score"])


def summaries(groups):
    return {name: summarise_group(np.array(scores)) for name, scores in groups.items()}


def test_a_welch_test_by_hand():
    first, second = GroupSummary(4, 10.0, 2.0), GroupSummary(9, 13.0, 3.0)

    found = compare_independent(first, second)

    # errors² 1 and 1: t = 3/√2, df = 4/(1/3 + 1/8)
    assert found.welch.t == pytest.approx(3 / math.sqrt(2))
    assert found.welch.df == pytest.approx(4 / (1 / 3 + 1 / 8))
    assert found.student.df == 11
    assert found.cohen_d.value == pytest.approx(3 / math.sqrt((3 * 4 + 8 * 9) / 11))
    assert found.d_unpooled == pytest.approx(3 / math.sqrt(6.5))
    assert found.glass_delta == 1.5


def test_turning_the_groups_round_turns_the_sign():
    first, second = GroupSummary(14, 70.0, 12.0), GroupSummary(90, 76.0, 20.0)

    one, two = compare_independent(first, second), compare_independent(second, first)

    assert two.difference == -one.difference
    assert two.welch.p == pytest.approx(one.welch.p)
    assert two.hedges_g.ci95 == pytest.approx([-limit for limit in reversed(one.hedges_g.ci95)])


def test_the_correction_of_hedges_by_hand():
    assert hedges_correction(2) == pytest.approx(1 / math.sqrt(math.pi))
    assert hedges_correction(1) == 0.0
    assert hedges_correction(1_000_000) == pytest.approx(1 - 3 / (4 * 1_000_000 - 1), abs=1e-9)


def test_no_difference_lies_in_the_middle_of_its_interval():
    lower, upper = noncentral_interval(0.0, 30)

    assert lower == pytest.approx(-upper)
    assert upper == pytest.approx(1.959964, abs=1e-6)


@given(first=group, second=group)
@settings(deadline=None, max_examples=30)
def test_two_groups_agree_with_pingouin(first, second):
    test = pingouin.ttest(second, first, correction=True).iloc[0]
    ours = compare_independent(*summaries({"a": first, "b": second}).values())

    assert ours.welch.t == pytest.approx(test["T"], rel=0, abs=1e-9)
    assert ours.welch.df == pytest.approx(test["dof"], rel=1e-9)
    assert ours.welch.p == pytest.approx(test["p_val"], rel=0, abs=1e-9)
    assert ours.cohen_d.value == pytest.approx(
        pingouin.compute_effsize(second, first, eftype="cohen"), rel=0, abs=1e-9
    )
    # pingouin takes the approximate correction
    approximate = 1 - 3 / (4 * ours.student.df - 1)
    assert ours.cohen_d.value * approximate == pytest.approx(
        pingouin.compute_effsize(second, first, eftype="hedges"), rel=0, abs=1e-9
    )


@given(first=group, second=group)
@settings(deadline=None, max_examples=30)
def test_rank_sums_agree_with_pingouin(first, second):
    first, second = np.array(first), np.array(second)
    theirs = pingouin.mwu(second, first, method="asymptotic").iloc[0]
    plain = pingouin.mwu(second, first, method="asymptotic", use_continuity=False).iloc[0]

    ours = rank_sum_test(first, second)

    assert ours.u == pytest.approx(theirs["U_val"])
    assert ours.p_continuity == pytest.approx(theirs["p_val"], rel=0, abs=1e-9)
    assert ours.p == pytest.approx(plain["p_val"], rel=0, abs=1e-9)
    assert ours.common_language == pytest.approx(theirs["CLES"])


@given(st.lists(group, min_size=2, max_size=5))
@settings(deadline=None, max_examples=30)
def test_welch_anova_agrees_with_pingouin(scores):
    groups = {f"g{number}": each for number, each in enumerate(scores)}
    theirs = pingouin.welch_anova(data=frame(groups), dv="score", between="group").iloc[0]

    ours = welch_anova(list(summaries(groups).values()))

    assert ours.f == pytest.approx(theirs["F"], rel=1e-9, abs=1e-9)
    assert (ours.df1, ours.df2) == pytest.approx((theirs["ddof1"], theirs["ddof2"]), rel=1e-9)
    assert ours.p == pytest.approx(theirs["p_unc"], rel=0, abs=1e-9)


def test_games_howell_agrees_with_pingouin():
    random = np.random.default_rng(2)
    groups = {
        name: random.normal(70 + shift, 10 + shift, size)
        for name, shift, size in (("staff", 0, 12), ("partner", 6, 40), ("citizen", 9, 300))
    }
    theirs = pingouin.pairwise_gameshowell(data=frame(groups), dv="score", between="group")

    for ours in games_howell(summaries(groups)):
        turned = theirs[(theirs["A"] == ours.second) & (theirs["B"] == ours.first)]
        straight = theirs[(theirs["A"] == ours.first) & (theirs["B"] == ours.second)]
        sign, row = (1, turned.iloc[0]) if len(turned) else (-1, straight.iloc[0])
        assert ours.difference == pytest.approx(sign * row["diff"], rel=0, abs=1e-9)
        assert ours.standard_error == pytest.approx(row["se"], rel=0, abs=1e-9)
        assert ours.df == pytest.approx(row["df"], rel=0, abs=1e-9)
        assert ours.p == pytest.approx(row["pval"], rel=0, abs=1e-9)


def test_two_groups_by_games_and_howell_are_welch():
    first, second = GroupSummary(20, 70.0, 12.0), GroupSummary(33, 76.0, 9.0)

    (pair,) = games_howell({"a": first, "b": second})

    welch = compare_independent(first, second).welch
    assert (pair.p, *pair.ci95) == pytest.approx((welch.p, *welch.ci95), abs=1e-7)
    assert pair.is_different == (welch.p < 0.05)
    assert welch_anova([first, second]).p == pytest.approx(welch.p)


def test_an_interval_without_zero_goes_with_a_small_p():
    groups = {
        name: GroupSummary(n, mean, sd)
        for name, n, mean, sd in (("a", 30, 60.0, 15.0), ("b", 50, 70.0, 10.0), ("c", 20, 71.0, 30))
    }

    for pair in games_howell(groups):
        assert pair.is_different == (pair.ci95[0] > 0 or pair.ci95[1] < 0)


def test_what_cannot_be_compared_says_why():
    fine, alone, flat = GroupSummary(9, 5.0, 1.0), GroupSummary(1, 5.0, 0.0), GroupSummary(9, 5, 0)
    for wrong, code in (
        ([fine], "one_group"),
        ([fine, alone], "too_few"),
        ([fine, flat], "no_var"),
    ):
        with pytest.raises(Undefined, match=code):
            welch_anova(wrong)
    with pytest.raises(Undefined, match="no_variance"):
        compare_independent(fine, flat)
    with pytest.raises(Undefined, match="too_few_to_compare"):
        summarise_group(np.array([3.0, np.nan]))
    with pytest.raises(Undefined, match="too_few_to_compare"):
        rank_sum_test(np.array([]), np.ones(2))
    with pytest.raises(Undefined, match="no_variance"):
        rank_sum_test(np.ones(3), np.ones(2))
