"""Posters as a ZIP of SVGs for a print shop: the code, the unit, the place, the address."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from survey.paper.poster import Poster, PosterWords
from survey.paper.qr_squares import qr_squares

Note = Callable[[int, int], None]

_NOT_IN_A_NAME = re.compile(r"[^\w（）()-]+")  # Windows, macOS and archives agree on the rest
_LONGEST_PART = 40
_FONTS = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei',sans-serif"
_SVG = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="120mm" height="160mm" viewBox="0 0 120 160">
<title>{title}</title><rect width="120" height="160" fill="#fff"/>
<path transform="translate(10 4) scale({scale})" d="{path}"/>
<g text-anchor="middle" font-family="{fonts}">{lines}</g>
</svg>
"""


def write_svgs(file: Path, posters: Sequence[Poster], words: PosterWords, note: Note) -> None:
    """Write the ZIP; `note(done, total)` follows."""
    taken: dict[str, int] = {}
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=3) as archive:
        for done, poster in enumerate(posters):
            note(done, len(posters))
            name = file_name(poster)
            taken[name] = taken.get(name, 0) + 1
            number = f"-{taken[name]}" if taken[name] > 1 else ""
            archive.writestr(f"{name}{number}.svg", poster_svg(poster, words))


def file_name(poster: Poster) -> str:
    """Return unit code, name and place as a file name that every system takes."""
    parts = (poster.unit_code, poster.unit_name, poster.place or "")
    safe = [_NOT_IN_A_NAME.sub("_", part).strip("_")[:_LONGEST_PART] for part in parts]
    return "-".join(part for part in safe if part) or "poster"


def poster_svg(poster: Poster, words: PosterWords) -> str:
    """Return a poster of 120 × 160 mm that scales to any size."""
    squares = qr_squares(poster.address)
    path = "".join(f"M{x} {y}h{long}v1h-{long}z" for x, y, long in squares.runs)
    texts = [
        (poster.unit_name, 8.0, 700),
        (poster.place or "", 5.5, 400),
        (poster.short_address, 5.0, 400),
        (words.phrase("how"), 4.2, 400),
        (words.phrase("until"), 4.2, 400),
    ]
    return _SVG.format(
        title=escape(file_name(poster)),
        scale=round(100 / squares.width, 5),
        path=path,
        fonts=_FONTS,
        lines="".join(_lines(texts)),
    )


def _lines(texts: Sequence[tuple[str, float, int]]) -> list[str]:
    lines, y = [], 106.0
    for text, size, weight in texts:
        if text:
            y += size * 1.35
            length = _wide(text) * size
            fitted = ' textLength="112" lengthAdjust="spacingAndGlyphs"' if length > 112 else ""
            lines.append(
                f'<text x="60" y="{y:.1f}" font-size="{size:g}" font-weight="{weight}"{fitted}>'
                f"{escape(text)}</text>"
            )
    return lines


def _wide(text: str) -> float:
    """Return about how wide a text is, in widths of a Chinese character."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.56 for letter in text)
