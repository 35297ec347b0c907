import json
from fractions import Fraction

import numpy as np
import pytest
from scale_builders import a_scale, pack

from scales import DONT_KNOW, InvalidAnswer, Moments, scale_moments, summarise_moments
from scales.counting import BLOCK_ROWS

GAP = np.nan


def test_moments_of_three_sheets_by_hand():
    scale = a_scale("ab", "b", min_answered=Fraction(1, 2))

    moments = scale_moments(pack([[5, 1], [2, 4], [3, GAP]], scale), scale)

    assert moments.to_json() == {
        "rows": 3,
        "n": [[3, 2], [2, 2]],
        "sums": [[4 + 1 + 2, 4 + 1], [4 + 1, 4 + 1]],
        "products": [[16 + 1 + 4, 16 + 1], [16 + 1, 16 + 1]],
        "counts": [[0, 0, 1, 1, 0, 1, 0], [1, 1, 0, 0, 1, 0, 0]],
        "scores": [
            [0, 0, 0, 0, 0],
            [1, 2, 4, 2 * 25, 4 * 625],
            [2, 8 + 2, 64 + 4, 10 * 25, 68 * 625],
        ],
        "item_scores": [
            [8 + 2 + 2 * 2, 64 + 4 + 16, 4 * 8 + 1 * 2 + 2 * 4],
            [8 + 2, 64 + 4, 4 * 8 + 1 * 2],
        ],
        "percent_denominator": 1,
        "complete_counts": [[0, 1, 0, 0, 1], [1, 0, 0, 1, 0]],
        "complete_sums": [4 + 1, 4 + 1],
        "complete_products": [[16 + 1, 16 + 1], [16 + 1, 16 + 1]],
    }


def test_pairs_are_counted_where_they_are_asked_for():
    scale = a_scale("abc", "b")
    packed = pack([[5, 1, GAP], [2, 4, 4], [3, GAP, 4]], scale)

    plain, paired = scale_moments(packed, scale), scale_moments(packed, scale, with_pairs=True)

    assert plain.pairs is None
    assert paired.pairs.shape == (3, 5, 5)
    assert [tuple(place) for place in np.argwhere(paired.pairs)] == [
        *((0, 1, 3), (0, 4, 0)),  # a with b, positions from 0
        *((1, 1, 3), (1, 2, 3)),  # a with c
        (2, 3, 3),  # b with c
    ]


def test_a_part_that_one_side_lacks_is_not_in_the_sum():
    scale = a_scale("ab")
    packed = np.array([[1, 2], [3, 0]], dtype=np.uint8)
    paired, plain = scale_moments(packed, scale, with_pairs=True), scale_moments(packed, scale)
    older = Moments.from_json({k: v for k, v in plain.to_json().items() if "complete" not in k})

    assert (paired + plain).pairs is None
    assert (paired + paired).pairs.sum() == 2
    assert (older + plain).complete_counts is None
    assert (older + plain).rows == 4
    assert older.to_json().keys() < plain.to_json().keys()


def test_complete_sheets_are_told_apart_by_what_was_ticked():
    scale = a_scale("abc", "b")
    raw = np.array([[5, 1, GAP], [2, 4, 4], [3, 5, 1], [GAP, GAP, GAP]])

    mixed = scale_moments(pack(raw, scale), scale)
    alone = scale_moments(pack(raw[1:3], scale), scale)

    for part in ("complete_counts", "complete_sums", "complete_products"):
        np.testing.assert_array_equal(getattr(mixed, part), getattr(alone, part))
    np.testing.assert_array_equal(alone.complete_products, alone.products)
    np.testing.assert_array_equal(alone.complete_counts, alone.counts[:, 1:-1])


@pytest.mark.parametrize("rows", [1, 2, 70_000])
def test_counting_leaves_the_answers_as_they_were(rows):
    packed = np.full((rows, 2), 3, dtype=np.uint8)
    packed[0, 0] = 0
    before = packed.copy()

    scale_moments(packed, a_scale("ab", "b"), with_pairs=True)

    np.testing.assert_array_equal(packed, before)


def test_skipped_and_dont_know_are_counted_apart():
    packed = np.array([[0, DONT_KNOW], [1, DONT_KNOW]], dtype=np.uint8)

    moments = scale_moments(packed, a_scale("ab"))

    assert moments.counts.tolist() == [[1, 1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 2]]
    assert moments.any_answer_count == 1
    assert moments.complete_count == 0


def test_no_sheet_gives_zeros():
    scale = a_scale("ab")

    moments = scale_moments(np.empty((0, 2), dtype=np.uint8), scale)

    assert moments.rows == moments.any_answer_count == moments.complete_count == 0
    assert summarise_moments(moments, scale).mean_points is None


