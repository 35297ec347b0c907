"""What is odd about the way a sheet of an open code came: marks that stay with it, and limits.

A mark says nothing of who sent the sheet; it keeps no sheet out on its own (see `validity`).
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, datetime
from enum import IntFlag
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from survey.rules.sheets.serving import LOCAL_TIME
from survey.rules.ways_in.link import CODE_LETTERS

WINDOW_MINUTES = 10
UNDOUBTED_SHEETS = 2  # by one network at one code in ten minutes; the next must prove itself
NETWORK_SHEETS = 60  # by one network at one code in ten minutes: a full town hall stays under it
CROWD_SHEETS = 10  # at one code in one minute, whatever networks they come from
MISSES = 20  # addresses that lead nowhere, by one network in ten minutes
SHORT_MISSES = 10  # wrong short codes, by one network in ten minutes
SHORT_MISSES_AN_HOUR = 1_000  # wrong short codes from everywhere
DESK_TRIES = 5  # wrong words of the day, by one network in ten minutes
NIGHT_HOURS = (23, 6)  # from, until; local
DESK_WORD_LENGTH = 5


class ArrivalMark(IntFlag):
    """What was odd; several may hold. `CHALLENGED` alone is not odd: the phone proved itself."""

    SAME_DEVICE = 1  # the phone had sent a sheet by this code before
    CROWD = 2  # far more sheets came by the code in this minute than people queue
    NETWORK = 4  # very many came from one network
    NIGHT = 8
    UNPROVED = 16  # the phone was asked to prove itself, and did not
    CHALLENGED = 32  # it was asked and did, or the desk vouched for it


RULE_MARKS = MappingProxyType(
    {
        "same_device": ArrivalMark.SAME_DEVICE,
        "unproved": ArrivalMark.UNPROVED,
        "network": ArrivalMark.NETWORK,
        "crowd": ArrivalMark.CROWD,
        "night": ArrivalMark.NIGHT,
    }
)
ARRIVAL_RULES = tuple(RULE_MARKS)
"""Rules that a mark breaks; like the rules of a single sheet, no other sheet moves a verdict."""


def marked_by(rule: str, marks: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which of the marked sheets (n,) a rule doubts."""
    return np.asarray((marks & int(RULE_MARKS[rule])) != 0)


def joined(marks: Iterable[ArrivalMark]) -> ArrivalMark:
    """Return all marks as one."""
    whole = ArrivalMark(0)
    for mark in marks:
        whole |= mark
    return whole


def is_night(instant: datetime) -> bool:
    """Whether it is night where the people are."""
    begins, ends = NIGHT_HOURS
    hour = instant.astimezone(LOCAL_TIME).hour
    return hour >= begins or hour < ends


def desk_word(key: bytes, code: str, day: date) -> str:
    """Return the word of the day of an open code, which the clerk tells a phone without script."""
    digest = hmac.digest(key, f"{code} {day:%Y-%m-%d}".encode(), hashlib.sha256)
    number = int.from_bytes(digest[:8], "big")
    letters = []
    for _ in range(DESK_WORD_LENGTH):
        number, place = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)


def is_desk_word(key: bytes, code: str, now: datetime, word: str) -> bool:
    """Whether a typed word is today's, read without regard to case, blanks and dashes."""
    typed = "".join(word.lower().replace("-", "").split())
    today = desk_word(key, code, now.astimezone(LOCAL_TIME).date())
    return hmac.compare_digest(typed.encode(), today.encode())
