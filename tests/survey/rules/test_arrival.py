"""Marks of arrival, the night, and the word of the day."""

from datetime import timedelta

import numpy as np
import pytest
from builders import NOON

from survey.rules.ways_in.arrival import (
    ARRIVAL_RULES,
    RULE_MARKS,
    SHORT_MISSES_AN_HOUR,
    ArrivalMark,
    desk_word,
    is_desk_word,
    is_night,
    marked_by,
)
from survey.rules.ways_in.short_code import RANDOM_BITS

KEY = b"a key of thirty-two bytes, made up"


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, False), (10.9, False), (11, True), (17.9, True), (18, False)]
)
def test_the_night_is_from_eleven_to_six_where_the_people_are(hours, expected):
    assert is_night(NOON + timedelta(hours=hours)) is expected


def test_each_rule_reads_its_own_mark_and_no_other():
    marks = np.array([int(mark) for mark in ArrivalMark], dtype=np.uint8)

    for rule in ARRIVAL_RULES:
        assert marks[marked_by(rule, marks)].tolist() == [int(RULE_MARKS[rule])]


def test_a_phone_that_proved_itself_breaks_no_rule():
    proved = np.array([int(ArrivalMark.CHALLENGED)], dtype=np.uint8)

    assert not any(marked_by(rule, proved).any() for rule in ARRIVAL_RULES)


def test_the_word_of_the_day_holds_for_one_code_and_one_day():
    word = desk_word(KEY, "abcdefgh", NOON.date())

    assert is_desk_word(KEY, "abcdefgh", NOON, f" {word[:2].upper()}-{word[2:]} ")
    assert not is_desk_word(KEY, "abcdefgj", NOON, word)
    assert not is_desk_word(KEY, "abcdefgh", NOON + timedelta(days=1), word)
    assert not is_desk_word(b"another key", "abcdefgh", NOON, word)
    assert not is_desk_word(KEY, "abcdefgh", NOON, "")
    assert not is_desk_word(KEY, "abcdefgh", NOON, "口令")


def test_guessing_short_codes_yields_less_than_one_hit_in_ten_years():
    outstanding = 100_000  # receipt codes that wait to be used, at every moment of ten years
    tries = SHORT_MISSES_AN_HOUR * 24 * 365.25 * 10
    yielded = tries * outstanding / 2**RANDOM_BITS

    assert RANDOM_BITS >= 40
    assert yielded < 1
