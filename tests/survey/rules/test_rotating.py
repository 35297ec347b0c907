"""Tickets of a counter's screen: signed, for one code, for minutes."""

from datetime import timedelta

import pytest
from builders import NOON

from survey.rules.ways_in.rotating import (
    ADMITTED_FOR,
    FINISHED_WITHIN,
    SECRET_LENGTH,
    SHOWN_FOR,
    TICKET_LENGTH,
    is_admitted,
    is_screen_secret,
    new_ticket,
    screen_secret,
)

KEY, OTHER_KEY = b"the key of screens in the tests.", b"another key of other tests here."


@pytest.mark.parametrize(
    ("after", "admitted"),
    [
        (timedelta(0), True),
        (ADMITTED_FOR - timedelta(seconds=1), True),
        (ADMITTED_FOR, False),
        (timedelta(minutes=30), False),
        (timedelta(seconds=-2), True),  # made by a process whose clock is ahead
    ],
)
def test_a_ticket_lets_in_for_ten_minutes(after, admitted):
    ticket = new_ticket(KEY, "abcdefgh", NOON)

    assert len(ticket) == TICKET_LENGTH
    assert is_admitted(KEY, "abcdefgh", ticket, NOON + after) is admitted


def test_a_ticket_is_for_one_code_under_one_key():
    ticket = new_ticket(KEY, "abcdefgh", NOON)

    assert not is_admitted(KEY, "abcdefgj", ticket, NOON)
    assert not is_admitted(OTHER_KEY, "abcdefgh", ticket, NOON)


def test_no_altered_ticket_lets_anybody_in():
    ticket = new_ticket(KEY, "abcdefgh", NOON)
    altered = [
        ticket[:place] + ("A" if ticket[place] != "A" else "B") + ticket[place + 1 :]
        for place in range(TICKET_LENGTH)
    ]

    for wrong in (*altered, "", ticket[:-1], ticket + "A", "\u4e2d" * 16, "!" * 16, "=" * 16):
        assert not is_admitted(KEY, "abcdefgh", wrong, NOON)


def test_a_screen_is_opened_by_its_own_secret_only():
    secret = screen_secret(KEY, "abcdefgh")

    assert len(secret) == SECRET_LENGTH
    assert is_screen_secret(KEY, "abcdefgh", secret)
    assert not is_screen_secret(KEY, "abcdefgj", secret)
    assert not is_screen_secret(KEY, "abcdefgh", "")
    assert not is_screen_secret(KEY, "abcdefgh", "密" * 22)


def test_the_screen_changes_its_code_long_before_the_last_one_expires():
    assert SHOWN_FOR * 5 < ADMITTED_FOR <= timedelta(minutes=10)
    assert timedelta(minutes=30) == FINISHED_WITHIN
