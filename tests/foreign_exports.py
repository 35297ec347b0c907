"""Exports as other platforms write them, made up for tests."""

import csv
import io

import xlsxwriter

HEADINGS = (
    "序号",
    "提交答卷时间",
    "所用时间",
    "来源",
    "来自IP",
    "1、您办事的单位",
    "2、在该单位办事方便。",
    "3、我多跑了好几趟。",
    "Q4. 要交的材料说得清楚",
    "5、您有什么建议?",
)
ABOUT_PEOPLE = ("序号", "提交答卷时间", "来源", "来自IP")
TICKS = ("同意", "不同意", "非常同意")
USES = ("@seconds", "@unit", "Q1", "Q2", "Q3", "Q4")


def a_row(number, unit="市图书馆", ticks=TICKS, words="(空)", seconds="63秒"):
    """One sheet, with all that such a platform knows of who sent it."""
    at = f"2026/6/1 12:{number % 60:02}:01"
    return (number, at, seconds, "微信", f"10.2.3.{number % 250}(浙江-杭州)", unit, *ticks, words)


def a_csv(rows, headings=HEADINGS, encoding="utf-8-sig"):
    """The rows as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def an_xlsx(rows, headings=HEADINGS):
    """The rows as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([headings, *rows]):
            sheet.write_row(place, 0, row)
    return out.getvalue()
