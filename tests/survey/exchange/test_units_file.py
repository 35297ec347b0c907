"""Lists of units as files: every wrong row is named, all or nothing."""

import io

import openpyxl
import pytest

from survey.errors import ColumnMissing, TableUnreadable, UnitRefused, UnitsRefused
from survey.exchange.units_file import MOST_UNITS, read_units, units_template
from survey.language import LOCALES, messages
from survey.rules.unit import UnitDefinition

LIST = "编码,名称,类别,级别\r\n001,市政务服务局,政府部门,市级\r\n002,市图书馆,事业单位,\r\n"
UNITS = (
    UnitDefinition("001", "市政务服务局", "政府部门", "市级"),
    UnitDefinition("002", "市图书馆", "事业单位", ""),
)


def read(text, encoding="utf-8"):
    return read_units(text.encode(encoding), file_name="单位名单")


def refused_rows(text):
    with pytest.raises(UnitsRefused) as refused:
        read(text)
    for cell in refused.value.cells:
        for locale in LOCALES:
            assert messages().phrase(f"errors.{cell.code}", locale, **cell.values)
    return [(cell.row, cell.code) for cell in refused.value.cells]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_units_come_from_every_encoding_that_spreadsheets_write(encoding):
    assert read(LIST, encoding) == UNITS


def test_the_level_may_be_left_out_and_the_header_may_be_english():
    units = read("Category,code,name\n政府部门,001,市政务服务局\n\n,,\n")

    assert units == (UnitDefinition("001", "市政务服务局", "政府部门"),)


def test_a_workbook_says_the_same():
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in LIST.splitlines():
        book.active.append(row.split(","))
    book.save(content)

    assert read_units(content.getvalue(), file_name="单位名单") == UNITS


def test_every_wrong_row_is_named_and_none_is_taken():
    text = f"""编码,名称,类别,级别
001,市政务服务局,政府部门,市级
001,市图书馆,政府部门,市级
003,,,
a/b,市档案馆,政府部门,市级
005,{"局" * 81},政府部门,{"级" * 41}
006,市民政局
EXAMPLE,示例,政府部门,市级
008,"市\n局",政府部门,市级
"""

    assert refused_rows(text) == [
        (3, "unit_code_twice"),
        (4, "unit_text_missing"),
        (4, "unit_text_missing"),
        (5, "unit_code_wrong"),
        (6, "unit_text_long"),
        (6, "unit_text_long"),
        (7, "unit_text_missing"),
        (8, "unit_is_example"),
        (9, "unit_text_control"),
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_template_is_read_once_its_example_is_replaced(locale):
    template = units_template(locale).decode("utf-8-sig")
    header = template.splitlines()[0]

    assert refused_rows(template) == [(2, "unit_is_example")]
    assert read(f"{header}\r\n001,市政务服务局,政府部门,市级\r\n") == UNITS[:1]


@pytest.mark.parametrize(
    ("text", "error", "code"),
    [
        ("编码,名称\n001,市图书馆\n", ColumnMissing, "units_column_missing"),
        ("编码,名称,类别,code\n001,x,y,2\n", ColumnMissing, "column_twice"),
        ("编码,名称,类别\n", UnitRefused, "units_count"),
        ("", TableUnreadable, "units_empty"),
        ("\0", TableUnreadable, "table_binary"),
    ],
)
def test_a_file_that_is_no_list_of_units_says_why(text, error, code):
    with pytest.raises(error) as refused:
        read(text)

    assert refused.value.code == code
    for locale in LOCALES:
        assert messages().phrase(f"errors.{code}", locale, **refused.value.values)


def test_more_units_than_a_form_can_tick_are_refused():
    rows = "".join(f"{n},第{n}局,政府部门\n" for n in range(MOST_UNITS + 1))

    with pytest.raises(UnitRefused):
        read(f"编码,名称,类别\n{rows}")
