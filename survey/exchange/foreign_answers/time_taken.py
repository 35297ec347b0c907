"""How long a sheet took, as exports write it: 123秒, 2分3秒, 0:02:03, 123."""

import re

from survey.rules.sheets.cell_texts import is_left_empty
from survey.rules.sheets.same_words import words_of

UNREADABLE = -1
_MOST = 10 * 24 * 3600
_WORDS = re.compile(
    r"(?:(\d{1,3})(?:小时|时|h))?(?:(\d{1,4})(?:分钟|分|min|m))?(?:(\d{1,7}(?:\.\d+)?)(?:秒|s|sec|seconds)?)?"
)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:\.\d+)?)")


def time_taken(text: str) -> int | None:
    """Return whole seconds, None where the cell is empty, `UNREADABLE` where it is no time."""
    if is_left_empty(text):
        return None
    words = words_of(text)
    found = _CLOCK.fullmatch(words) or _WORDS.fullmatch(words)
    if found is None or not any(found.groups()):
        return UNREADABLE
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    taken = int(hours * 3600 + minutes * 60 + seconds)
    return taken if taken <= _MOST else UNREADABLE
