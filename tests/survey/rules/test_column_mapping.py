"""Columns of an export: known by id or by the item's exact text, never by likeness."""

import pytest
from builders import QUESTIONNAIRE

from scales.catalog import read_questionnaire
from survey.rules.sheets.column_mapping import (
    SECONDS,
    UNIT,
    guess_uses,
    is_about_people,
    is_item_heading,
)

SERVICE = read_questionnaire(QUESTIONNAIRE)
UNITS = ("市图书馆", "市档案馆")


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("Q2", "Q2"),
        ("3、我多跑了好几趟。", "Q2"),
        ("3.我多跑了好几趟", "Q2"),
        ("Q3. 我多跑了好几趟。", "Q2"),
        ("(3) I had to make extra trips.", "Q2"),
        ("第3题：我多跑了好几趟。", "Q2"),
        ("4、请评价以下说法—我多跑了好几趟。", "Q2"),
        ("2、在市图书馆办事方便。", "Q1"),
        ("2、在该单位办事方便。", "Q1"),
        ("2、在火车站办事方便。", ""),
        ("我多跑了几趟。", ""),
        ("我多跑了好几趟吗", ""),
        ("单位名称", UNIT),
        ("所用时间", SECONDS),
        ("", ""),
    ],
)
def test_a_heading_is_known_by_its_exact_words_alone(heading, use):
    assert guess_uses([heading], SERVICE, UNITS) == (use,)


def test_what_two_columns_could_be_is_left_to_the_officer():
    assert guess_uses(["Q2", "我多跑了好几趟", "Q3"], SERVICE, UNITS) == ("", "", "Q3")


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("序号", ["1"]),
        ("提交答卷时间", ["2026/6/1 12:00:01"]),
        ("来自IP", []),
        ("3、您的姓名", ["张三"]),
        ("来源详情", ["N/A"]),
        ("什么", ["10.1.2.3(浙江-杭州)", "", "10.1.2.4"]),
        ("什么", ["a@b.cn"]),
        ("什么", ["13912345678", "13912345679"]),
        ("什么", ["fe80::1:2:3:4"]),
        ("Email Address", ["x"]),
    ],
)
def test_columns_about_people_are_dropped(heading, values):
    assert is_about_people(heading, values)


@pytest.mark.parametrize(
    ("heading", "values"), [("建议", ["10"]), ("建议", []), ("姓名好记吗", ["是"])]
)
def test_other_columns_are_not(heading, values):
    assert not is_about_people(heading, values)


def test_an_item_is_an_item_whatever_its_words_mean_elsewhere():
    assert is_item_heading("Q1", SERVICE)
    assert not is_item_heading("单位", SERVICE)
