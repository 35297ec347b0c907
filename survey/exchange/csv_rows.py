"""The bytes of a CSV file → rows of cells: UTF-8 with or without BOM, or GB18030."""

import csv
import io
from collections.abc import Iterator

from survey.errors import TableUnreadable

_BOM = "\ufeff"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def csv_rows(file: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not an empty line, with its number in the file (the header is 1)."""
    text = _decode(file, content)
    number = 0
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, row in enumerate(rows, start=1):
            if row:
                yield number, row
    except csv.Error as error:
        raise TableUnreadable(
            "table_broken", file=file, row=number + 1, reason=str(error)
        ) from None


def _delimiter(text: str) -> str:
    header = text[: text.find("\n")] if "\n" in text else text
    return next((mark for mark in ",;\t" if mark in header), ",")


def _decode(file: str, content: bytes) -> str:
    if content.startswith(_UTF16_MARKS):
        raise TableUnreadable("table_utf16", file=file)
    if b"\0" in content:
        row = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise TableUnreadable("table_binary", file=file, row=row)
    furthest = 0
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding).removeprefix(_BOM)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    row = content.count(b"\n", 0, furthest) + 1
    raise TableUnreadable("table_encoding", file=file, row=row)
