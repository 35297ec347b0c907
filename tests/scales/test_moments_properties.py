import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scale_builders import a_scale

from scales import Scale, scale_moments, summarise_moments

positions = st.sampled_from([0, 1, 2, 3, 4, 5, 255])
sheets = arrays(np.uint8, st.tuples(st.integers(0, 25), st.just(4)), elements=positions)
tables = st.sampled_from([None, [0, 10, 50, 90, 100], [0, 12.5, 33.3, 66.67, 100], [5, 4, 3, 2, 1]])


def by_hand(packed: np.ndarray, scale: Scale) -> list[list[int | None]]:
    """Return aligned offsets as Python integers, None for no answer."""
    reverse = [item.keying.value == "-" for item in scale.items]
    highest = scale.format.points
    return [
        [
            None if p in (0, 255) else highest - p if is_reverse else p - 1
            for p, is_reverse in zip(row, reverse, strict=True)
        ]
        for row in packed.tolist()
    ]


@given(sheets, st.sampled_from(["", "a", "bd", "abcd"]))
def test_sums_and_products_are_those_counted_one_by_one(packed, reverse):
    scale = a_scale("abcd", reverse)
    rows = by_hand(packed, scale)

    moments = scale_moments(packed, scale)

    for i in range(4):
        for j in range(4):
            both = [(row[i], row[j]) for row in rows if None not in (row[i], row[j])]
            assert moments.n[i, j] == len(both)
            assert moments.sums[i, j] == sum(first for first, _ in both)
            assert moments.products[i, j] == sum(first * second for first, second in both)
            complete = [(row[i], row[j]) for row in rows if None not in row]
            assert moments.complete_sums[i] == sum(first for first, _ in complete)
            assert moments.complete_products[i, j] == sum(x * y for x, y in complete)


@given(sheets, tables)
def test_scores_are_those_computed_one_by_one(packed, table):
    scale = a_scale("abcd", "c", percent=table)
    worth = [Fraction(str(percent)) for percent in scale.format.percent]
    answered = [[x for x in row if x is not None] for row in by_hand(packed, scale)]
    scored = [row for row in answered if len(row) >= scale.needed_count]

    summary = summarise_moments(scale_moments(packed, scale), scale)

    assert summary.n == len(scored)
    if scored:
        points = [Fraction(sum(row), len(row)) + 1 for row in scored]
        percent = [sum(worth[x] for x in row) / len(row) for row in scored]
        assert summary.mean_points == float(sum(points) / len(points))
        assert summary.mean_percent == float(sum(percent) / len(percent))
    if len(scored) > 1:
        assert summary.sd_points == pytest.approx(np.std([float(p) for p in points], ddof=1))
        assert summary.sd_percent == pytest.approx(np.std([float(p) for p in percent], ddof=1))


@given(sheets)
def test_sums_of_scores_with_an_item_are_those_counted_one_by_one(packed):
    scale = a_scale("abcd")
    rows = by_hand(packed, scale)
    unit = math.lcm(1, 2, 3, 4)
    means = [
        Fraction(unit * sum(x for x in row if x is not None), max(1, 4 - row.count(None)))
        for row in rows
    ]

    moments = scale_moments(packed, scale)

    for item, sums in enumerate(moments.item_scores):
        here = [
            (row[item], mean)
            for row, mean in zip(rows, means, strict=True)
            if row[item] is not None
        ]
        assert sums.score == sum(mean for _, mean in here)
        assert sums.score_squared == sum(mean**2 for _, mean in here)
        assert sums.cross == sum(x * mean for x, mean in here)


@given(sheets, sheets, sheets, tables)
def test_moments_of_parts_add_up_to_those_of_the_whole(first, second, third, table):
    scale = a_scale("abcd", "bc", percent=table)
    parts = [scale_moments(part, scale, with_pairs=True) for part in (first, second, third)]

    whole = scale_moments(np.concatenate([first, second, third]), scale, with_pairs=True).to_json()

    assert ((parts[0] + parts[1]) + parts[2]).to_json() == whole
    assert (parts[0] + (parts[1] + parts[2])).to_json() == whole
    assert (parts[2] + parts[0] + parts[1]).to_json() == whole


@given(sheets, st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_does_not_matter(packed, random):
    scale = a_scale("abcd", "d", percent=[0, 12.5, 33.3, 66.67, 100])
    order = list(range(len(packed)))
    random.shuffle(order)

    shuffled = scale_moments(packed[order], scale)

    assert shuffled.to_json() == scale_moments(packed, scale).to_json()
