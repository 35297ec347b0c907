"""The quality of each sheet as CSV: numbers and rules' names only, so no cell can be a formula."""

import csv
import io
import math
from collections.abc import Iterator, Sequence

from scales import Flags, SheetQuality

_COUNTS = ("longstring", "contradictions")
_VALUES = (
    "longstring",
    "irv",
    "even_odd",
    "synonyms",
    "antonyms",
    "mahalanobis",
    "contradictions",
    "seconds_per_item",
)

Cell = float | str | None


def quality_csv(
    quality: SheetQuality,
    flags: Flags,
    *,
    rows: Sequence[int] | None = None,
    row_count: int | None = None,
) -> bytes:
    """Return a row per sheet of the file, counted from 1; what does not exist is an empty cell.

    `rows` are the places, from 0, that the sheets have in a file of `row_count` rows, where some
    are not counted; those have their number only.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["row", *_VALUES, "flags"])
    columns = [_cells(quality, name) for name in _VALUES]
    found = zip(*columns, _flag_cells(flags, len(quality.raw)), strict=True)
    if rows is None:
        writer.writerows((row, *cells) for row, cells in enumerate(found, start=1))
        return text.getvalue().encode()
    by_row = dict(zip(rows, found, strict=True))
    empty = (None,) * (len(_VALUES) + 1)
    total = len(quality.raw) if row_count is None else row_count
    writer.writerows((row + 1, *by_row.get(row, empty)) for row in range(total))
    return text.getvalue().encode()


def _cells(quality: SheetQuality, name: str) -> list[Cell]:
    values = getattr(quality, name).tolist()
    if name in _COUNTS:
        return [None if math.isnan(value) else int(value) for value in values]
    return [None if math.isnan(value) else value for value in values]


def _flag_cells(flags: Flags, count: int) -> Iterator[str]:
    """Join the names of the rules; sheets with the same flags share one text."""
    bits = [0] * count
    for place, mask in enumerate(flags.by_rule.values()):
        for sheet in mask.nonzero()[0].tolist():
            bits[sheet] |= 1 << place
    texts: dict[int, str] = {}
    for of_sheet in bits:
        if of_sheet not in texts:
            texts[of_sheet] = ";".join(
                rule for place, rule in enumerate(flags.by_rule) if of_sheet >> place & 1
            )
        yield texts[of_sheet]
