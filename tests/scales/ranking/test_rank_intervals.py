import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scales import InvalidAnswer, competition_ranks, rank_intervals

units = st.lists(
    st.tuples(st.integers(60, 70).map(float), st.sampled_from([0.0, 1.0, 5.0])), max_size=8
)


def intervals(pairs, **options):
    means, errors = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
    return rank_intervals(means, errors, **{"draws": 500, **options})


def test_equal_means_share_the_better_rank():
    assert list(competition_ranks(np.array([70.0, 90, 80, 80, 60]))) == [4, 1, 2, 2, 5]


def test_means_without_error_have_ranks_without_doubt():
    result = intervals([(90, 0), (80, 0), (80, 0), (70, 0)])

    assert list(result.rank) == list(result.low) == list(result.high) == [1, 2, 2, 4]


def test_units_far_apart_keep_their_ranks_and_close_ones_share_theirs():
    result = intervals([(90, 1), (70, 1), (69.5, 1), (50, 1)])

    assert list(result.low) == [1, 2, 2, 4]
    assert list(result.high) == [1, 3, 3, 4]


def test_a_wide_error_spreads_the_rank_over_all_places():
    result = intervals([(90, 0.1), (80, 50), (70, 0.1), (60, 0.1)])

    assert (result.low[1], result.high[1]) == (1, 4)


def test_shares_of_the_rankings_are_those_of_the_normal_distribution():
    # The first is above the second in Φ(1) = 84 % of rankings: inside 60 %, outside 90 %.
    assert stats.norm.cdf(1) == pytest.approx(0.84, abs=0.005)
    pairs = [(80 + 2**0.5, 1), (80, 1)]

    assert list(intervals(pairs, level=0.6, draws=10_000).high) == [1, 2]
    assert list(intervals(pairs, level=0.9, draws=10_000).high) == [2, 2]


def test_few_degrees_of_freedom_widen_the_interval():
    means, errors = np.arange(20.0), np.full(20, 2.0)

    known = rank_intervals(means, errors)
    guessed = rank_intervals(means, errors, degrees=np.full(20, 2.0))

    assert (guessed.high - guessed.low).sum() > 1.2 * (known.high - known.low).sum()


@given(units, st.randoms(use_true_random=False))
def test_the_order_of_units_changes_nothing(pairs, random):
    order = random.sample(range(len(pairs)), len(pairs))

    straight, moved = intervals(pairs), intervals([pairs[place] for place in order])

    for name in ("rank", "low", "high"):
        assert list(getattr(straight, name)[order]) == list(getattr(moved, name))


@given(units)
def test_a_rank_lies_inside_its_interval_and_equal_units_have_equal_ones(pairs):
    result = intervals(pairs)

    assert (result.low <= result.rank).all()
    assert (result.rank <= result.high).all()
    assert ((result.low >= 1) & (result.high <= len(pairs))).all()
    seen = {}
    for pair, low, high in zip(pairs, result.low, result.high, strict=True):
        assert seen.setdefault(pair, (low, high)) == (low, high)


def test_the_seed_decides_and_is_kept():
    random = np.random.default_rng(3)
    means, errors = random.normal(75, 3, 40), random.uniform(1, 3, 40)

    first, again, other = (rank_intervals(means, errors, seed=seed) for seed in (1, 1, 2))

    assert list(first.low) == list(again.low)
    assert list(first.low) != list(other.low) or list(first.high) != list(other.high)
    assert (first.seed, first.draws, first.level) == (1, 10_000, 0.95)


def test_intervals_hold_the_true_rank_at_least_as_often_as_promised():
    random = np.random.default_rng(9)
    truth = np.linspace(60, 80, 12)
    held = []
    for _ in range(60):
        result = rank_intervals(random.normal(truth, 3), np.full(12, 3.0), draws=1_000)
        true_rank = competition_ranks(truth)
        held.append((result.low <= true_rank) & (true_rank <= result.high))

    assert np.mean(held) > 0.9


@pytest.mark.parametrize(
    ("means", "errors", "degrees"),
    [
        ([80.0, np.nan], [1.0, 1.0], None),
        ([80.0, 70.0], [1.0, -1.0], None),
        ([80.0, 70.0], [1.0], None),
        ([80.0, 70.0], [1.0, np.inf], None),
        ([80.0, 70.0], [1.0, 1.0], [3.0, 0.0]),
    ],
)
def test_what_cannot_be_ranked_is_refused(means, errors, degrees):
    freedom = None if degrees is None else np.array(degrees)

    with pytest.raises(InvalidAnswer):
        rank_intervals(np.array(means), np.array(errors), degrees=freedom)
