"""A CSV or XLSX file → rows of text cells; which of the two it is, its content decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from survey.errors import FileNotFound, FileNotReadable, TableUnreadable
from survey.exchange.csv_rows import csv_rows
from survey.exchange.xlsx_rows import xlsx_rows

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """The header, and the rows under it with the number the file gives each (header = 1)."""

    file: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]


def read_table(path: Path) -> Table:
    """Open a table on the disk; rows come as they are read, so that a long file stays small."""
    return table_of(path.name, read_bytes(path))


def table_of(file: str, content: bytes) -> Table:
    """Open a table that was handed over as bytes."""
    rows = _rows(file, content)
    header = next(rows, None)
    if header is None or not any(cell.strip() for cell in header[1]):
        raise TableUnreadable("table_empty", file=file)
    return Table(file, tuple(cell.strip() for cell in header[1]), rows)


def _rows(file: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    if content.startswith(_OLD_EXCEL):
        raise TableUnreadable("table_old_excel", file=file)
    if content.startswith(_ZIP):
        return xlsx_rows(file, content)
    return csv_rows(file, content)


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes, or raise the reason why there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileNotFound(file=str(path)) from None
    except OSError as error:
        raise FileNotReadable(file=str(path), reason=error.strerror) from None
