"""Texts of an export stand for answers by their whole words, or for nothing."""

import pytest
from builders import QUESTIONNAIRE

from scales import DONT_KNOW, shipped_questionnaires
from scales.catalog import read_questionnaire
from survey.rules.sheets.cell_texts import DONT_KNOW_WORDS, are_points, positions_of
from web.templating import screen_phrases

SERVICE = {item.id: item for item in read_questionnaire(QUESTIONNAIRE).items}
CITIZENS = {
    item.id: item
    for item in read_questionnaire(shipped_questionnaires()["citizen-service"].read_bytes()).items
}
SATISFIED = CITIZENS["C05"]


def test_satisfied_is_never_very_satisfied_and_half_a_label_is_nothing():
    found = positions_of(
        SATISFIED, ["满意", "非常满意", "基本满意", "不满意", "很满意", "满", "满意吧"]
    )

    assert found == {
        "满意": 4, "非常满意": 5, "基本满意": 3, "不满意": 2,
        "很满意": None, "满": None, "满意吧": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["满意", " 满意 ", "\u200b满意", "满意\u200f", "Satisfied", "satisfied", "\ufeff满意"]
)
def test_blanks_invisible_marks_and_languages_do_not_matter(text):
    assert positions_of(SATISFIED, [text]) == {text: 4}


def test_a_column_of_numbers_is_read_as_points_and_only_as_a_whole():
    assert are_points(SATISFIED, ["1", "5", "", "５", "3.0"])
    assert positions_of(SATISFIED, ["1", "５", "", "3.0"]) == {"1": 1, "５": 5, "": 0, "3.0": 3}
    assert positions_of(SATISFIED, ["1", "满意"]) == {"1": None, "满意": 4}
    assert positions_of(SATISFIED, ["1", "6", "-3"]) == {"1": 1, "6": None, "-3": None}


def test_dont_know_is_known_only_where_it_was_offered():
    assert positions_of(SERVICE["Q1"], ["不了解", "DK"]) == {"不了解": DONT_KNOW, "DK": DONT_KNOW}
    assert positions_of(SATISFIED, ["不了解"]) == {"不了解": None}


def test_the_words_of_the_answer_page_for_dont_know_are_known():
    words = [screen_phrases().phrase("answer.dont_know", locale) for locale in ("zh-Hans", "en")]

    assert set(words) <= set(DONT_KNOW_WORDS)
    assert set(positions_of(SERVICE["Q1"], words).values()) == {DONT_KNOW}


@pytest.mark.parametrize("text", ["", "  ", "(空)", "（空）", "(跳过)"])
def test_what_exports_write_for_no_answer_is_no_answer(text):
    assert positions_of(SATISFIED, [text]) == {text: 0}
