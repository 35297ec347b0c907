"""Sheets of code cards, ten to an A4 sheet, to be cut apart and drawn blind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from survey.language import messages
from survey.paper.pdf_canvas import pdf_canvas
from survey.paper.pen import GREY, Column, Pen, Style
from survey.paper.print_font import PrintFont
from survey.paper.qr_squares import draw_qr
from survey.rules.sheets.serving import LOCAL_TIME

ACROSS, DOWN = 2, 5
_WIDE, _HIGH = A4[0] / ACROSS, A4[1] / DOWN
_EDGE = 7 * mm
_QR = 36 * mm

_ASKED_BY = Style(8.5, GREY)
_UNIT = Style(12, is_bold=True, most_lines=2)
_TYPE_HERE = Style(7.5, GREY, most_lines=2)
_CODE = Style(15, is_bold=True)
_WORDS = Style(7.5, GREY, most_lines=2)


@dataclass(frozen=True, slots=True)
class Card:
    """One code as it is read and typed, and the address its QR code leads to."""

    code: str
    address: str


@dataclass(frozen=True, slots=True)
class CardSheet:
    """The cards of one unit, under the title that stands on each."""

    title: str
    unit_name: str
    cards: Sequence[Card]
    type_at: str  # the address of the page where a code is typed
    closes_at: datetime


def draw_cards(sheets: Sequence[CardSheet], locale: str, font: PrintFont) -> bytes:
    """Return a PDF of the cards; each unit begins on a sheet of paper of its own."""
    drawn = BytesIO()
    canvas = pdf_canvas(drawn, A4, sheets[0].title if sheets else "")
    pen = Pen(canvas, font)
    for sheet in sheets:
        for start in range(0, len(sheet.cards), ACROSS * DOWN):
            _draw_page(pen, sheet, sheet.cards[start : start + ACROSS * DOWN], locale)
    canvas.save()
    return drawn.getvalue()


def _draw_page(pen: Pen, sheet: CardSheet, cards: Sequence[Card], locale: str) -> None:
    _draw_cut_lines(pen.canvas)
    for place, card in enumerate(cards):
        row, column = divmod(place, ACROSS)
        _draw_card(pen, sheet, card, (column * _WIDE, A4[1] - row * _HIGH), locale)
    pen.canvas.showPage()


def _draw_card(
    pen: Pen, sheet: CardSheet, card: Card, corner: tuple[float, float], locale: str
) -> None:
    """Draw a card down from its upper left corner: the QR code left, the words right."""
    left, top = corner
    draw_qr(pen.canvas, card.address, left + _EDGE - 2 * mm, top - (_HIGH + _QR) / 2, _QR)
    words_left = left + _EDGE + _QR
    width = _WIDE - _EDGE - _QR - _EDGE
    top -= _EDGE
    top = pen.write(sheet.title, _ASKED_BY, Column(words_left, top, width))
    top = pen.write(sheet.unit_name, _UNIT, Column(words_left, top - 1, width)) - 1.5 * mm
    host = urlsplit(sheet.type_at)
    type_here = _phrase("type_here", locale, address=host.netloc + host.path)
    top = pen.write(type_here, _TYPE_HERE, Column(words_left, top, width))
    top = pen.write(card.code, _CODE, Column(words_left, top, width)) - 1.5 * mm
    until = sheet.closes_at.astimezone(LOCAL_TIME).strftime("%Y-%m-%d %H:%M")
    for name in ("anonymous", "drawn_blind", "one_use", "until"):
        line = _phrase(name, locale, at=until)
        top = pen.write(line, _WORDS, Column(words_left, top, width))


def _draw_cut_lines(canvas: Any) -> None:
    canvas.saveState()
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.4)
    canvas.setDash(3, 3)
    for column in range(1, ACROSS):
        canvas.line(column * _WIDE, 0, column * _WIDE, A4[1])
    for row in range(1, DOWN):
        canvas.line(0, row * _HIGH, A4[0], row * _HIGH)
    canvas.restoreState()


def _phrase(name: str, locale: str, **values: object) -> str:
    return messages().phrase(f"cards.{name}", locale, **values)
