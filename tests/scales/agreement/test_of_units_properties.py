from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scale_builders import a_scale

from scales import (
    Undefined,
    agreement_of_moments,
    agreement_of_points,
    agreement_of_units,
    align_keying,
    respondent_points,
    scale_moments,
    unpack,
)

UNITS = 4
ALIKE = ("n", "n_complete", "rwg", "ad", "alpha_complete", "reliability")
MEANS = ("means", "shrunken_means")

positions = st.sampled_from([0, 1, 2, 3, 4, 5, 255])
sheets = st.integers(0, 30).flatmap(
    lambda rows: st.tuples(
        arrays(np.uint8, (rows, 4), elements=positions),
        arrays(np.int64, rows, elements=st.integers(-1, UNITS - 1)),
    )
)
SCALE = a_scale("abcd", "bd")


def agreement(packed, unit_of_row, scale=SCALE):
    return agreement_of_units(packed, unit_of_row, scale, unit_count=UNITS)


def assert_alike(ours, theirs, places=None, names=ALIKE + MEANS):
    """Compare all figures, to the bit unless told otherwise; `places` reorders the units."""
    places = np.arange(UNITS) if places is None else places
    assert ours.warnings == theirs.warnings
    assert ours.icc1 == pytest.approx(theirs.icc1, abs=1e-9)
    for name in names:
        np.testing.assert_allclose(
            getattr(ours, name)[places], getattr(theirs, name), rtol=0, atol=1e-9, err_msg=name
        )


@given(sheets)
def test_figures_are_those_of_the_definitions_person_by_person(answers):
    packed, unit_of_row = answers
    aligned = align_keying(unpack(packed, SCALE), SCALE)
    scores = respondent_points(aligned, SCALE)

    result = agreement(packed, unit_of_row)

    for unit in range(UNITS):
        here = scores[(unit_of_row == unit) & ~np.isnan(scores)]
        complete = aligned[(unit_of_row == unit) & ~np.isnan(aligned).any(axis=1)]
        assert (result.n[unit], result.n_complete[unit]) == (len(here), len(complete))
        assert result.means[unit] == pytest.approx(
            here.mean() if len(here) else np.nan, nan_ok=True
        )
        if len(complete) < 2:
            assert np.isnan([result.rwg[unit], result.ad[unit]]).all()
            continue
        agreed = max(0.0, 1 - complete.var(axis=0, ddof=1).mean() / 2)
        assert result.rwg[unit] == pytest.approx(4 * agreed / (4 * agreed + 1 - agreed))
        distances = np.abs(complete - complete.mean(axis=0))
        assert result.ad[unit] == pytest.approx(distances.mean(), abs=1e-12)


@given(sheets)
def test_mean_squares_are_those_of_the_definitions_person_by_person(answers):
    packed, unit_of_row = answers
    scores = respondent_points(align_keying(unpack(packed, SCALE), SCALE), SCALE)
    counts = (unit_of_row >= 0) & ~np.isnan(scores)
    scores, units = scores[counts], unit_of_row[counts]

    squares = agreement(packed, unit_of_row).one_way

    groups = [scores[units == unit] for unit in np.unique(units)]
    if len(groups) < 2 or len(groups) == len(scores):
        assert squares is None
    else:
        between = sum(len(g) * (g.mean() - scores.mean()) ** 2 for g in groups)
        within = sum(((g - g.mean()) ** 2).sum() for g in groups)
        assert squares.between == pytest.approx(between / (len(groups) - 1), abs=1e-12)
        assert squares.within == pytest.approx(within / (len(scores) - len(groups)), abs=1e-12)


@given(sheets)
def test_moments_and_points_give_what_answers_give(answers):
    packed, unit_of_row = answers
    units = [scale_moments(packed[unit_of_row == unit], SCALE) for unit in range(UNITS)]

    result = agreement(packed, unit_of_row)

    moments = agreement_of_moments(units, SCALE)
    assert moments.icc1 == result.icc1
    for name in ALIKE + MEANS:
        np.testing.assert_array_equal(getattr(moments, name), getattr(result, name))
    raw = unpack(packed, SCALE)
    points = agreement_of_points(raw, unit_of_row, SCALE, unit_count=UNITS)
    for name in ("n", "n_complete", "means", "rwg", "ad"):
        np.testing.assert_allclose(
            getattr(points, name), getattr(result, name), rtol=0, atol=1e-9, err_msg=name
        )


@given(sheets, st.randoms(use_true_random=False))
def test_the_order_of_people_items_and_units_changes_nothing(answers, random):
    packed, unit_of_row = answers
    rows, items, units = (
        np.array(random.sample(range(size), size), dtype=np.intp)
        for size in (len(packed), 4, UNITS)
    )
    relabelled = np.where(unit_of_row < 0, -1, units[unit_of_row])
    scale = replace(SCALE, items=tuple(SCALE.items[item] for item in items))

    shuffled = agreement(packed[rows][:, items], relabelled[rows], scale)

    assert_alike(shuffled, agreement(packed, unit_of_row), places=units)


@given(sheets)
def test_reversing_key_and_answers_twice_changes_nothing(answers):
    packed, unit_of_row = answers
    is_answer = (packed > 0) & (packed < 255)
    mirrored = np.where(is_answer, 6 - packed, packed).astype(np.uint8)

    result = agreement(mirrored, unit_of_row, a_scale("abcd", "ac"))

    assert_alike(result, agreement(packed, unit_of_row))


@given(sheets)
def test_reversing_all_keys_mirrors_the_means_and_leaves_agreement(answers):
    packed, unit_of_row = answers
    straight = agreement(packed, unit_of_row)

    turned = agreement(packed, unit_of_row, a_scale("abcd", "ac"))

    assert_alike(turned, straight, names=ALIKE)
    for name in MEANS:
        mirrored = 6 - getattr(turned, name)
        np.testing.assert_allclose(mirrored, getattr(straight, name), rtol=0, atol=1e-9)


@given(sheets)
def test_every_figure_stays_in_its_range(answers):
    result = agreement(*answers)

    assert ((result.rwg >= 0) & (result.rwg <= 1) | np.isnan(result.rwg)).all()
    assert ((result.ad >= 0) & (result.ad <= 2) | np.isnan(result.ad)).all()
    assert result.icc1 is None or result.icc1 <= 1
    assert all(needed is None or needed >= 1 for needed in result.answers_needed.values())


@given(sheets)
def test_joining_two_units_is_adding_their_moments(answers):
    packed, unit_of_row = answers
    first, second, *others = (
        scale_moments(packed[unit_of_row == unit], SCALE) for unit in range(UNITS)
    )

    joined = agreement_of_moments([first + second, *others], SCALE)

    merged = np.where(unit_of_row < 1, unit_of_row, unit_of_row - 1)
    again = agreement_of_units(packed, merged, SCALE, unit_count=UNITS - 1)
    assert joined.icc1 == again.icc1
    np.testing.assert_array_equal(joined.rwg, again.rwg)


def test_moments_without_the_counts_of_complete_people_are_named():
    moments = scale_moments(np.array([[1, 2, 3, 4]], np.uint8), SCALE)

    with pytest.raises(Undefined, match="complete_not_counted"):
        agreement_of_moments([replace(moments, complete_counts=None)], SCALE)
