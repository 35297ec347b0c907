"""A list of what a campaign settles about its units: head count, statement, unit to merge into."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from unicodedata import category

from survey.distribute.choose_units import UnitChoice
from survey.errors import ColumnMissing, RefusedCell, TableUnreadable, UnitsRefused
from survey.exchange.cells import number, plain
from survey.exchange.csv_export import read_text, write_csv
from survey.exchange.named_columns import columns_of
from survey.exchange.refusals import shown
from survey.exchange.table_file import Table, table_of
from survey.rules.unit import LONGEST_STATEMENT, MOST_PEOPLE

_CHINESE = {
    "code": "编码",
    "head_count": "人数",
    "statement": "单位说明",
    "merge_into": "并入单位编码",
}
_ALSO = {"单位编码": "code", "unit_code": "code"}


def read_unit_choices(
    content: bytes, *, file_name: str, codes: Collection[str]
) -> dict[str, UnitChoice]:
    """Return the choice for each unit of a CSV or XLSX file, or an error that names every row.

    `codes` are those of the evaluation's units. What an empty cell leaves open is not in the
    choice, either.
    """
    table = _opened(file_name, content)
    places = _places(table)
    choices: dict[str, UnitChoice] = {}
    refused: list[RefusedCell] = []
    rows_by_code: dict[str, int] = {}
    for row, cells in table.rows:
        texts = {name: _text(cells, places.get(name)) for name in _CHINESE}
        if not any(texts.values()):
            continue
        faults = [RefusedCell(c, row, v) for c, v in _faults(texts, codes, rows_by_code)]
        rows_by_code.setdefault(texts["code"], row)
        refused += faults
        if not faults:
            count = int(number(texts["head_count"])) if texts["head_count"] else None
            choices[texts["code"]] = UnitChoice(count, texts["statement"], texts["merge_into"])
    if refused:
        raise UnitsRefused(refused)
    if not choices:
        raise TableUnreadable("units_empty", file=file_name)
    return choices


def unit_choices_list(
    units: Sequence[tuple[str, str]], settled: Mapping[str, UnitChoice], locale: str
) -> bytes:
    """Return the file to fill in: a row for each unit with what is settled, and its name."""
    is_chinese = locale == "zh-Hans"
    header = list(_CHINESE.values() if is_chinese else _CHINESE)
    nothing = UnitChoice()
    rows = []
    for code, name in units:
        said = settled.get(code, nothing)
        count = "" if said.head_count is None else said.head_count
        rows.append((code, count, said.statement, said.merge_into, name))
    return write_csv([*header, "单位名称" if is_chinese else "unit_name"], rows)


def _opened(file_name: str, content: bytes) -> Table:
    try:
        return table_of(file_name, content)
    except TableUnreadable as error:
        if error.code != "table_empty":
            raise
        raise TableUnreadable("units_empty", file=file_name) from None


def _places(table: Table) -> dict[str, int]:
    names = {word: name for name, chinese in _CHINESE.items() for word in (name, chinese)}
    places = columns_of(table, names | _ALSO)
    if "code" not in places:
        column = f"{_CHINESE['code']} / code"
        raise ColumnMissing("units_column_missing", file=table.file, column=column)
    return places


def _text(cells: Sequence[str], place: int | None) -> str:
    if place is None or place >= len(cells):
        return ""
    return read_text(cells[place].strip()).strip()


def _faults(
    texts: Mapping[str, str], codes: Collection[str], rows_by_code: Mapping[str, int]
) -> Iterator[tuple[str, dict[str, object]]]:
    code, count, statement, sibling = (texts[name] for name in _CHINESE)
    if code not in codes:
        yield "unit_not_in_evaluation", {"unit": shown(code)}
    elif code in rows_by_code:
        yield "unit_code_twice", {"unit": code, "first": rows_by_code[code]}
    if count and not _is_count(count):
        yield "unit_head_count", {"value": shown(count), "most": MOST_PEOPLE}
    column = f"{_CHINESE['statement']} / statement"
    if len(statement) > LONGEST_STATEMENT:
        yield "unit_text_long", {"column": column, "longest": LONGEST_STATEMENT}
    if any(category(sign) == "Cc" and sign not in "\r\n\t" for sign in statement):
        yield "unit_text_control", {"column": column, "value": shown(statement)}
    if sibling and (sibling not in codes or sibling == code):
        yield "unit_sibling", {"unit": shown(sibling)}


def _is_count(text: str) -> bool:
    count = number(plain(text))
    return count.is_integer() and 0 <= count <= MOST_PEOPLE
