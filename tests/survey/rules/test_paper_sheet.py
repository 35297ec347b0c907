"""A questionnaire on paper, and what is keyed in for it."""

import pytest
from builders import QUESTIONNAIRE

from scales import DONT_KNOW, SKIPPED
from scales.catalog import read_questionnaire
from survey.rules.sheets.paper_sheet import paper_items, read_paper

SERVICE = read_questionnaire(QUESTIONNAIRE)
FROM_ZERO = read_questionnaire(
    """
id = "eleven"
version = 1
title = { zh-Hans = "十一点" }

[formats.N11]
points = 11
lowest = 0
labels.zh-Hans = ["最差", "最好"]

[[scales]]
id = "s"
title = { zh-Hans = "满意" }

[[items]]
id = "A1"
scale = "s"
format = "N11"
text = { zh-Hans = "您给 {unit} 打几分?" }

[[items]]
id = "A2"
scale = "s"
format = "N11"
text = { zh-Hans = "办得快吗?" }

[[items]]
id = "B1"
kind = "choice"
options = [{ id = "a", text = { zh-Hans = "常来" } }, { id = "b", text = { zh-Hans = "头一回" } }]
text = { zh-Hans = "您常来吗?" }
""".encode()
)


def test_the_printed_number_is_the_point_and_what_is_stored_its_position():
    items = paper_items(FROM_ZERO, "zh-Hans", "市图书馆")

    sheet, problems = read_paper({"A1": "0", "A2": "10", "B1": "2"}, FROM_ZERO)

    assert [key.key for key in items[0].keys] == [str(n) for n in range(11)]
    assert (items[0].keys[0].words, items[0].keys[-1].words) == ("最差", "最好")
    assert items[0].words == "您给市图书馆打几分?"
    assert sheet.packed == bytes([1, 11, 2])
    assert problems == []


@pytest.mark.parametrize("dash", ["-", "－", "—", "−"])
def test_any_dash_is_dont_know_and_full_width_digits_are_digits(dash):
    sheet, problems = read_paper({"Q1": "４", "Q2": dash}, SERVICE)

    assert sheet.packed == bytes([4, DONT_KNOW, SKIPPED])
    assert problems == []


def test_a_required_item_left_out_on_paper_is_a_skipped_one():
    sheet, problems = read_paper({"Q2": "3"}, SERVICE)

    assert sheet.packed == bytes([SKIPPED, 3, SKIPPED])
    assert problems == []


def test_every_wrong_field_is_named_with_what_it_may_hold():
    _, problems = read_paper({"Q1": "6", "Q2": "x", "Q4": "字" * 201}, SERVICE)

    assert [(each.code, each.values["number"]) for each in problems] == [
        ("paper_value", 1),
        ("paper_value", 2),
        ("paper_too_long", 4),
    ]
    assert problems[0].values["allowed"] == "1、2、3、4、5、-"
