"""What must not matter does not matter, for every key of the result."""

import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scale_builders import ANY_ANSWER, a_scale

from scales import analyse_moments, analyse_scale, scale_moments

ITEMS = "abcdef"
policies = st.sampled_from(["pairwise", "listwise"])
seeds = st.integers(0, 10**6)
few = settings(max_examples=15)


def answers(seed, *, people=120, items=6, points=5, skipped=0.05):
    """Return packed answers with one common factor, so that every figure exists."""
    rng = np.random.default_rng(seed)
    loadings = rng.uniform(0.5, 0.85, items)
    common = rng.normal(size=(people, 1))
    latent = loadings * common + np.sqrt(1 - loadings**2) * rng.normal(size=(people, items))
    cuts = np.linspace(-1.2, 1.2, points - 1)
    packed = (1 + np.digitize(latent, cuts)).astype(np.uint8)
    packed[rng.random(packed.shape) < skipped] = rng.choice([0, 255])
    return packed


def turned(packed, columns, points=5):
    """Return the answers with these columns ticked from the other end."""
    other = packed.copy()
    part = other[:, columns]
    is_answer = (part >= 1) & (part <= points)
    other[:, columns] = np.where(is_answer, points + 1 - part, part)
    return other


def assert_alike(ours, theirs, path=()):
    """Compare all keys; what is iterated may differ by the last steps of its search."""
    assert type(ours) is type(theirs), path
    if isinstance(ours, dict):
        assert ours.keys() == theirs.keys(), path
        for key in ours:
            assert_alike(ours[key], theirs[key], (*path, key))
    elif isinstance(ours, tuple):
        assert len(ours) == len(theirs), path
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            assert_alike(one, other, (*path, place))
    elif isinstance(ours, float):
        assert math.isclose(ours, theirs, rel_tol=1e-6, abs_tol=1e-6), (path, ours, theirs)
    else:
        assert ours == theirs, path


def figures(packed, scale, **choices):
    return asdict(analyse_scale(packed, scale, **choices))


def without(analysis, *keys):
    """Return the figures without these keys of the scale and of each item."""
    kept = {key: value for key, value in analysis.items() if key not in keys}
    kept["by_item"] = {
        item: {key: value for key, value in of_item.items() if key not in keys}
        for item, of_item in analysis["by_item"].items()
    }
    return kept


@few
@given(seeds, policies)
def test_every_figure_of_these_answers_exists(seed, policy):
    analysis = figures(answers(seed), a_scale(ITEMS), missing=policy)

    empty = {key for key, value in analysis.items() if value is None}
    assert empty == {"weighted", "kr20", "bootstrap"}
    assert all(None not in of_item.values() for of_item in analysis["by_item"].values())


@few
@given(seeds, st.permutations(range(len(ITEMS))), policies)
def test_the_order_of_the_items_matters_to_halves_only(seed, order, policy):
    packed = answers(seed)
    shuffled = a_scale("".join(ITEMS[place] for place in order), "bd")

    one = figures(packed, a_scale(ITEMS, "bd"), missing=policy)
    other = figures(packed[:, order], shuffled, missing=policy)

    of_order = ("items", "split_half", "warnings")
    assert_alike(without(one, *of_order), without(other, *of_order))
    assert set(one["warnings"]) == set(other["warnings"])


@few
@given(seeds, policies)
def test_the_order_of_the_respondents_matters_to_nothing(seed, policy):
    packed, scale = answers(seed), a_scale(ITEMS, "bd")
    order = np.random.default_rng(seed).permutation(len(packed))

    one = figures(packed, scale, missing=policy, bootstrap=50)
    other = figures(packed[order], scale, missing=policy, bootstrap=50)

    assert one == other


@few
@given(seeds, st.sets(st.integers(0, len(ITEMS) - 1)), policies)
def test_reversing_items_twice_matters_to_raw_counts_only(seed, columns, policy):
    packed = answers(seed)
    reverse = "".join(ITEMS[column] for column in columns)

    one = figures(packed, a_scale(ITEMS), missing=policy)
    other = figures(turned(packed, sorted(columns)), a_scale(ITEMS, reverse), missing=policy)

    assert without(one, "keyed", "counts") == without(other, "keyed", "counts")


@few
@given(seeds)
def test_turning_all_keys_maps_the_score_to_its_complement_and_leaves_reliability(seed):
    packed = answers(seed)

    one = figures(packed, a_scale(ITEMS, "bd"))
    other = figures(packed, a_scale(ITEMS, "acef"))

    assert other["mean_percent"] == pytest.approx(100 - one["mean_percent"])
    moved = ("mean_points", "mean_percent", "ci95_percent")
    of_items = ("keyed", "mean", "skew", "floor_share", "ceiling_share")
    assert_alike(without(one, *moved, *of_items), without(other, *moved, *of_items))


@few
@given(seeds, st.lists(st.integers(0, 120), min_size=1, max_size=4), st.randoms())
def test_moments_merged_in_any_order_give_the_figures_of_all_sheets(seed, cuts, random):
    packed, scale = answers(seed), a_scale(ITEMS, "bd")
    parts = [scale_moments(part, scale, with_pairs=True) for part in np.split(packed, sorted(cuts))]
    random.shuffle(parts)

    merged = parts[0]
    for part in parts[1:]:
        merged = merged + part

    assert analyse_moments(merged, scale) == analyse_scale(packed, scale)


@pytest.mark.parametrize("points", range(2, 12))
@pytest.mark.parametrize("lowest", [0, 1])
def test_where_a_format_starts_moves_points_and_nothing_else(points, lowest):
    packed = answers(points, points=points)

    here = figures(packed, a_scale(ITEMS, "b", lowest=lowest, points=points))
    there = figures(packed, a_scale(ITEMS, "b", lowest=7, points=points))

    assert there["mean_points"] == pytest.approx(here["mean_points"] + 7 - lowest)
    assert_alike(without(here, "mean_points", "mean", "counts"),
                 without(there, "mean_points", "mean", "counts"))  # fmt: skip
    assert (here["kr20"] is not None) == (points == 2)
    assert here["kr20"] in (None, here["alpha"])


@pytest.mark.parametrize("people", [0, 1, 2, 5])
@pytest.mark.parametrize("items", [1, 2, 3, 9])
@pytest.mark.parametrize("policy", ["pairwise", "listwise"])
def test_any_size_gives_a_result_and_reasons(people, items, policy):
    scale = a_scale("abcdefghi"[:items], "b", min_answered=ANY_ANSWER)
    packed = answers(people + items, people=people, items=items)

    analysis = analyse_scale(packed, scale, missing=policy, bootstrap=20)

    assert (analysis.alpha is not None) or analysis.warnings
    assert analysis.by_item.keys() == set("abcdefghi"[:items])
