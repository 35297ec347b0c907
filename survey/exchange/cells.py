"""The text of one cell → what is stored for it."""

import math
import re
import unicodedata

from scales import DONT_KNOW, SKIPPED, Item

REFUSED = 254  # stands for a cell that is no answer; no item has that many positions
REFUSED_POINTS, DONT_KNOW_POINTS, SKIPPED_POINTS = -math.inf, math.inf, math.nan

_WHOLE = re.compile(r"([+-]?\d{1,9})(?:\.0*)?")
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def plain(text: str) -> str:
    """Return the text without spaces around it, full-width letters and digits made narrow."""
    return unicodedata.normalize("NFKC", text).strip()


class PositionOfCell(dict[str, int]):
    """Cell text → the byte of a packed sheet; spellings met are remembered."""

    def __init__(self, item: Item) -> None:
        lowest = 1 if item.format is None else item.format.lowest
        super().__init__({"": SKIPPED})
        self.update({str(lowest + place): place + 1 for place in range(item.position_count)})
        self.update({option.id: place for place, option in enumerate(item.options, start=1)})
        if item.offers_dont_know:
            self["DK"] = DONT_KNOW

    def __missing__(self, text: str) -> int:
        position = self._position(plain(text))
        if position != REFUSED:
            self[text] = position
        return position

    def _position(self, text: str) -> int:
        whole = _WHOLE.fullmatch(text)
        spelling = str(int(whole[1])) if whole else text
        if spelling not in self and text.upper() == "DK":
            spelling = "DK"
        return self.get(spelling, REFUSED)


class PointsOfCell(dict[str, float]):
    """Cell text → points, fractions allowed; infinite for what is no number of points."""

    def __init__(self, item: Item) -> None:
        if item.format is None:
            raise TypeError(f"item {item.id} has no points")
        super().__init__({"": SKIPPED_POINTS})
        self._lowest, self._highest = item.format.lowest, item.format.highest
        self._offers_dont_know = item.offers_dont_know

    def __missing__(self, text: str) -> float:
        cell = plain(text)
        if not cell:
            return SKIPPED_POINTS
        if cell.upper() == "DK" and self._offers_dont_know:
            return DONT_KNOW_POINTS
        points = number(cell)
        return points if self._lowest <= points <= self._highest else REFUSED_POINTS


def number(text: str) -> float:
    """Return the number a cell holds, or NaN."""
    cell = plain(text)
    return float(cell) if _DECIMAL.fullmatch(cell) else math.nan


def seconds_of(text: str) -> float:
    """Return the seconds a cell holds, NaN where it is empty, below 0 for what is no time."""
    cell = plain(text).removesuffix("秒").strip()
    if not cell:
        return math.nan
    seconds = number(cell)
    return seconds if 0 <= seconds < math.inf else -1.0
