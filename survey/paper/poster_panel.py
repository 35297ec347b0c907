"""One poster drawn into a part of a page: upright, or lying with the code beside the words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from survey.paper.pen import BLUE, GREY, RED, Column, Pen, Style
from survey.paper.poster import Poster, PosterWords
from survey.paper.qr_squares import draw_qr

_FULL_WIDTH = 210 * mm  # what the sizes below are made for; a smaller panel shrinks alike
_QR_UPRIGHT, _QR_LYING = 118 * mm, 96 * mm
_EDGE = 16 * mm
_FOOT = 44 * mm
_BESIDE_QR = 0.74  # how much smaller words are beside the code than around it

_ASKED_BY = Style(16, GREY, most_lines=2)
_PLEASE = Style(34, BLUE, is_bold=True)
_UNIT = Style(36, is_bold=True, most_lines=2)
_PLACE = Style(21, GREY, most_lines=2)
_ADDRESS = Style(19)
_HOW = Style(15, GREY, most_lines=2)
_DEMO = Style(15, RED, is_bold=True)

_Text = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page, from its lower left corner, in points."""

    left: float
    bottom: float
    width: float
    height: float


def draw_upright(pen: Pen, poster: Poster, words: PosterWords, panel: Panel) -> None:
    """Draw the code in the middle, who asks above it, the unit and the address below."""
    scale = panel.width / _FULL_WIDTH
    edge, qr = _EDGE * scale, _QR_UPRIGHT * scale
    column = Column(panel.left + edge, panel.bottom + panel.height - edge, panel.width - 2 * edge)
    top = _flow(pen, _head(words), column, scale, is_centred=True)
    draw_qr(pen.canvas, poster.address, panel.left + (panel.width - qr) / 2, top - qr, qr)
    _flow(pen, _unit(poster), replace(column, top=top - qr), scale, is_centred=True)
    foot = replace(column, top=panel.bottom + _FOOT * scale)
    _flow(pen, _foot(words), foot, scale, is_centred=True)


def draw_lying(pen: Pen, poster: Poster, words: PosterWords, panel: Panel) -> None:
    """Draw the code on the left and the words beside it."""
    scale = panel.width / _FULL_WIDTH
    edge, qr = _EDGE * scale / 2, _QR_LYING * scale
    middle = panel.bottom + panel.height / 2
    draw_qr(pen.canvas, poster.address, panel.left + edge, middle - qr / 2, qr)
    left = panel.left + edge + qr
    texts = [*_head(words), *_unit(poster), *_foot(words)]
    column = Column(left, 0, panel.left + panel.width - 2 * edge - left)
    height = _height(pen, texts, column, scale * _BESIDE_QR)
    _flow(pen, texts, replace(column, top=middle + height / 2), scale * _BESIDE_QR)


def _head(words: PosterWords) -> list[_Text]:
    return [(words.asked_by, _ASKED_BY), (words.phrase("please"), _PLEASE)]


def _unit(poster: Poster) -> list[_Text]:
    place = [(poster.place, _PLACE)] if poster.place else []
    return [(poster.unit_name, _UNIT), *place, (poster.short_address, _ADDRESS)]


def _foot(words: PosterWords) -> list[_Text]:
    lines = [(words.phrase(name), _HOW) for name in ("how", "no_names", "until")]
    return [*lines, (words.phrase("demo"), _DEMO)] if words.is_demo else lines


def _flow(
    pen: Pen, texts: Sequence[_Text], column: Column, scale: float, *, is_centred: bool = False
) -> float:
    """Write texts under each other and return where they end."""
    top = column.top
    for text, style in texts:
        sized = replace(style, size=style.size * scale, is_centred=is_centred)
        top = pen.write(text, sized, replace(column, top=top))
    return top


def _height(pen: Pen, texts: Sequence[_Text], column: Column, scale: float) -> float:
    return sum(
        pen.height(text, replace(style, size=style.size * scale), column.width)
        for text, style in texts
    )
