"""When two texts say the same: full-width or narrow, spaced or not, with invisible marks or not."""

import re
import unicodedata

_UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NUMBERING = re.compile(r"^(?:[qQ]|第)?\s*\d{1,3}\s*题?\s*[.、:)，,]\s*|^\(\d{1,3}\)\s*")
_END = ":;,.?!。"


def words_of(text: str) -> str:
    """Return a text so that equal words are equal: nothing is guessed, 满意 is not 非常满意."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def heading_of(text: str) -> str:
    """Return a column's heading without the number before it and the mark at its end."""
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("\ufeff\u200b")
    return words_of(_NUMBERING.sub("", plain)).rstrip(_END)
