from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.rules.grade import competition_ranks, round_half_up, total_points


@pytest.mark.parametrize(
    ("value", "shown"),
    [(79.996, "80.00"), (79.994, "79.99"), (0.125, "0.13"), (2.675, "2.68"), (1.005, "1.01")],
)
def test_figures_are_rounded_half_up_to_two_decimals(value, shown):
    assert round_half_up(value) == Decimal(shown)


def test_the_last_bit_of_a_sum_does_not_decide_a_half():
    assert round_half_up(0.1 + 0.2 - 0.175) == Decimal("0.13")


def test_a_total_is_the_sum_of_its_leaves_in_full_precision():
    assert total_points([16.43, 8.75, 0.005]) == pytest.approx(25.185, abs=1e-12)


def test_a_unit_with_a_pending_leaf_has_no_total():
    assert total_points([16.43, None]) is None


def test_equal_totals_share_rank_1_and_the_next_is_3():
    ranks = competition_ranks({"U01": 80.0, "U02": 90.0, "U03": 90.0, "U04": 70.0})

    assert ranks == {"U02": 1, "U03": 1, "U01": 3, "U04": 4}


def test_ranks_are_given_on_the_total_as_it_prints():
    assert competition_ranks({"U01": 79.996, "U02": 80.0}) == {"U01": 1, "U02": 1}


def test_a_unit_without_a_total_is_not_ranked_and_takes_no_place():
    assert competition_ranks({"U01": None, "U02": 60.0}) == {"U01": None, "U02": 1}


@given(
    st.dictionaries(st.text(min_size=1, max_size=4), st.one_of(st.none(), st.floats(0, 100))),
    st.randoms(use_true_random=False),
)
def test_ranks_do_not_depend_on_the_order_of_units(totals, random):
    shuffled = list(totals.items())
    random.shuffle(shuffled)

    assert competition_ranks(dict(shuffled)) == competition_ranks(totals)


@given(st.lists(st.floats(0, 100), max_size=30), st.randoms(use_true_random=False))
def test_a_total_does_not_depend_on_the_order_of_leaves(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)

    assert total_points(shuffled) == total_points(values)