@pytest.mark.parametrize("position", [6, 100, 254])
def test_a_position_off_the_format_is_refused(position):
    packed = np.ones((BLOCK_ROWS + 5, 2), dtype=np.uint8)
    packed[-1, 1] = position

    with pytest.raises(InvalidAnswer):
        scale_moments(packed, a_scale("ab"))


def test_sums_stay_exact_over_many_blocks_of_the_highest_point():
    rows = 3 * BLOCK_ROWS + 7
    scale = a_scale("ab", points=11)
    packed = np.full((rows, 2), 11, dtype=np.uint8)
    packed[5, 0] = 0

    moments = scale_moments(packed, scale)

    assert moments.products.tolist() == [
        [100 * (rows - 1), 100 * (rows - 1)],
        [100 * (rows - 1), 100 * rows],
    ]


def test_a_format_of_254_points_stays_exact():
    scale = a_scale("ab", "a", lowest=0, points=254)
    packed = np.full((70_001, 2), 254, dtype=np.uint8)
    packed[:, 0] = 1
    packed[::3, 1] = 253

    moments = scale_moments(packed, scale)

    second = np.where(np.arange(70_001) % 3 == 0, 252, 253)
    assert moments.products.tolist() == [
        [70_001 * 253**2, 253 * int(second.sum())],
        [253 * int(second.sum()), int((second**2).sum())],
    ]


def test_percent_sums_do_not_overflow_with_many_decimals():
    table = [0, 12.345678901, 45.678901234, 89.012345678, 100]
    scale = a_scale("abcdef", percent=table)
    packed = np.full((40_000, 6), 5, dtype=np.uint8)
    packed[0] = 2

    summary = summarise_moments(scale_moments(packed, scale), scale)

    exact = (39_999 * 100 + Fraction("12.345678901")) / 40_000
    assert summary.mean_percent == pytest.approx(float(exact), rel=0, abs=1e-12)
    assert summary.sd_percent == pytest.approx(
        np.std([100.0] * 39_999 + [table[1]], ddof=1), rel=1e-12
    )


@pytest.mark.parametrize("packing", ["rows", "columns", "every second column"])
def test_how_the_matrix_lies_in_memory_does_not_matter(packing):
    scale = a_scale("abc", "c")
    rng = np.random.default_rng(3)
    packed = rng.integers(0, 6, (500, 3), dtype=np.uint8)
    wide = np.zeros((500, 6), dtype=np.uint8)
    wide[:, ::2] = packed
    views = {
        "rows": packed,
        "columns": np.asfortranarray(packed),
        "every second column": wide[:, ::2],
    }

    moments = scale_moments(views[packing], scale)

    assert moments.to_json() == scale_moments(packed.copy(), scale).to_json()


def test_moments_survive_json():
    scale = a_scale("abc", "b", percent=[0, 33.3, 50, 66.6, 100])
    packed = np.array([[1, 2, 3], [5, 0, 255], [4, 4, 4]], dtype=np.uint8)
    moments = scale_moments(packed, scale, with_pairs=True)

    again = Moments.from_json(json.loads(json.dumps(moments.to_json())))

    assert again.to_json() == moments.to_json()
    assert (again + moments).rows == 6


@pytest.mark.parametrize("damage", ["rows", "n", "item_scores", "counts", "pairs", "complete_sums"])
def test_damaged_moments_are_refused(damage):
    packed = np.ones((2, 2), dtype=np.uint8)
    values = scale_moments(packed, a_scale("ab"), with_pairs=True).to_json()
    shorter = {"n": [[1]], "item_scores": [[1, 2, 3]], "counts": [[1, 2]], "pairs": []}
    values[damage] = shorter.get(damage)

    with pytest.raises(InvalidAnswer):
        Moments.from_json(values)


@pytest.mark.parametrize(
    "other", [a_scale("abc"), a_scale("ab", points=7), a_scale("ab", percent=[0, 1.5, 5, 9, 100])]
)
def test_moments_of_different_scales_do_not_add_up(other):
    packed = np.ones((4, len(other.items)), dtype=np.uint8)

    with pytest.raises(InvalidAnswer):
        scale_moments(np.ones((4, 2), dtype=np.uint8), a_scale("ab")) + scale_moments(packed, other)


def test_moments_are_not_summarised_as_another_scale():
    moments = scale_moments(np.ones((4, 2), dtype=np.uint8), a_scale("ab"))

    with pytest.raises(InvalidAnswer):
        summarise_moments(moments, a_scale("ab", points=7))
