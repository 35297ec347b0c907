from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.errors import TreeRefused
from survey.rules.audience import Audience
from survey.rules.indicator import (
    IndicatorDefinition,
    TreeDefinition,
    branch_points_bp,
    check_tree,
    combine_sources,
    direct_points,
)
from survey.rules.scoring.scoring_plan import Source

BOTH = ("zh-Hans", "en")


def title(words):
    return {"zh-Hans": words, "en": words}


def a_source(weight_bp, audience=Audience.CITIZEN, scale="ease"):
    return Source(audience, "service", scale, weight_bp)


def a_tree(*leaf_points, **given):
    leaves = [
        IndicatorDefinition(f"A1{n}", title(f"叶{n}"), "A1", points * 100)
        for n, points in enumerate(leaf_points, 1)
    ]
    branches = [
        IndicatorDefinition("A", title("一级")),
        IndicatorDefinition("A1", title("二级"), "A"),
    ]
    values = {
        "tree_id": "tree",
        "version": 1,
        "title": title("体系"),
        "indicators": (*branches, *leaves),
    }
    return TreeDefinition(**(values | given))


def changed(tree, changed_code, /, **values):
    indicators = tuple(
        replace(node, **values) if node.code == changed_code else node for node in tree.indicators
    )
    return replace(tree, indicators=indicators)


def refusal(tree):
    with pytest.raises(TreeRefused) as refused:
        check_tree(tree, BOTH)
    return refused.value


def test_a_tree_of_three_levels_that_sums_to_100_points_holds():
    assert check_tree(a_tree(70, 30), BOTH) == {"A": 1, "A1": 2, "A11": 3, "A12": 3}


@pytest.mark.parametrize(("points", "total"), [((70, 29), "99.00"), ((70, 31), "101.00")])
def test_a_tree_that_does_not_sum_to_100_points_is_refused_with_the_sum(points, total):
    refused = refusal(a_tree(*points))

    assert refused.code == "tree_points_sum"
    assert refused.values == {"total": total}


@pytest.mark.parametrize(
    ("code", "values", "problem"),
    [
        ("A12", {"code": "A11"}, "tree_code_twice"),
        ("A12", {"parent": "B"}, "tree_parent_missing"),
        ("A12", {"parent": "A11"}, "tree_too_deep"),
        ("A12", {"points_bp": 0}, "tree_leaf_without_points"),
        ("A12", {"points_bp": None}, "tree_leaf_without_points"),
        ("A1", {"points_bp": 100}, "tree_branch_with_points"),
        ("A12", {"title": {"zh-Hans": "只有中文"}}, "tree_title_missing"),
        ("A12", {"sources": (a_source(9_999),)}, "tree_weights_wrong"),
        ("A12", {"sources": (a_source(5_000), a_source(5_000))}, "tree_weights_wrong"),
    ],
)
def test_a_tree_that_does_not_hold_together_is_refused_naming_the_indicator(code, values, problem):
    refused = refusal(changed(a_tree(70, 30), code, **values))

    assert refused.code == problem
    assert "indicator" in refused.values


def test_a_branch_has_the_points_of_its_leaves():
    assert branch_points_bp(a_tree(70, 30)) == {
        "A": 10_000,
        "A1": 10_000,
        "A11": 7_000,
        "A12": 3_000,
    }


def test_a_percent_becomes_its_share_of_the_full_points():
    assert direct_points(82.15, 20) == pytest.approx(16.43, abs=1e-12)


def test_points_are_not_rounded_early():
    assert direct_points(79.996, 100) == pytest.approx(79.996, abs=1e-12)
    assert direct_points(79.996, 100) < 80


def test_all_or_nothing_of_a_percent_is_all_or_nothing_of_the_points():
    assert direct_points(100.0, 7.3) == 7.3
    assert direct_points(0.0, 7.3) == 0.0


GROUPS = (
    a_source(2_500, Audience.STAFF),
    a_source(2_500, Audience.PARTNER),
    a_source(5_000, Audience.CITIZEN),
)


def test_all_groups_there_count_with_the_weights_of_the_plan():
    combined = combine_sources(GROUPS, [60.0, 70.0, 80.0])

    assert combined.percent == 72.5
    assert combined.used_weights == (0.25, 0.25, 0.5)
    assert not combined.is_renormalised


def test_a_group_left_out_is_shared_among_the_others_and_said():
    combined = combine_sources(GROUPS, [60.0, None, 90.0])

    assert combined.used_weights == (pytest.approx(1 / 3), 0.0, pytest.approx(2 / 3))
    assert combined.percent == pytest.approx(80.0)
    assert combined.is_renormalised


def test_without_any_group_there_is_no_score():
    assert combine_sources(GROUPS, [None, None, None]) is None


@given(
    st.lists(
        st.tuples(st.integers(1, 9_999), st.one_of(st.none(), st.floats(0, 100))),
        min_size=1,
        max_size=8,
    )
)
def test_used_weights_sum_to_one_and_the_score_lies_between_the_groups(groups):
    sources = [a_source(weight, scale=str(n)) for n, (weight, _) in enumerate(groups)]
    percents = [percent for _, percent in groups]
    there = [percent for percent in percents if percent is not None]

    combined = combine_sources(sources, percents)

    if combined is None:
        assert not there
        return
    assert sum(combined.used_weights) == pytest.approx(1, abs=1e-12)
    assert min(there) - 1e-9 <= combined.percent <= max(there) + 1e-9
    assert 0 <= combined.percent <= 100
    assert combined.is_renormalised is (len(there) < len(percents))
