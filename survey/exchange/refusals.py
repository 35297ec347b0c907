"""Collect the cells of an answers file that are wrong: the first twenty, and how many in all."""

from collections.abc import Sequence

from survey.errors import AnswersRefused, RefusedCell

SHOWN = 20
_LONGEST_VALUE = 40


class Refusals:
    """What is wrong in a file, in the order of its rows."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._cells: list[RefusedCell] = []
        self._count = 0

    def add(self, cells: Sequence[RefusedCell], count: int) -> None:
        """Take up the wrong cells of some more rows; `count` may be more than are handed over."""
        self._count += count
        room = SHOWN - len(self._cells)
        self._cells += sorted(cells, key=lambda cell: cell.row)[:room]

    def raise_if_any(self) -> None:
        """Refuse the whole file if one cell is wrong."""
        if self._count:
            raise AnswersRefused(self._file, self._cells, self._count)


def shown(value: str) -> str:
    """Return a cell's text fit for a message: short, and without control characters."""
    text = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
