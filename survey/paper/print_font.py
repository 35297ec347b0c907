"""The font of what is printed: found on the machine or named, embedded in the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from survey.errors import PrintFontRefused

MISSING = "〓"  # what Chinese printers set for a character they do not have
_VIEWERS_OWN = "STSong-Light"
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
_KNOWN_FILES = (  # with TrueType outlines, which alone can be embedded, best first
    "NotoSansSC-Regular.ttf",
    "NotoSansSC[wght].ttf",
    "msyh.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "simhei.ttf",
    "simsun.ttc",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "Arial Unicode.ttf",
)


@dataclass(frozen=True)
class PrintFont:
    """A font that is ready to draw with; without `glyphs` the viewer brings its own."""

    name: str
    glyphs: frozenset[int] | None = None

    @property
    def is_embedded(self) -> bool:
        """Whether the file shows and prints alike on every machine."""
        return self.glyphs is not None

    def has(self, letter: str) -> bool:
        """Whether the font can draw a character."""
        if self.glyphs is not None:
            return ord(letter) in self.glyphs
        try:
            return bool(letter.encode("gbk"))
        except UnicodeEncodeError:
            return False

    def lacking(self, texts: Iterable[str]) -> str:
        """Return the characters of the texts that the font lacks, each once, in order."""
        letters = dict.fromkeys(letter for text in texts for letter in text)
        return "".join(letter for letter in letters if not self.has(letter))

    def drawable(self, text: str) -> str:
        """Return a text with a sign in the place of each character the font lacks."""
        return "".join(letter if self.has(letter) else self._sign for letter in text)

    @property
    def _sign(self) -> str:
        return MISSING if self.has(MISSING) else "?"


def print_font(named: Path | None) -> PrintFont:
    """Return the font named in the settings, else one found, else the viewer's own."""
    if named is not None:
        return _embedded(named)
    found = _found()
    return _embedded(found) if found is not None else _of_viewer()


@cache
def _embedded(path: Path) -> PrintFont:
    name = f"print-{path.name}"
    try:
        font = TTFont(name, str(path), subfontIndex=0)
    except (TTFError, OSError) as error:
        raise PrintFontRefused(path=path.name, reason=str(error)) from error
    pdfmetrics.registerFont(font)
    return PrintFont(name, frozenset(font.face.charToGlyph))


@cache
def _of_viewer() -> PrintFont:
    pdfmetrics.registerFont(UnicodeCIDFont(_VIEWERS_OWN))
    return PrintFont(_VIEWERS_OWN)


@cache
def _found() -> Path | None:
    folders = [Path(folder) for folder in (*_FOLDERS, Path.home() / ".fonts")]
    files = [path for folder in folders if folder.is_dir() for path in folder.rglob("*.tt[fc]")]
    by_name = {path.name: path for path in sorted(files)}
    return next((by_name[name] for name in _KNOWN_FILES if name in by_name), None)
