import numpy as np
import pytest
from scale_builders import a_scale

from scales import DONT_KNOW, SKIPPED, InvalidAnswer, align_keying, unpack


def test_positions_become_points_from_the_lowest_up():
    raw = unpack(np.array([[1, 5, 3]], dtype=np.uint8), a_scale("abc", lowest=0))

    assert raw.tolist() == [[0.0, 4.0, 2.0]]


def test_skipped_and_dont_know_are_no_answer():
    raw = unpack(np.array([[SKIPPED, DONT_KNOW, 2]], dtype=np.uint8), a_scale("abc"))

    np.testing.assert_array_equal(raw, [[np.nan, np.nan, 2.0]])


def test_a_position_above_the_highest_point_is_refused():
    with pytest.raises(InvalidAnswer):
        unpack(np.array([[1, 2, 6]], dtype=np.uint8), a_scale("abc"))


def test_only_reverse_items_are_mirrored_on_the_range():
    aligned = align_keying(np.array([[2.0, 2.0, 2.0]]), a_scale("abc", "b"))

    assert aligned.tolist() == [[2.0, 4.0, 2.0]]


def test_a_range_from_zero_is_mirrored_on_itself():
    aligned = align_keying(np.array([[0.0, 3.0]]), a_scale("ab", "ab", lowest=0, points=11))

    assert aligned.tolist() == [[10.0, 7.0]]


def test_fractions_are_mirrored_and_gaps_stay():
    aligned = align_keying(np.array([[1.5, np.nan]]), a_scale("ab", "ab"))

    np.testing.assert_array_equal(aligned, [[4.5, np.nan]])


@pytest.mark.parametrize("point", [0.5, 5.5, -1.0, np.inf])
def test_an_answer_off_the_format_is_refused(point):
    with pytest.raises(InvalidAnswer):
        align_keying(np.array([[point, 1.0, 1.0]]), a_scale("abc"))


@pytest.mark.parametrize("function", [align_keying, unpack])
def test_a_matrix_with_other_columns_than_items_is_refused(function):
    with pytest.raises(InvalidAnswer):
        function(np.ones((2, 4), dtype=np.uint8), a_scale("abc"))


def test_nobody_is_aligned_to_nobody():
    assert align_keying(np.empty((0, 3)), a_scale("abc")).shape == (0, 3)
