import pytest

from scales import DONT_KNOW, SKIPPED, read_questionnaire
from survey.errors import DuplicateField, UnknownField, UnknownPosition
from survey.rules.sheets.answers import fields_of, fill_sheet

FORM = read_questionnaire(
    """
id = "form"
version = 1
title = { zh-Hans = "表", en = "Form" }

[formats.AG5]
labels.zh-Hans = ["一", "二", "三", "四", "五"]
labels.en = ["1", "2", "3", "4", "5"]
dont_know = true

[formats.NUMBERS]
labels.zh-Hans = ["不会", "会"]
labels.en = ["No", "Yes"]
lowest = 0
points = 11

[[scales]]
id = "s"
title = { zh-Hans = "甲", en = "A" }

[[scales]]
id = "n"
title = { zh-Hans = "乙", en = "B" }

[[items]]
id = "P0"
kind = "choice"
options = [{ id = "often", text = { zh-Hans = "常", en = "Often" } },
           { id = "never", text = { zh-Hans = "无", en = "Never" } }]
ends = ["never"]
required = true
text = { zh-Hans = "来往", en = "Contact" }

[[items]]
id = "A1"
scale = "s"
format = "AG5"
required = true
evidence = true
text = { zh-Hans = "题一", en = "One" }

[[items]]
id = "A2"
scale = "s"
format = "AG5"
keyed = "-"
text = { zh-Hans = "题二", en = "Two" }

[[items]]
id = "T"
kind = "text"
max_length = 5
text = { zh-Hans = "意见", en = "Words" }

[[items]]
id = "N1"
scale = "n"
format = "NUMBERS"
text = { zh-Hans = "题三", en = "Three" }

[[items]]
id = "N2"
scale = "n"
format = "NUMBERS"
text = { zh-Hans = "题四", en = "Four" }
""".encode()
)


def test_answers_become_positions_as_ticked_one_byte_an_item_in_order():
    sheet = fill_sheet([("N1", "11"), ("A2", "1"), ("A1", "dk"), ("P0", "1")], FORM)

    assert sheet.packed == bytes([1, DONT_KNOW, 1, 11, SKIPPED])
    assert (sheet.missed, sheet.too_long, sheet.has_ended) == ((), (), False)


def test_required_items_without_an_answer_are_missed_in_order():
    assert fill_sheet([("A2", "3")], FORM).missed == ("P0", "A1")


def test_dont_know_answers_a_required_item():
    assert fill_sheet([("P0", "1"), ("A1", "dk")], FORM).missed == ()


def test_an_option_that_ends_the_questionnaire_leaves_nothing_missed():
    sheet = fill_sheet([("P0", "2")], FORM)

    assert sheet.has_ended
    assert sheet.missed == ()
    assert sheet.packed == bytes([2, 0, 0, 0, 0])


def test_words_lose_what_cannot_print_and_keep_the_rest():
    sheet = fill_sheet([("T", " 𠮷\r\n\x00a\x0b\x7f ")], FORM)

    assert sheet.texts == {"T": "𠮷\na"}
    assert sheet.too_long == ()


def test_words_over_the_limit_are_named():
    assert fill_sheet([("T", "一二三四五六")], FORM).too_long == ("T",)


def test_blanks_are_no_words_and_an_empty_form_is_blank():
    assert fill_sheet([("T", " \r\n　")], FORM).is_blank
    assert not fill_sheet([("A2", "dk")], FORM).is_blank
    assert not fill_sheet([("T", "x")], FORM).is_blank


def test_evidence_numbers_are_kept_under_a_name_of_their_own():
    assert fill_sheet([("A1@evidence", "附件3")], FORM).texts == {"A1@evidence": "附件3"}
    assert fill_sheet([("A1@evidence", "x" * 201)], FORM).too_long == ("A1@evidence",)
    with pytest.raises(UnknownField):
        fill_sheet([("A2@evidence", "附件3")], FORM)


@pytest.mark.parametrize(
    "value", ["0", "6", "", " 1", "01", "+1", "１", "1.0", "often", "DK", "255", "-1"]
)
def test_a_position_the_item_does_not_offer_is_refused(value):
    with pytest.raises(UnknownPosition) as refusal:
        fill_sheet([("A1", value)], FORM)

    assert refusal.value.values["field"] == "A1"


@pytest.mark.parametrize("name", ["P0", "N1"])
def test_dont_know_is_refused_where_it_is_not_offered(name):
    with pytest.raises(UnknownPosition):
        fill_sheet([(name, "dk")], FORM)


@pytest.mark.parametrize("name", ["A1", "T"])
def test_a_field_that_stands_twice_is_refused_even_with_one_value(name):
    with pytest.raises(DuplicateField):
        fill_sheet([(name, "1"), (name, "1")], FORM)


def test_a_field_of_no_item_is_refused():
    with pytest.raises(UnknownField):
        fill_sheet([("A9", "1")], FORM)


def test_a_sheet_shown_again_fills_the_same_sheet():
    fields = [("P0", "1"), ("A1", "dk"), ("A2", "5"), ("T", "词"), ("A1@evidence", "7")]
    sheet = fill_sheet(fields, FORM)

    assert fill_sheet(list(fields_of(sheet, FORM).items()), FORM) == sheet
