"""Posters as one PDF, however many, on A4 sheets any office can print."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape

from survey.paper.pdf_canvas import pdf_canvas
from survey.paper.pen import Pen
from survey.paper.poster import Layout, Poster, PosterWords
from survey.paper.poster_panel import Panel, draw_lying, draw_upright
from survey.paper.print_font import PrintFont

Note = Callable[[int, int], None]

_ON_A_SHEET = {Layout.A4: 1, Layout.A5: 2, Layout.TABLE_CARD: 1}


def write_posters(
    file: Path,
    posters: Sequence[Poster],
    words: PosterWords,
    layout: Layout,
    font: PrintFont,
    note: Note,
) -> str:
    """Write the PDF and return the characters that the font lacks; `note(done, total)` follows."""
    with file.open("wb") as opened:
        page = landscape(A4) if layout is Layout.A5 else A4
        pen = Pen(pdf_canvas(opened, page, words.asked_by), font)
        for start in range(0, len(posters), _ON_A_SHEET[layout]):
            note(start, len(posters))
            _draw_sheet(pen, posters[start : start + _ON_A_SHEET[layout]], words, layout)
            pen.canvas.showPage()
        pen.canvas.save()
    return "".join(pen.lacking)


def _draw_sheet(pen: Pen, posters: Sequence[Poster], words: PosterWords, layout: Layout) -> None:
    wide, high = A4
    if layout is Layout.A4:
        draw_upright(pen, posters[0], words, Panel(0, 0, wide, high))
    elif layout is Layout.A5:
        for place, poster in enumerate(posters):
            draw_upright(pen, poster, words, Panel(place * high / 2, 0, high / 2, wide))
        _draw_dashes(pen.canvas, (high / 2, 0, high / 2, wide))
    else:
        _draw_table_card(pen, posters[0], words)


def _draw_table_card(pen: Pen, poster: Poster, words: PosterWords) -> None:
    """Draw the same card on both halves, the upper one upside down: folded, it stands."""
    wide, high = A4
    half = Panel(0, 0, wide, high / 2)
    draw_lying(pen, poster, words, half)
    pen.canvas.saveState()
    pen.canvas.translate(wide, high)
    pen.canvas.rotate(180)
    draw_lying(pen, poster, words, half)
    pen.canvas.restoreState()
    _draw_dashes(pen.canvas, (0, high / 2, wide, high / 2))


def _draw_dashes(canvas: Any, ends: tuple[float, float, float, float]) -> None:
    canvas.saveState()
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.4)
    canvas.setDash(3, 3)
    canvas.line(*ends)
    canvas.restoreState()
