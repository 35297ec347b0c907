"""A list of who rates whom as a table: office code, office name, unit code, quota."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import category

import xlsxwriter

from survey.errors import ColumnMissing, FieldRefused, PairsRefused, RefusedCell, TableUnreadable
from survey.exchange.cells import number, plain
from survey.exchange.csv_export import read_text
from survey.exchange.named_columns import columns_of
from survey.exchange.refusals import shown
from survey.exchange.table_file import Table, table_of
from survey.rules.unit import LONGEST_CODE, LONGEST_NAME
from survey.rules.ways_in.rating_pairs import MOST_QUOTA, PairDefinition

MOST_PAIRS = 20_000
EXAMPLE = "EXAMPLE"  # the office of the template's example row
_CHINESE = {"rater": "部门编码", "rater_name": "部门名称", "unit": "被评单位编码", "quota": "名额"}
_ENGLISH = {"rater": "office", "rater_name": "office name", "unit": "unit", "quota": "quota"}
_NEEDED = ("rater", "rater_name", "unit")
_CODE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{LONGEST_CODE - 1}}}")
_SHEETS = {"zh-Hans": ("评价关系", "单位编码"), "en": ("pairs", "units")}


@dataclass(frozen=True, slots=True)
class ListedPairs:
    """The pairs of a list, and what is wrong in single cells."""

    pairs: tuple[PairDefinition, ...]
    refused: tuple[RefusedCell, ...]

    def check(self, more: Sequence[RefusedCell]) -> None:
        """Raise everything that is wrong, in the order of the rows."""
        if self.refused or more:
            raise PairsRefused([*self.refused, *more])


def read_pairs(content: bytes, *, file_name: str) -> ListedPairs:
    """Return the rows of a CSV or XLSX file; a pasted list may do without the header."""
    table = _opened(file_name, content)
    places = _places(table)
    pairs: list[PairDefinition] = []
    refused: list[RefusedCell] = []
    for row, cells in _rows(table, places):
        texts = {n: _text(cells[p]) if p < len(cells) else "" for n, p in places.items()}
        if not any(texts.values()):
            continue
        faults = list(_faults(texts))
        refused += [RefusedCell(code, row, values) for code, values in faults]
        if _is_named(texts):  # what else is wrong with the row is told along with it
            is_quota_read = all(code != "pair_quota" for code, _ in faults)
            quota = int(number(texts.get("quota") or "1")) if is_quota_read else 1
            pairs.append(
                PairDefinition(texts["rater"], texts["rater_name"], texts["unit"], quota, row)
            )
    count = len({pair.row for pair in pairs} | {cell.row for cell in refused})
    if not 1 <= count <= MOST_PAIRS:
        raise FieldRefused("field_pairs_count", count=count, most=MOST_PAIRS)
    return ListedPairs(tuple(pairs), tuple(refused))


def pairs_template(units: Mapping[str, str], locale: str) -> bytes:
    """Return the workbook to fill in: the header with an example, and the codes of the units."""
    words = _CHINESE if locale == "zh-Hans" else _ENGLISH
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    bold, text = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "@"})
    pairs_sheet, units_sheet = (workbook.add_worksheet(name) for name in _SHEETS[locale])
    pairs_sheet.set_column(0, 3, 24, text)
    units_sheet.set_column(0, 1, 24, text)
    is_chinese = locale == "zh-Hans"
    name = "示例行，请改成部门全称，一行一对" if is_chinese else "An example: one pair a row"
    pairs_sheet.write_row(0, 0, words.values(), bold)
    pairs_sheet.write_row(1, 0, (EXAMPLE, name, next(iter(units), ""), "1"))
    units_sheet.write_row(0, 0, ("编码", "名称") if is_chinese else ("code", "name"), bold)
    for row, unit in enumerate(units.items(), start=1):
        units_sheet.write_row(row, 0, unit)
    workbook.close()
    return content.getvalue()


def _opened(file_name: str, content: bytes) -> Table:
    try:
        return table_of(file_name, content)
    except TableUnreadable as error:
        if error.code != "table_empty":
            raise
        raise TableUnreadable("pairs_empty", file=file_name) from None


def _places(table: Table) -> dict[str, int]:
    """Return where each column stands; the words of either language are known."""
    places = columns_of(
        table, {words[name]: name for words in (_CHINESE, _ENGLISH) for name in words}
    )
    if not places:  # a list that was pasted begins with its first pair
        return {name: place for place, name in enumerate(_CHINESE)}
    for name in _NEEDED:
        if name not in places:
            column = f"{_CHINESE[name]} / {_ENGLISH[name]}"
            raise ColumnMissing("pairs_column_missing", file=table.file, column=column)
    return places


def _rows(table: Table, places: Mapping[str, int]) -> Iterator[tuple[int, list[str]]]:
    known = {words[name] for words in (_CHINESE, _ENGLISH) for name in words}
    if not any(plain(word).lower() in known for word in table.header):
        yield 1, list(table.header)
    yield from table.rows


def _text(cell: str) -> str:
    return read_text(cell.strip()).strip()


def _is_named(texts: Mapping[str, str]) -> bool:
    """Whether a row names an office and a unit that can be looked up."""
    named = [texts[name] for name in _NEEDED]
    is_clean = not any(category(sign) == "Cc" for text in named for sign in text)
    return all(named) and is_clean and texts["rater"] != EXAMPLE


def _faults(texts: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    if texts["rater"] == EXAMPLE:
        yield "pair_is_example", {}
        return
    for name in _NEEDED:
        column = f"{_CHINESE[name]} / {_ENGLISH[name]}"
        if not texts[name]:
            yield "pair_text_missing", {"column": column}
        elif any(category(sign) == "Cc" for sign in texts[name]):
            yield "unit_text_control", {"column": column, "value": shown(texts[name])}
    if texts["rater"] and not _CODE.fullmatch(texts["rater"]):
        yield "pair_code_wrong", {"rater": shown(texts["rater"]), "longest": LONGEST_CODE}
    if len(texts["rater_name"]) > LONGEST_NAME:
        column = f"{_CHINESE['rater_name']} / {_ENGLISH['rater_name']}"
        yield "unit_text_long", {"column": column, "longest": LONGEST_NAME}
    quota = texts.get("quota", "")
    if quota and not (number(quota).is_integer() and abs(number(quota)) <= 10_000):
        yield "pair_quota", {"value": shown(quota), "most": MOST_QUOTA}
