from datetime import UTC, datetime, timedelta

import pytest
from builders import NOON

from survey.rules.sheets.serving import (
    STAMP_LENGTH,
    day_of,
    mixed_seconds_bucket,
    seconds_bucket,
    seconds_since_serving,
    serving_stamp,
    ten_minutes_of,
)

KEY, SHEET, CODE = b"k" * 32, "0123456789abcdef" * 2, "abcdefgh"


def test_a_stamp_tells_how_long_the_page_was_open():
    stamp = serving_stamp(KEY, SHEET, CODE, NOON)

    later = NOON + timedelta(seconds=75)

    assert len(stamp) == STAMP_LENGTH
    assert seconds_since_serving(KEY, stamp, SHEET, CODE, later) == 75


@pytest.mark.parametrize(
    ("key", "sheet", "code"),
    [(b"x" * 32, SHEET, CODE), (KEY, "f" * 32, CODE), (KEY, SHEET, "abcdefgx")],
)
def test_a_stamp_holds_for_its_key_its_sheet_and_its_code_only(key, sheet, code):
    stamp = serving_stamp(KEY, SHEET, CODE, NOON)

    assert seconds_since_serving(key, stamp, sheet, code, NOON) is None


@pytest.mark.parametrize("place", range(STAMP_LENGTH))
def test_a_stamp_with_any_letter_changed_tells_nothing(place):
    stamp = serving_stamp(KEY, SHEET, CODE, NOON)
    changed = stamp[:place] + ("A" if stamp[place] != "A" else "B") + stamp[place + 1 :]

    assert seconds_since_serving(KEY, changed, SHEET, CODE, NOON) is None


def test_a_clock_that_went_back_tells_no_duration():
    stamp = serving_stamp(KEY, SHEET, CODE, NOON)

    assert seconds_since_serving(KEY, stamp, SHEET, CODE, NOON - timedelta(seconds=5)) is None


@pytest.mark.parametrize(
    ("seconds", "bucket"), [(None, None), (0, 0), (4, 0), (5, 5), (59, 45), (60, 60), (9e9, 3600)]
)
def test_seconds_are_kept_as_the_lower_end_of_their_bucket(seconds, bucket):
    assert seconds_bucket(seconds) == bucket


@pytest.mark.parametrize(("seconds", "bucket"), [(None, None), (4, 0), (299, 240), (9e9, 300)])
def test_a_sheet_that_will_be_mixed_is_not_known_by_a_page_opened_hours_before(seconds, bucket):
    assert mixed_seconds_bucket(seconds) == bucket


def test_an_instant_is_kept_as_the_start_of_its_ten_minutes():
    at = datetime(2026, 6, 1, 4, 19, 59, 999_999, tzinfo=UTC)

    assert ten_minutes_of(at) == datetime(2026, 6, 1, 4, 10, tzinfo=UTC)
    assert ten_minutes_of(ten_minutes_of(at)) == ten_minutes_of(at)


def test_a_day_begins_at_midnight_in_shanghai():
    midnight = datetime(2026, 5, 31, 16, tzinfo=UTC)

    assert day_of(midnight) == midnight
    assert day_of(midnight - timedelta(microseconds=1)) == midnight - timedelta(days=1)
