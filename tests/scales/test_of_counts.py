import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scale_builders import a_scale

from scales import (
    DONT_KNOW,
    InvalidAnswer,
    analyse_answer_counts,
    analyse_scale,
    respondent_percent,
    scale_moments,
    share_in_counts,
    summarise_answer_counts,
)
from scales.keying import align_keying, unpack

SCALE = a_scale("abc")
full = arrays(np.uint8, st.tuples(st.integers(1, 30), st.just(3)), elements=st.integers(1, 5))


def counts_of(packed):
    return scale_moments(packed, SCALE).counts


@given(full)
def test_where_everybody_answered_everything_counts_give_the_mean_of_the_people(packed):
    people = respondent_percent(align_keying(unpack(packed, SCALE), SCALE), SCALE)

    found = summarise_answer_counts(counts_of(packed), SCALE)

    assert found.n == len(packed)
    assert found.mean_percent == pytest.approx(people.mean(), abs=1e-9)


def test_every_item_weighs_the_same_however_many_answered_it():
    packed = np.array([[5, 5, 1], [5, 5, 0], [5, 5, DONT_KNOW]], dtype=np.uint8)

    found = summarise_answer_counts(counts_of(packed), SCALE)

    assert found.n == 1
    assert found.mean_percent == pytest.approx((100 + 100 + 0) / 3)


def test_an_item_that_nobody_answered_leaves_no_mean():
    found = summarise_answer_counts(counts_of(np.array([[5, 5, 0]], dtype=np.uint8)), SCALE)

    assert (found.n, found.mean_points, found.mean_percent) == (0, None, None)


def test_all_are_alike_only_where_no_item_got_two_different_answers():
    alike = np.array([[5, 4, 1]] * 6, dtype=np.uint8)
    other = np.vstack([alike, np.array([[5, 4, 2]], dtype=np.uint8)])

    assert summarise_answer_counts(counts_of(alike), SCALE).is_alike
    assert not summarise_answer_counts(counts_of(other), SCALE).is_alike


def test_items_are_described_as_with_sheets_and_nothing_is_said_of_two_answers_of_one():
    packed = np.array([[5, 4, 1], [2, 3, 0], [DONT_KNOW, 3, 2], [1, 1, 5]], dtype=np.uint8)
    by_sheets = analyse_scale(packed, SCALE).by_item

    found = analyse_answer_counts(counts_of(packed), SCALE)

    for item, figures in found.by_item.items():
        for name in ("n", "mean", "sd", "counts", "missing_share", "dont_know_share"):
            assert getattr(figures, name) == getattr(by_sheets[item], name)
        assert figures.r_drop is None
    assert found.warnings[0] == "counts_only"
    assert (found.alpha, found.ci95_percent, found.omega_total) == (None, None, None)


def test_the_interval_of_a_share_takes_the_answers_of_one_person_to_be_alike():
    packed = np.array([[5, 5, 5]] * 10 + [[1, 1, 1]] * 10, dtype=np.uint8)

    share = share_in_counts(counts_of(packed), SCALE, (4, 5))

    assert (share.n_on_levels, share.n_answers, share.share) == (30, 60, 0.5)
    assert share.ci95 == pytest.approx((0.299, 0.701), abs=1e-3)  # of 20 people


def test_counts_of_another_scale_are_refused():
    with pytest.raises(InvalidAnswer):
        summarise_answer_counts(np.zeros((2, 7), dtype=np.int64), SCALE)
