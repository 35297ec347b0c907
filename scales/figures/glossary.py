"""figure_glossary: what each figure is, from the docstring of the function that computes it."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
_R_LINE = re.compile(r"^R: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class FigureNote:
    """One figure: its key in the result, what it is, its formula, R's name for it, its source."""

    key: str
    topic: str
    function: str
    summary: str
    formula: str | None
    r: str | None
    reference: str | None


def note_of(key: str, topic: str, function: Callable[..., Any]) -> FigureNote:
    """Return what a function's docstring says of the figure it computes.

    The summary is the first paragraph; the formula is the Notes section without its line that
    begins with ``R:``; the reference is the References section.
    """
    text = inspect.getdoc(function) or ""
    parts = _SECTION.split(text)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    notes = sections.get("Notes", "")
    r_line = _R_LINE.search(notes)
    return FigureNote(
        key=key,
        topic=topic,
        function=f"{function.__module__}.{function.__name__}",
        summary=_one_line(parts[0].split("\n\n")[0]),
        formula=_one_line(_R_LINE.sub("", notes)) or None,
        r=r_line[1].strip() if r_line else None,
        reference=_one_line(sections.get("References", "")) or None,
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
