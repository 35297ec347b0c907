"""A list of what a campaign settles about its units: every wrong row is named, all or nothing."""

import io

import openpyxl
import pytest

from survey.distribute.choose_units import UnitChoice
from survey.errors import ColumnMissing, TableUnreadable, UnitsRefused
from survey.exchange.unit_choices_file import read_unit_choices, unit_choices_list
from survey.language import LOCALES, messages

CODES = ("001", "002", "003")
LIST = "编码,人数,单位说明,并入单位编码\n001,30,本年新设窗口。,\n002,3,,001\n"
CHOICES = {"001": UnitChoice(30, "本年新设窗口。"), "002": UnitChoice(3, "", "001")}


def read(text, encoding="utf-8"):
    return read_unit_choices(text.encode(encoding), file_name="单位表", codes=CODES)


def refused_rows(text):
    with pytest.raises(UnitsRefused) as refused:
        read(text)
    for cell in refused.value.cells:
        for locale in LOCALES:
            assert messages().phrase(f"errors.{cell.code}", locale, **cell.values)
    return [(cell.row, cell.code) for cell in refused.value.cells]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_choices_come_from_every_encoding_that_spreadsheets_write(encoding):
    assert read(LIST, encoding) == CHOICES


def test_a_workbook_says_the_same_and_may_break_lines_in_a_statement():
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (("code", "head_count", "statement"), ("001", 30, "第一行。\n第二行。")):
        book.active.append(row)
    book.save(content)

    choices = read_unit_choices(content.getvalue(), file_name="单位表", codes=CODES)

    assert choices == {"001": UnitChoice(30, "第一行。\n第二行。")}


def test_columns_that_are_not_there_settle_nothing():
    assert read("人数,单位编码\n１２,003\n,,\n") == {"003": UnitChoice(12)}


def test_every_wrong_row_is_named_and_none_is_taken():
    text = f"""编码,人数,单位说明,并入单位编码
001,30,,
001,31,,
009,1,,
002,许多,{"长" * 1001},002
003,-1,,009
003,2.5,,
"""

    assert refused_rows(text) == [
        (3, "unit_code_twice"),
        (4, "unit_not_in_evaluation"),
        (5, "unit_head_count"),
        (5, "unit_text_long"),
        (5, "unit_sibling"),
        (6, "unit_head_count"),
        (6, "unit_sibling"),
        (7, "unit_code_twice"),
        (7, "unit_head_count"),
    ]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("人数\n3\n", ColumnMissing),
        ("编码,人数,人数\n001,1,1\n", ColumnMissing),
        ("编码,人数\n", TableUnreadable),
        ("", TableUnreadable),
    ],
)
def test_a_table_without_what_is_needed_is_refused(text, error):
    with pytest.raises(error):
        read(text)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_list_that_is_handed_out_is_read_back_as_it_was(locale):
    content = unit_choices_list([("001", "甲"), ("002", "乙")], CHOICES, locale)

    assert read_unit_choices(content, file_name="单位表", codes=CODES) == CHOICES
