"""The bytes of an XLSX workbook → rows of text cells: its first visible sheet."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from survey.errors import TableUnreadable
from survey.exchange.xlsx_faults import fault_cells

_MOST_BYTES = 2**31  # unpacked; a full sheet of 1,048,576 rows × 25 answers holds about 1 GB
_DAMAGE = (  # what the two readers raise for a file that is no sound workbook
    CalamineError,
    ElementTree.ParseError,
    EOFError,
    KeyError,
    RuntimeError,
    StopIteration,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)

Cell = str | float | bool | date | datetime | time | timedelta


def xlsx_rows(file: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number in the sheet; empty rows at the end are no rows.

    An error, or a formula that was never computed, comes as its text: it is not an empty cell.
    """
    sheet, faults = _open(file, content)
    first_row, first_column = (at + 1 for at in sheet.start or (0, 0))
    waiting: list[tuple[int, list[str]]] = []  # empty rows, until a filled one follows
    for number, cells in enumerate(sheet.iter_rows(), start=first_row):
        row = [_text(cell) for cell in cells]
        for column, fault in faults.get(number, {}).items():
            if 0 <= column - first_column < len(row):
                row[column - first_column] = fault
        waiting.append((number, row))
        if any(cell.strip() for cell in row):
            yield from waiting
            waiting.clear()


def _open(file: str, content: bytes) -> tuple[CalamineSheet, Mapping[int, Mapping[int, str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
                raise TableUnreadable("table_too_large", file=file)
            workbook = load_workbook(io.BytesIO(content))
            name = _first_visible(workbook)
            return workbook.get_sheet_by_name(name), fault_cells(archive, name)
    except _DAMAGE:
        raise TableUnreadable("table_not_xlsx", file=file) from None


def _first_visible(workbook: CalamineWorkbook) -> str:
    return next(
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
    )


def _text(cell: Cell) -> str:
    """Write a cell as a person would type it: 4.0 is 4, a date is 2026-01-31."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
