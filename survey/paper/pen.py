"""Pen: text on a page of a PDF, in lines as Chinese and English want them, made to fit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

from survey.paper.print_font import PrintFont

LEADING = 1.3
_SHRINK = 0.94
_SMALLEST = 0.55  # of the size asked for, before the text is cut
_PIECES = re.compile(r"[!-~]+|.", re.DOTALL)  # a Latin word stays whole, each Chinese character
_NEVER_FIRST = frozenset("，。；：？！）」』、》】’”,.;:?!)]")


Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
GREY: Colour = (0.3, 0.34, 0.4)
BLUE: Colour = (0.11, 0.31, 0.57)
RED: Colour = (0.64, 0.15, 0.11)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size in points, colour, whether heavier, lines at most, centred or not."""

    size: float
    colour: Colour = BLACK
    is_bold: bool = False
    most_lines: int = 1
    is_centred: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """Where text goes: from `top` downwards, in points."""

    left: float
    top: float
    width: float


class Pen:
    """Writes on a canvas in one font and remembers which characters the font lacked."""

    def __init__(self, canvas: Any, font: PrintFont) -> None:
        self.canvas = canvas
        self.lacking: dict[str, None] = {}
        self._font = font

    def write(self, text: str, style: Style, column: Column) -> float:
        """Write a text into a column, smaller where it must be, and return where it ends."""
        self.lacking |= dict.fromkeys(self._font.lacking(" ".join(text.split())))
        lines, size = self.fit(text, style, column.width)
        self.canvas.setFillColorRGB(*style.colour)
        self.canvas.setStrokeColorRGB(*style.colour)
        self.canvas.setLineWidth(size / 55)
        self.canvas.setFont(self._font.name, size)
        top = column.top
        for line in lines:
            left = column.left
            if style.is_centred:
                left += (column.width - self._wide(line, size)) / 2
            self.canvas.drawString(left, top - size, line, mode=2 if style.is_bold else None)
            top -= size * LEADING
        return top

    def fit(self, text: str, style: Style, width: float) -> tuple[list[str], float]:
        """Return the lines of a text and the size they fit at; what does not fit ends in …."""
        text = self._font.drawable(" ".join(text.split()))
        size = style.size
        lines = list(self._lines(text, size, width))
        while not self._fits(lines, style, size, width) and size > style.size * _SMALLEST:
            size *= _SHRINK
            lines = list(self._lines(text, size, width))
        if style.is_centred:
            lines = self._balanced(text, lines, size, width)
        if len(lines) > style.most_lines:
            lines = [*lines[: style.most_lines - 1], lines[style.most_lines - 1][:-1] + "…"]
        return lines, size

    def height(self, text: str, style: Style, width: float) -> float:
        """Return how far a text would reach down a column."""
        lines, size = self.fit(text, style, width)
        return len(lines) * size * LEADING

    def _balanced(self, text: str, lines: list[str], size: float, width: float) -> list[str]:
        """Return the same number of lines, about equally long."""
        count = len(lines)
        while len(lines) == count > 1:
            balanced, width = lines, width * 0.95
            lines = list(self._lines(text, size, width))
        return balanced if count > 1 else lines

    def _fits(self, lines: list[str], style: Style, size: float, width: float) -> bool:
        return len(lines) <= style.most_lines and all(
            self._wide(line, size) <= width for line in lines
        )

    def _lines(self, text: str, size: float, width: float) -> Iterator[str]:
        line = ""
        for piece in _pieces(text):
            if line and self._wide((line + piece).rstrip(), size) > width:
                yield line.rstrip()
                line = piece.lstrip()
            else:
                line += piece
        yield line.rstrip()

    def _wide(self, text: str, size: float) -> float:
        return float(stringWidth(text, self._font.name, size))


def _pieces(text: str) -> list[str]:
    """Return the parts between which a line may break; no line begins with a closing mark."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if pieces and piece[0] in _NEVER_FIRST:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
