"""Floods stand out; busy hours and busy places do not."""

import numpy as np
import pytest

from scales import InvalidAnswer, QualityLimits, burst_buckets

DAYS, BUCKETS = 10, 48  # ten minutes each, eight hours a day


def arrivals(rng, levels):
    """Draw counts of places whose days have a busy hour, more varied than chance alone."""
    hour = np.tile(1 + 2 * np.exp(-0.5 * ((np.arange(BUCKETS) - 12) / 5) ** 2), DAYS)
    expected = np.outer(levels, hour)
    return rng.poisson(expected * rng.gamma(4, 1 / 4, expected.shape))


def test_a_flood_is_found_where_and_when_it_came():
    counts = arrivals(np.random.default_rng(1), [1, 3, 8, 20])
    counts[1, 100:102] += 400

    found = burst_buckets(counts)

    assert np.argwhere(found).tolist() == [[1, 100], [1, 101]]


def test_a_thousand_sheets_in_one_bucket_of_a_place_that_gets_few_are_a_burst():
    counts = np.zeros((1, 60), dtype=int)
    counts[0, [3, 9, 20, 31]] = [1, 2, 1, 1]
    counts[0, 40] = 1000

    assert np.flatnonzero(burst_buckets(counts)[0]).tolist() == [40]


@pytest.mark.parametrize("levels", [[0.3], [5], [1, 3, 8, 20], [40, 60]])
def test_ordinary_days_hold_no_burst(levels):
    found = [burst_buckets(arrivals(np.random.default_rng(n), levels)).sum() for n in range(20)]

    assert sum(found) <= 2


def test_an_hour_that_is_busy_everywhere_is_no_burst():
    counts = arrivals(np.random.default_rng(2), [2, 3, 4, 5, 6])
    counts[:, 200] = [60, 90, 120, 150, 180]  # the call to take part went out

    assert not burst_buckets(counts)[:, 200].any()


def test_a_flood_at_one_place_does_not_excuse_another():
    counts = arrivals(np.random.default_rng(2), [2, 3, 4, 5, 6])
    counts[[1, 3], 200] = 300

    assert np.argwhere(burst_buckets(counts)).tolist() == [[1, 200], [3, 200]]


def test_the_plan_says_how_many_sheets_a_burst_has_at_least():
    counts = np.zeros((1, 100), dtype=int)
    counts[0, :50] = 1
    counts[0, 60] = 9

    assert not burst_buckets(counts, QualityLimits(burst_p=0.5)).any()
    assert burst_buckets(counts, QualityLimits(burst_p=0.5, burst_sheets=9)).sum() == 1


def test_no_places_and_no_buckets_hold_no_burst():
    assert burst_buckets(np.zeros((0, 5), dtype=int)).shape == (0, 5)
    assert burst_buckets(np.zeros((3, 0), dtype=int)).shape == (3, 0)


def test_counts_below_zero_are_refused():
    with pytest.raises(InvalidAnswer):
        burst_buckets(np.array([[-1, 2]]))
