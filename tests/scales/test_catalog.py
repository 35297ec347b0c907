"""Reading a questionnaire file into definitions."""

from fractions import Fraction

import pytest

from scales import (
    DefinitionError,
    ItemKind,
    Keying,
    check_questionnaire,
    load_questionnaire,
    read_questionnaire,
)

FILE = """
id = "counter"
version = 2
title = { en = "At the counter", zh-Hans = "窗口服务" }
opening = { zh-Hans = "请评价 {unit}。", en = "Please rate {unit}." }

[formats.AG4]
labels.zh-Hans = ["差", "一般", "好", "很好"]
labels.en = ["Bad", "So so", "Good", "Very good"]
percent = [0, 30, 60, 100]
dont_know = true

[formats.NPS]
labels.zh-Hans = ["不可能", "一定会"]
labels.en = ["Never", "Surely"]
lowest = 0
points = 11

[[scales]]
id = "care"
title = { zh-Hans = "用心", en = "Care" }
min_answered = "3/4"

[[scales]]
id = "all"
title = { zh-Hans = "总体", en = "All" }

[[items]]
id = "P00"
kind = "choice"
required = true
options = [
    { id = "yes", text = { zh-Hans = "有", en = "Yes" } },
    { id = "no", text = { zh-Hans = "没有", en = "No" } },
]
ends = ["no"]
text = { zh-Hans = "来过吗？", en = "Have you been here?" }

[[items]]
id = "C1"
scales = { care = "+", all = "-" }
format = "AG4"
text = { zh-Hans = "甲", en = "A" }

[[items]]
id = "C2"
scales = ["care", "all"]
format = "AG4"
keyed = "-"
evidence = true
text = { zh-Hans = "乙", en = "B" }

[[items]]
id = "C3"
kind = "text"
max_length = 80
first_after_low = ["C1", "C2"]
text = { zh-Hans = "丙", en = "C" }

[[items]]
id = "C4"
format = "NPS"
text = { zh-Hans = "丁", en = "D" }
"""


@pytest.fixture(scope="module")
def questionnaire():
    return read_questionnaire(FILE.encode())


def test_the_file_says_who_it_is(questionnaire):
    assert (questionnaire.id, questionnaire.version) == ("counter", 2)
    assert questionnaire.title["en"] == "At the counter"
    assert questionnaire.opening == {"zh-Hans": "请评价 {unit}。", "en": "Please rate {unit}."}


def test_chinese_is_the_first_language_whatever_the_order_of_the_title(questionnaire):
    assert questionnaire.languages == ("zh-Hans", "en")


def test_the_bytes_are_kept_and_digested(questionnaire):
    other = read_questionnaire(FILE.encode() + b"# a comment\n")

    assert questionnaire.content == FILE.encode()
    assert questionnaire.digest.startswith("sha256:")
    assert other.digest != questionnaire.digest


def test_items_stand_in_the_order_of_the_file(questionnaire):
    assert [item.id for item in questionnaire.items] == ["P00", "C1", "C2", "C3", "C4"]
    assert [item.id for item in questionnaire.packed_items] == ["P00", "C1", "C2", "C4"]
    assert questionnaire.columns == {"P00": 0, "C1": 1, "C2": 2, "C4": 3}


def test_an_item_may_have_another_keying_in_each_scale(questionnaire):
    care, overall = questionnaire.scales

    assert [item.keying for item in care.items] == [Keying.FORWARD, Keying.REVERSE]
    assert [item.keying for item in overall.items] == [Keying.REVERSE, Keying.REVERSE]


def test_a_choice_keeps_its_options_and_what_ends_it(questionnaire):
    screening = questionnaire.items[0]

    assert screening.kind is ItemKind.CHOICE
    assert screening.required
    assert [option.id for option in screening.options] == ["yes", "no"]
    assert screening.options[1].text["en"] == "No"
    assert screening.ends == {"no"}


def test_an_open_item_keeps_its_length_and_what_brings_it_forward(questionnaire):
    comment = questionnaire.items[3]

    assert comment.kind is ItemKind.TEXT
    assert comment.max_length == 80
    assert comment.first_after_low == ("C1", "C2")


def test_a_format_has_its_points_labels_and_percent_table(questionnaire):
    own = questionnaire.scales[0].format

    assert (own.points, own.lowest, own.highest) == (4, 1, 4)
    assert own.labels["en"] == ("Bad", "So so", "Good", "Very good")
    assert own.percent == (0.0, 30.0, 60.0, 100.0)
    assert own.dont_know


def test_labels_for_the_two_ends_are_enough(questionnaire):
    own = questionnaire.items[4].format

    assert (own.points, own.lowest, own.highest) == (11, 0, 10)
    assert own.labels_ends_only
    assert own.percent == tuple(range(0, 101, 10))


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ('"2/3"', Fraction(2, 3)),
        ('"0.75"', Fraction(3, 4)),
        ("0.75", Fraction(3, 4)),
        ("0.1", Fraction(1, 10)),
        ("1", Fraction(1)),
        ("1e-3", Fraction(1, 1000)),
    ],
)
def test_the_share_of_answers_is_counted_exactly(written, share):
    file = FILE.replace('min_answered = "3/4"', f"min_answered = {written}")

    assert read_questionnaire(file.encode()).scales[0].min_answered == share


def test_two_thirds_is_the_share_when_none_is_written(questionnaire):
    assert questionnaire.scales[1].min_answered == Fraction(2, 3)


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\r\n"])
def test_windows_editors_may_leave_their_marks(change):
    content = change.format(FILE).replace("\n", "\r\n").replace("\r\r", "\r").encode()

    questionnaire = read_questionnaire(content)

    assert questionnaire.content == content
    assert len(questionnaire.items) == 5


def test_a_file_in_one_language_is_complete():
    file = """
        id = "one"
        version = 1
        title = { zh-Hans = "一" }
        [formats.F]
        labels = { zh-Hans = ["否", "是"] }
        [[scales]]
        id = "s"
        title = { zh-Hans = "量表" }
        [[items]]
        id = "I1"
        scale = "s"
        format = "F"
        text = { zh-Hans = "题" }
    """

    assert read_questionnaire(file.encode()).languages == ("zh-Hans",)


def test_warnings_alone_do_not_refuse_a_file():
    assert any(problem.is_warning for problem in check_questionnaire(FILE.encode()))
    assert read_questionnaire(FILE.encode()).id == "counter"


def test_a_refused_file_carries_every_problem_and_no_warning(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text(FILE.replace('keyed = "-"', 'keyed = "x"').replace("version = 2", ""), "utf-8")

    with pytest.raises(DefinitionError) as refusal:
        load_questionnaire(path)

    assert [problem.code for problem in refusal.value.problems] == ["missing_key", "bad_keyed"]
