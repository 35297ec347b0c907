"""Short codes: long enough not to be guessed, and slips of the pen are caught."""

from hypothesis import given
from hypothesis import strategies as st

from survey.rules.ways_in.link import CODE_LETTERS
from survey.rules.ways_in.short_code import (
    RANDOM_BITS,
    RANDOM_LETTERS,
    SHORT_CODE_LENGTH,
    has_short_length,
    new_short_code,
    read_short_code,
    shown_short_code,
)

TRIES_AN_HOUR = 1_000  # from everywhere, before each needs a solved challenge
CODES_OUT = 100_000  # unused codes of all campaigns at once: a city's receipts of some weeks

codes = st.builds(new_short_code)
places = st.integers(0, SHORT_CODE_LENGTH - 1)


@given(codes, places, st.sampled_from(CODE_LETTERS))
def test_a_single_wrong_letter_never_makes_another_code(code, place, letter):
    wrong = code[:place] + letter + code[place + 1 :]

    assert (read_short_code(wrong) == code) == (letter == code[place])
    assert read_short_code(wrong) in (None, code)


@given(codes, places, places)
def test_two_letters_that_changed_places_never_make_another_code(code, one, other):
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    swapped = "".join(letters)

    assert read_short_code(swapped) == (code if swapped == code else None)


@given(codes)
def test_a_code_is_read_without_regard_to_case_blanks_dashes_and_width(code):
    shown = shown_short_code(code)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in shown)

    for written in (shown, shown.lower(), shown.replace("-", " "), shown.replace("-", "—"), wide):
        assert read_short_code(f" {written}\u3000") == code


def test_what_is_no_code_is_not_read_however_long():
    for typed in ("", "abcdefgh", "x" * 22, "x" * 100_000, "ABCDE-FGHJ0", "\0" * 10, "代码" * 5):
        assert read_short_code(typed) is None
    assert has_short_length("ABCDE-FGHJ0")
    assert not has_short_length("ABCDE")


def test_a_code_has_forty_random_bits_and_guessing_finds_less_than_one_in_ten_years():
    guesses = TRIES_AN_HOUR * 24 * 365 * 10
    expected_hits = guesses * CODES_OUT / len(CODE_LETTERS) ** RANDOM_LETTERS

    assert RANDOM_BITS >= 40
    assert expected_hits < 1
    assert len({new_short_code() for _ in range(10_000)}) == 10_000
