"""ACCEPTANCE 47: an attacker who knows every total and every rule tries with integer programs."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import Bounds, LinearConstraint, milp

from survey.rules.scoring.suppression import hidden_cells

K = 5
few = st.integers(1, K - 1)
many = st.integers(K, 40)
shapes = st.one_of(
    st.tuples(st.integers(1, 6)),
    st.tuples(st.integers(1, 4), st.integers(1, 3)),
    st.tuples(st.just(2), st.integers(2, 3), st.just(2)),
)
tables = shapes.flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.one_of(many, many, many, few, st.just(0)))
)


def rows_of(hidden):
    """Which hidden cells each told total is about, along every axis."""
    numbers = np.full(hidden.shape, -1)
    numbers[hidden] = np.arange(hidden.sum())
    for axis in range(hidden.ndim):
        for line in np.moveaxis(numbers, axis, -1).reshape(-1, hidden.shape[axis]):
            if (line >= 0).any():
                yield line[line >= 0]


def has_another_value(counts, hidden):
    """For each hidden cell, whether all totals as they are told allow it another number."""
    told = counts[hidden]
    lines = list(rows_of(hidden))
    matrix = np.zeros((len(lines), len(told)))
    for number, line in enumerate(lines):
        matrix[number, line] = 1
    sums = matrix @ told
    known = LinearConstraint(matrix, sums, sums)
    for cell, own in enumerate(told):
        aim = np.zeros(len(told))
        aim[cell] = 1
        found = (
            milp(sign * aim, constraints=known, integrality=np.ones_like(aim), bounds=Bounds(1)).x[
                cell
            ]
            for sign in (-1, 1)
        )
        yield any(round(value) != own for value in found)


def check(counts, hidden):
    assert hidden[(counts > 0) & (counts < K)].all()
    assert not hidden[counts == 0].any()
    for line in rows_of(hidden):
        assert counts[hidden][line].sum() >= K
        assert len(line) >= 2
    assert all(has_another_value(counts, hidden))


def test_of_twelve_four_and_three_both_small_ones_are_hidden_and_enough():
    assert hidden_cells(np.array([12, 4, 3]), K).tolist() == [False, True, True]


def test_one_small_group_takes_the_next_smallest_with_it():
    assert hidden_cells(np.array([12, 8, 3]), K).tolist() == [False, True, True]


def test_two_of_one_person_each_take_a_third_with_them():
    assert hidden_cells(np.array([9, 1, 1, 7]), K).tolist() == [False, True, True, True]


def test_a_small_cell_takes_a_box_with_it_and_not_only_its_row_and_its_column():
    counts = np.array([[3, 10, 20], [30, 11, 12], [13, 14, 15]])

    hidden = hidden_cells(counts, K)

    assert hidden.sum() == 4
    check(counts, hidden)


@pytest.mark.parametrize("counts", [[3], [4, 0], [[3, 9], [9, 0]], [1, 1, 2]])
def test_where_the_totals_would_tell_there_is_no_table(counts):
    assert hidden_cells(np.array(counts), K) is None


def test_a_table_without_a_small_cell_is_told_whole():
    assert not hidden_cells(np.array([[5, 9], [0, 40]]), K).any()


@settings(max_examples=5_000, suppress_health_check=[HealthCheck.too_slow])
@given(tables)
def test_no_totals_give_a_hidden_cell_away(counts):
    hidden = hidden_cells(counts, K)

    if hidden is not None and hidden.any():
        check(counts, hidden)
