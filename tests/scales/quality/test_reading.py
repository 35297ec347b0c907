"""The mixture of readers and patterns."""

import numpy as np
import pytest
from quality_builders import keyed
from simulated_sheets import a_long_questionnaire, honest, random_ticks, straight_lined

from scales import InvalidAnswer, Undefined, reading_probability
from scales.quality.patterns import pattern_log_odds

LONG = a_long_questionnaire()


def positions_of(*parts):
    return np.nan_to_num(np.vstack(parts)).astype(int)


def test_readers_are_told_from_random_ticks_and_straight_lines():
    rng = np.random.default_rng(1)
    sheets = positions_of(
        honest(300, LONG, rng), random_ticks(50, LONG, rng), straight_lined(50, LONG, rng)
    )

    read = reading_probability(sheets, LONG)

    assert (read[:300] > 0.5).mean() > 0.98
    assert (read[300:350] < 0.5).mean() > 0.9
    assert (read[350:] < 0.5).all()


def test_among_readers_alone_nobody_is_doubted_for_being_unusual():
    rng = np.random.default_rng(2)

    read = reading_probability(positions_of(honest(2000, LONG, rng)), LONG)

    assert (read < 0.5).mean() < 0.005


def test_content_people_who_give_the_best_answer_everywhere_have_read():
    one_way = keyed("++++", "++++", "++++")
    sheets = np.vstack(
        [np.full((150, 12), 5), positions_of(honest(150, one_way, np.random.default_rng(3)))]
    )

    assert reading_probability(sheets, one_way)[:150].min() > 0.9


def test_keys_that_alternate_make_two_points_in_turn_an_opinion():
    in_turn = keyed("+-+-", "+-+-", "+-+-")
    content = np.tile([5, 1], (100, 6))

    read = reading_probability(
        np.vstack([content, positions_of(honest(200, in_turn, np.random.default_rng(4)))]), in_turn
    )

    assert read[:100].min() > 0.9


def test_a_pattern_is_a_distribution_for_each_item():
    odds = np.exp(pattern_log_odds(keyed("+-", "+-+", points=4)))

    np.testing.assert_allclose(odds.reshape(5, 4, -1).sum(axis=1), 1.0)
    assert odds[:, 0] == pytest.approx(0.25)


def test_skipped_answers_are_left_out_of_the_probability():
    rng = np.random.default_rng(5)
    sheets = positions_of(honest(200, LONG, rng), random_ticks(40, LONG, rng))
    blank = np.zeros((1, 30), dtype=int)

    read = reading_probability(np.vstack([sheets, blank]), LONG)

    assert read[-1] == pytest.approx(read.mean(), abs=0.05)  # nothing known: the share of readers


def test_two_to_eleven_points_are_fitted():
    for points in (2, 3, 7, 11):
        questionnaire = keyed("+-+--", "-++-+", "+--++", points=points)
        rng = np.random.default_rng(points)
        level = rng.integers(1, points + 1, (150, 3)).repeat(5, axis=1)
        signs = np.array([s == "-" for s in "+-+---++-++--++"])
        readers = np.where(signs, points + 1 - level, level)
        ticks = rng.integers(1, points + 1, (50, 15))

        read = reading_probability(np.vstack([readers, ticks]), questionnaire)

        assert read[:150].mean() > 0.95, points
        assert read[150:].mean() < 0.3, points


def test_what_is_no_position_is_refused():
    with pytest.raises(InvalidAnswer):
        reading_probability(np.full((3, 30), 6), LONG)
    with pytest.raises(InvalidAnswer):
        reading_probability(np.full((3, 29), 1), LONG)
    with pytest.raises(Undefined, match="nobody_answered"):
        reading_probability(np.zeros((0, 30), dtype=int), LONG)
