"""Copies stand out; content people do not."""

import numpy as np
from simulated_sheets import a_long_questionnaire, honest

from scales import repeated_sheets
from scales.quality.identical import sheet_hashes


def flagged(positions, **limits):
    return repeated_sheets(positions, **({"least_items": 10, "least_sheets": 3} | limits))


def test_a_sheet_sent_three_times_is_found():
    rng = np.random.default_rng(1)
    positions = rng.integers(1, 6, (200, 12))
    positions[[5, 80, 199]] = positions[5]

    assert np.flatnonzero(flagged(positions)).tolist() == [5, 80, 199]
    assert not flagged(positions, least_sheets=4).any()


def test_a_short_sheet_is_not_judged():
    positions = np.tile([4, 2, 4, 2, 4, 2, 4], (50, 1))
    mostly_skipped = np.tile([4, 2, 4, 2, 4, 2, 4, 2, 4, 0, 0, 0], (50, 1))

    assert not flagged(positions).any()
    assert not flagged(mostly_skipped).any()


def test_many_may_think_the_same_of_every_item():
    assert not flagged(np.full((300, 12), 5)).any()
    assert not flagged(np.tile([5] * 11 + [0], (300, 1))).any()
    assert flagged(np.tile([5] * 11 + [4], (300, 1))).all()


def test_content_people_whose_neighbours_are_frequent_too_are_not_copies():
    content = np.full((400, 12), 5)
    content[:, 0] = 4
    content[np.arange(300), 1 + np.arange(300) % 11] = 4  # most give another item a point less

    assert not flagged(content)[300:].any()


def test_honest_people_are_hardly_ever_taken_for_copies():
    questionnaire = a_long_questionnaire()
    positions = np.nan_to_num(honest(5000, questionnaire, np.random.default_rng(3))).astype(int)

    assert flagged(positions).mean() < 0.002


def test_equal_sheets_have_equal_numbers_and_other_sheets_other_ones():
    rng = np.random.default_rng(4)
    positions = np.unique(rng.integers(0, 6, (50_000, 8)), axis=0)

    assert len(np.unique(sheet_hashes(positions))) == len(positions)
    np.testing.assert_array_equal(sheet_hashes(positions), sheet_hashes(positions.copy()))
