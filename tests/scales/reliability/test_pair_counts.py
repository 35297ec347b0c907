"""Tables of two items each: exact, additive, and of those who answered both."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scales import DONT_KNOW, SKIPPED, count_pairs
from scales.reliability import pair_counts

positions = st.sampled_from([SKIPPED, 1, 2, 3, DONT_KNOW])
sheets = arrays(np.uint8, st.tuples(st.integers(0, 30), st.just(4)), elements=positions)


def by_hand(packed, points):
    first, second = np.triu_indices(packed.shape[1], 1)
    tables = np.zeros((len(first), points, points), dtype=np.int64)
    for sheet in packed.tolist():
        for table, i, j in zip(tables, first, second, strict=True):
            if 1 <= sheet[i] <= points and 1 <= sheet[j] <= points:
                table[sheet[i] - 1, sheet[j] - 1] += 1
    return tables


@given(sheets)
def test_tables_are_those_counted_by_hand(packed):
    np.testing.assert_array_equal(count_pairs(packed, 3), by_hand(packed, 3))


@given(sheets, st.integers(0, 30))
def test_tables_of_two_groups_add_up(packed, cut):
    together = count_pairs(packed[:cut], 3) + count_pairs(packed[cut:], 3)

    np.testing.assert_array_equal(together, count_pairs(packed, 3))


def test_more_sheets_than_one_block_holds(monkeypatch):
    packed = np.random.default_rng(1).integers(0, 6, (2_000, 3), dtype=np.uint8)

    whole = count_pairs(packed, 5)

    monkeypatch.setattr(pair_counts, "BLOCK_ROWS", 77)
    np.testing.assert_array_equal(count_pairs(packed, 5), whole)
    np.testing.assert_array_equal(whole, by_hand(packed, 5))


@pytest.mark.parametrize("rows", [0, 5])
def test_one_item_has_no_pair(rows):
    assert count_pairs(np.ones((rows, 1), dtype=np.uint8), 5).shape == (0, 5, 5)
