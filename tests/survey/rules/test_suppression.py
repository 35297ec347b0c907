import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.rules.audience import DEFAULT_MINIMA, Audience, Minima
from survey.rules.scoring.suppression import (
    band_of,
    is_shown,
    is_too_small_for_progress,
    progress_shown,
    show_score,
)

STAFF = Minima(shown=5, subgroup=10, graded=10)


@pytest.mark.parametrize(
    ("audience", "n"), [(Audience.STAFF, 5), (Audience.PARTNER, 5), (Audience.CITIZEN, 30)]
)
def test_a_score_is_shown_from_the_smallest_number_on(audience, n):
    minima = DEFAULT_MINIMA[audience]

    assert show_score(n, 60.0, 12.0, minima).is_exact
    assert not show_score(n - 1, 60.0, 12.0, minima).is_shown


def test_nobody_is_no_group_whatever_the_minimum():
    assert not is_shown(0, 0)


def test_a_score_that_does_not_exist_is_not_shown():
    assert not show_score(12, None, None, STAFF).is_shown


def test_a_cell_where_all_have_the_same_score_shows_a_band_and_not_100_percent():
    showing = show_score(7, 100.0, 0.0, STAFF)

    assert showing.is_shown
    assert not showing.is_exact
    assert showing.band_percent == (80.0, 100.0)


def test_one_dissenting_answer_is_enough_to_show_the_mean():
    assert show_score(7, 96.4, 9.4, STAFF).is_exact


def test_a_unit_that_assesses_itself_is_one_named_answer_and_no_band():
    assert show_score(1, 100.0, None, DEFAULT_MINIMA[Audience.SELF]).is_exact


@pytest.mark.parametrize(("n", "is_enough"), [(9, False), (10, True)])
def test_a_grade_needs_more_people_than_a_figure(n, is_enough):
    assert show_score(n, 60.0, 12.0, STAFF).is_enough_for_grade is is_enough


def test_a_self_assessment_is_never_enough_for_a_grade():
    assert not show_score(1, 90.0, None, DEFAULT_MINIMA[Audience.SELF]).is_enough_for_grade


@pytest.mark.parametrize(
    ("percent", "band"),
    [(0.0, (0, 20)), (19.99, (0, 20)), (20.0, (20, 40)), (79.9, (60, 80)), (100.0, (80, 100))],
)
def test_bands_are_fifths_closed_below(percent, band):
    assert band_of(percent) == band


@given(st.floats(0, 100))
def test_every_percent_lies_in_its_band(percent):
    low, high = band_of(percent)

    assert low <= percent <= high
    assert high - low == 20


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10), (14, 10)]
)
def test_single_use_links_are_counted_in_steps_of_five(count, shown):
    assert progress_shown(count) == shown


@pytest.mark.parametrize(
    ("count", "people", "shown"), [(10, 10, 5), (9, 10, 5), (12, 10, 5), (10, 11, 10), (0, 0, None)]
)
def test_progress_never_says_that_everybody_answered(count, people, shown):
    assert progress_shown(count, people) == shown


def test_a_unit_of_five_has_no_progress_to_show():
    assert [people for people in (1, 5, 6, 50, None) if is_too_small_for_progress(people)] == [1, 5]
