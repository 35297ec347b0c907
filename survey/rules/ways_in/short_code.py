"""Short codes of cards and receipts: nine random letters and one that catches slips of the pen."""

import math
import secrets
import unicodedata

from survey.rules.ways_in.link import CODE_LETTERS

RANDOM_LETTERS = 9
SHORT_CODE_LENGTH = RANDOM_LETTERS + 1
RANDOM_BITS = RANDOM_LETTERS * math.log2(len(CODE_LETTERS))

_GROUP = 5
_VALUES = {letter: value for value, letter in enumerate(CODE_LETTERS)}
_DASHES = dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013\u2014\u2212\u30fc_"))


def new_short_code() -> str:
    """Return a new code, as it is looked up."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(RANDOM_LETTERS))
    return letters + _check_letter(letters)


def shown_short_code(code: str) -> str:
    """Return a code as it is printed: XXXXX-XXXXX."""
    return f"{code[:_GROUP]}-{code[_GROUP:]}".upper()


def read_short_code(typed: str) -> str | None:
    """Return the code somebody typed or scanned, or None where it cannot be one.

    Case, blanks, dashes and full-width letters do not matter. A single wrong letter, or two that
    changed places, never make another code: the letters are 31, a prime, and weigh differently.
    """
    if len(typed) > 4 * SHORT_CODE_LENGTH:
        return None
    folded = unicodedata.normalize("NFKC", typed).translate(_DASHES)
    code = "".join(folded.lower().split())
    if len(code) != SHORT_CODE_LENGTH or not _VALUES.keys() >= set(code):
        return None
    return code if code[-1] == _check_letter(code[:RANDOM_LETTERS]) else None


def has_short_length(typed: str) -> bool:
    """Whether what was typed is as long as a code, so that a slip is the likely reason."""
    folded = unicodedata.normalize("NFKC", typed).translate(_DASHES)
    return len("".join(folded.split())) == SHORT_CODE_LENGTH


def _check_letter(letters: str) -> str:
    weighed = sum(place * _VALUES[letter] for place, letter in enumerate(letters, start=2))
    return CODE_LETTERS[weighed % len(CODE_LETTERS)]
