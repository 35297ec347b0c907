"""A QR code as squares to be drawn: vectors, so that print stays sharp at any size."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import segno

QUIET_ZONE = 4  # modules of white the standard asks for
_MASK = 3  # readers take any of the eight; to try them all costs ten times as much


@dataclass(frozen=True, slots=True)
class QrSquares:
    """Dark runs (x, y, modules long) from the top left, on a field that many modules wide."""

    width: int
    runs: tuple[tuple[int, int, int], ...]


def qr_squares(address: str) -> QrSquares:
    """Return the code of an address; a quarter of it may be dirty or torn (level Q)."""
    code = segno.make_qr(address, error="q", mask=_MASK)
    rows = [list(row) for row in code.matrix]
    runs = tuple(run for y, row in enumerate(rows) for run in _runs(row, y))
    return QrSquares(len(rows) + 2 * QUIET_ZONE, runs)


def draw_qr(canvas: Any, address: str, left: float, bottom: float, size: float) -> None:
    """Draw the code of an address on white, its quiet zone inside `size` points."""
    squares = qr_squares(address)
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(left, bottom, size, size, stroke=0, fill=1)
    canvas.translate(left, bottom + size)
    canvas.scale(size / squares.width, -size / squares.width)
    canvas.setFillGray(0)
    canvas.addLiteral("".join(f"{x} {y} {long} 1 re\n" for x, y, long in squares.runs) + "f")
    canvas.restoreState()


def _runs(row: list[int], y: int) -> Iterator[tuple[int, int, int]]:
    x = QUIET_ZONE
    for dark, modules in groupby(row):
        long = len(list(modules))
        if dark:
            yield x, y + QUIET_ZONE, long
        x += long
