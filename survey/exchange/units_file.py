"""A list of units as a table: code, name, category, level; all rows or none."""

import re
from collections.abc import Mapping
from unicodedata import category

from survey.errors import ColumnMissing, RefusedCell, TableUnreadable, UnitRefused, UnitsRefused
from survey.exchange.csv_export import read_text, write_csv
from survey.exchange.named_columns import columns_of
from survey.exchange.refusals import shown
from survey.exchange.table_file import Table, table_of
from survey.rules.unit import (
    LONGEST_CATEGORY,
    LONGEST_CODE,
    LONGEST_LEVEL,
    LONGEST_NAME,
    UnitDefinition,
)

MOST_UNITS = 1_000
EXAMPLE = "EXAMPLE"  # the code of the template's example row
_CHINESE = {"code": "编码", "name": "名称", "category": "类别", "level": "级别"}
_EXAMPLE_ROWS = {
    "zh-Hans": (
        EXAMPLE,
        "示例行，请改成单位全称",
        "同类单位一起排名，如：政府部门",
        "可不填，如：市级",
    ),
    "en": (EXAMPLE, "An example: write a unit's full name", "Ranked within, e.g. Department", ""),
}
_LONGEST = {"name": LONGEST_NAME, "category": LONGEST_CATEGORY, "level": LONGEST_LEVEL}
_NEEDED = ("code", "name", "category")
_CODE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{LONGEST_CODE - 1}}}")


def read_units(content: bytes, *, file_name: str) -> tuple[UnitDefinition, ...]:
    """Return the units of a CSV or XLSX file, or raise an error that names every wrong row."""
    table = _opened(file_name, content)
    places = _places(table)
    units: list[UnitDefinition] = []
    refused: list[RefusedCell] = []
    rows_by_code: dict[str, int] = {}
    for row, cells in table.rows:
        texts = {n: _text(cells[p]) if p < len(cells) else "" for n, p in places.items()}
        if not any(texts.values()):
            continue
        problems = _problems(texts, rows_by_code)
        refused += [RefusedCell(problem.code, row, problem.values) for problem in problems]
        rows_by_code.setdefault(texts["code"], row)
        units.append(UnitDefinition(**texts))
    if refused:
        raise UnitsRefused(refused)
    if not 1 <= len(units) <= MOST_UNITS:
        raise UnitRefused("units_count", count=len(units), most=MOST_UNITS)
    return tuple(units)


def units_template(locale: str) -> bytes:
    """Return the file to fill in: the header, and a row that says what to write."""
    header = list(_CHINESE.values()) if locale == "zh-Hans" else list(_CHINESE)
    return write_csv(header, [_EXAMPLE_ROWS[locale]])


def _opened(file_name: str, content: bytes) -> Table:
    try:
        return table_of(file_name, content)
    except TableUnreadable as error:
        if error.code != "table_empty":
            raise
        raise TableUnreadable("units_empty", file=file_name) from None


def _places(table: Table) -> dict[str, int]:
    """Return where each column stands; the words of either language are known."""
    places = columns_of(
        table, {word: n for n, chinese in _CHINESE.items() for word in (n, chinese)}
    )
    for name in _NEEDED:
        if name not in places:
            column = f"{_CHINESE[name]} / {name}"
            raise ColumnMissing("units_column_missing", file=table.file, column=column)
    return places


def _text(cell: str) -> str:
    return read_text(cell.strip()).strip()


def _problems(texts: Mapping[str, str], rows_by_code: Mapping[str, int]) -> list[UnitRefused]:
    code, problems = texts["code"], []
    if code == EXAMPLE:
        return [UnitRefused("unit_is_example")]
    if not _CODE.fullmatch(code):
        problems.append(UnitRefused("unit_code_wrong", unit=shown(code), longest=LONGEST_CODE))
    elif code in rows_by_code:
        problems.append(UnitRefused("unit_code_twice", unit=code, first=rows_by_code[code]))
    for name, longest in _LONGEST.items():
        text = texts.get(name, "")
        column = f"{_CHINESE[name]} / {name}"
        if not text and name in _NEEDED:
            problems.append(UnitRefused("unit_text_missing", column=column))
        if len(text) > longest:
            problems.append(UnitRefused("unit_text_long", column=column, longest=longest))
        if any(category(sign) == "Cc" for sign in text):
            problems.append(UnitRefused("unit_text_control", column=column, value=shown(text)))
    return problems
