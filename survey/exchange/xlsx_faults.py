"""Cells of a workbook that look empty to its reader and are not: errors, formulas not computed."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree

_BLOCK_BYTES = 1 << 24
_PLACE = rb'[^>]*\br="([A-Z]+)(\d+)"[^>]*>'
_ERROR = re.compile(rb'<c\b(?=[^>]*\bt="e")' + _PLACE + rb"(?:(?!</c>).)*?<v>([^<]*)</v>")
_FORMULA = re.compile(
    rb'<c\b(?![^>]*\bt="str")'  # a text formula may well have come out empty
    + _PLACE
    + rb"\s*<f\b[^>]*>([^<]*)</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def fault_cells(archive: zipfile.ZipFile, sheet: str) -> dict[int, dict[int, str]]:
    """Return row → column, both from 1 → what stands in the cell: ``#N/A``, ``=A1+1``."""
    part = _part_of(archive, sheet)
    if part not in archive.namelist():
        return {}
    faults: dict[int, dict[int, str]] = {}
    for rows in _rows_at_once(archive, part):
        for column, row, error in _ERROR.findall(rows) if b't="e"' in rows else ():
            faults.setdefault(int(row), {})[_column_number(column)] = error.decode(errors="replace")
        for column, row, formula in _FORMULA.findall(rows) if b"<f" in rows else ():
            faults.setdefault(int(row), {})[_column_number(column)] = (
                f"={formula.decode(errors='replace')}"
            )
    return faults


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the archive's part that holds a sheet."""
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    of_sheets = {
        found.get("name"): found.get(_RELATION) for found in workbook.iterfind("{*}sheets/{*}sheet")
    }
    target = targets.get(of_sheets.get(sheet), "")
    return str(PurePosixPath("/xl", target)).removeprefix("/")


def _rows_at_once(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    rest = b""
    with archive.open(part) as content:
        while block := content.read(_BLOCK_BYTES):
            rows, end, rest = (rest + block).rpartition(b"</row>")
            yield rows + end
    yield rest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
