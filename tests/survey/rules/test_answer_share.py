import pytest

from survey.rules.audience import Minima
from survey.rules.scoring.answer_share import show_share

STAFF = Minima(shown=5, subgroup=10, graded=10)


def shown(on_levels, answers=36, people=12, items=3, minima=STAFF):
    showing = show_share(people, on_levels, answers, items, minima)
    return showing.is_exact, showing.is_shown


@pytest.mark.parametrize(
    ("on_levels", "is_exact"), [(0, False), (6, False), (7, True), (29, True), (30, False)]
)
def test_each_side_needs_the_answers_of_three_people_at_least(on_levels, is_exact):
    assert shown(on_levels) == (is_exact, True)


def test_a_band_stands_where_nearly_all_agree():
    showing = show_share(12, 36, 36, 3, STAFF)

    assert showing.band_percent == (80.0, 100.0)


def test_a_split_waits_for_the_smallest_subgroup():
    assert shown(15, answers=27, people=9) == (False, False)
    assert shown(15, answers=30, people=10) == (True, True)


def test_where_no_subgroup_is_ever_made_no_share_is():
    assert shown(15, minima=Minima(shown=1, subgroup=None, graded=None)) == (False, False)


def test_nobody_answered_is_no_share():
    assert shown(0, answers=0) == (False, False)
