import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scale_builders import a_scale

from scales import align_keying, analyse_points, analyse_scale, respondent_percent, unpack

SCALE = a_scale("abcd", "bd")

shapes = st.tuples(st.integers(0, 20), st.just(4))
positions = st.sampled_from([0, 1, 2, 3, 4, 5, 255])
sheets = arrays(np.uint8, shapes, elements=positions)
complete_sheets = arrays(np.uint8, shapes, elements=st.integers(1, 5))
policies = st.sampled_from(["pairwise", "listwise"])
CHANGED_BY_KEYING = {"keyed", "counts"}
FROM_COUNTS_ONLY = {"counts", "ordinal_alpha", "ordinal_omega", "warnings"}
FITTED = {"omega_total", "omega_total_ml", "loading"}  # answers made at random may fit two ways


def figures(analysis, *, leave_out=frozenset()):
    """Return every figure under its path."""
    found = {}

    def walk(path, value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key not in leave_out:
                    walk((*path, key), inner)
        elif isinstance(value, tuple):
            for place, inner in enumerate(value):
                walk((*path, place), inner)
        else:
            found[path] = value

    walk((), asdict(analysis))
    return found


def without_fitted(codes):
    other = {"heywood_case", "factor_not_found"}
    return [code for code in codes if not code.startswith("ordinal_") and code not in other]


def mirrored(packed):
    return np.where((packed >= 1) & (packed <= 5), 6 - packed, packed).astype(np.uint8)


@given(sheets, policies)
def test_turning_every_key_and_every_answer_changes_no_figure(packed, policy):
    turned = a_scale("abcd", "ac")

    one = analyse_scale(packed, SCALE, missing=policy)
    other = analyse_scale(mirrored(packed), turned, missing=policy)

    assert figures(one, leave_out=CHANGED_BY_KEYING) == figures(other, leave_out=CHANGED_BY_KEYING)


@given(sheets)
def test_turning_every_key_alone_maps_percent_to_its_complement(packed):
    turned = a_scale("abcd", "ac")

    one, other = analyse_scale(packed, SCALE), analyse_scale(packed, turned)

    assert one.n == other.n
    if one.n:
        assert other.mean_percent == pytest.approx(100 - one.mean_percent)
        assert other.mean_points == pytest.approx(6 - one.mean_points)
    for key in ("alpha", "lambda2", "lambda6", "average_r", "sd_points", "alpha_ci95"):
        assert getattr(one, key) == getattr(other, key)


@given(sheets, st.randoms(use_true_random=False), policies)
def test_the_order_of_the_sheets_changes_no_figure(packed, random, policy):
    order = list(range(len(packed)))
    random.shuffle(order)

    assert analyse_scale(packed[order], SCALE, missing=policy) == analyse_scale(
        packed, SCALE, missing=policy
    )


@given(complete_sheets)
def test_both_policies_agree_without_missing_answers(packed):
    assert analyse_scale(packed, SCALE) == analyse_scale(packed, SCALE, missing="listwise")


@given(sheets)
def test_percent_lies_between_0_and_100(packed):
    percent = respondent_percent(align_keying(unpack(packed, SCALE), SCALE), SCALE)

    scored = percent[~np.isnan(percent)]
    assert np.all((scored >= 0) & (scored <= 100))
    mean = analyse_scale(packed, SCALE).mean_percent
    assert mean is None or 0 <= mean <= 100


@given(sheets, st.floats(0.01, 100))
def test_equal_weights_give_the_unweighted_means(packed, weight):
    plain = analyse_scale(packed, SCALE)

    weighted = analyse_scale(packed, SCALE, weights=np.full(len(packed), weight))

    assert weighted.weighted.n == plain.n
    if plain.n:
        assert weighted.mean_percent == pytest.approx(plain.mean_percent)
        assert weighted.mean_points == pytest.approx(plain.mean_points)
        assert weighted.weighted.design_effect == pytest.approx(1)


@given(sheets, policies)
def test_points_read_as_fractions_give_the_figures_of_packed_answers(packed, policy):
    raw = unpack(packed, SCALE)

    counted = analyse_scale(packed, SCALE, missing=policy)
    read = analyse_points(raw, SCALE, missing=policy, is_dont_know=packed == 255)

    ours, theirs = (figures(one, leave_out=FROM_COUNTS_ONLY | FITTED) for one in (counted, read))
    theirs.pop(("by_item", "a", "counts"), None)
    assert without_fitted(counted.warnings) == without_fitted(read.warnings)
    assert {path for path, value in ours.items() if value is None} == {
        path for path, value in theirs.items() if value is None
    }
    for path, value in ours.items():
        if isinstance(value, float):
            assert math.isclose(value, theirs[path], rel_tol=1e-7, abs_tol=1e-7), path
        else:
            assert value == theirs[path], path
