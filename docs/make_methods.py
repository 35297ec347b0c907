"""Write the tables of docs/methods.md from the docstrings of the functions that compute."""

import re
from itertools import groupby
from pathlib import Path

from scales import FigureNote, figure_glossary

METHODS = Path(__file__).parent / "methods.md"
_TABLE = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_HEAD = "| key | figure | formula | in R | source |\n|---|---|---|---|---|\n"


def methods_text(standing: str) -> str:
    """Return the page with every marked table made anew; what stands around them stays."""
    notes = sorted(figure_glossary(), key=lambda note: note.topic)
    rows = {
        topic: "".join(map(_row, group))
        for topic, group in groupby(notes, key=lambda note: note.topic)
    }

    def table(found: re.Match[str]) -> str:
        return f"{found[1]}{_HEAD}{rows[found[2]]}{found[3]}"

    return _TABLE.sub(table, standing)


def topics_of(standing: str) -> set[str]:
    """Return the topics the page has a table for."""
    return {found[2] for found in _TABLE.finditer(standing)}


def _row(note: FigureNote) -> str:
    summary = note.summary.removeprefix("Return ")
    cells = (
        f"`{note.key}`",
        summary[0].upper() + summary[1:],
        note.formula,
        note.r,
        note.reference,
    )
    return "| " + " | ".join(_cell(cell or "") for cell in cells) + " |\n"


def _cell(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")


if __name__ == "__main__":
    METHODS.write_text(methods_text(METHODS.read_text(encoding="utf-8")), encoding="utf-8")
