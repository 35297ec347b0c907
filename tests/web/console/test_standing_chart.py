"""The chart of ranks: a long category is cut around the unit, and ticks stay few."""

from itertools import pairwise

import pytest

from survey.results import RankedBy, RankedUnit, Ranking
from survey.rules.scoring.standing import Standing
from web.console.figures.standing import places_of


def a_ranking(count, placed=None):
    units = [
        RankedUnit(
            code=f"U{n}",
            name=f"单位{n}",
            value=90.0 - n,
            ci95=None,
            standing=Standing(n, max(1, n - 2), min(count, n + 2), count, (), 0),
            not_shown=None,
        )
        for n in range(1, count + 1)
    ]
    return Ranking(RankedBy.TOTAL, None, None, None, {}, None, tuple(units[: placed or count]))


@pytest.mark.parametrize("count", [2, 7, 9, 12, 40, 137, 3_000])
def test_ticks_begin_and_end_with_the_first_and_the_last_place_and_never_crowd(count):
    ticks = places_of(a_ranking(count), "U1").ticks

    ranks = [rank for rank, _ in ticks]
    positions = [x for _, x in ticks]
    assert (ranks[0], ranks[-1]) == (1, count)
    assert len(ranks) <= 10
    assert all(b - a > 3 for a, b in pairwise(positions))


def test_a_long_list_shows_the_units_around_and_counts_the_others():
    places = places_of(a_ranking(100), "U50")

    assert len(places.lines) == 25
    assert (places.before_count, places.after_count) == (37, 38)
    assert [line.unit.code for line in places.lines if line.is_this] == ["U50"]


def test_a_dot_lies_between_the_ends_of_its_whisker_inside_the_chart():
    for line in places_of(a_ranking(12), "U3").lines:
        assert 0 < line.low <= line.dot <= line.high < 100


def test_without_any_place_there_is_no_chart():
    ranking = Ranking(RankedBy.TOTAL, None, None, None, {}, None, ())

    assert places_of(ranking, "U1").ticks == ()
