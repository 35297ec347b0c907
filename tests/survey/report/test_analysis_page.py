from html.parser import HTMLParser

import pytest
from answers_files import a_questionnaire, questionnaire_file, write_csv

from scales import read_questionnaire
from survey.exchange.answers_file import read_answers
from survey.item_analysis import Choices, analyse_answers
from survey.language import LOCALES
from survey.report.analysis_page import analysis_page
from survey.report.distribution import legend, segments
from survey.report.summary import summary_lines

VOID = {"meta"}
HEADER = ["unit", "audience", "A1", "A2", "A3"]
ROWS = [["一科", "staff", 5, 1, 4], ["一科", "citizen", 4, 2, "DK"], ["", "staff", 2, 4, 3]] * 4
SMALL = ["<b>小</b>", "staff", 1, "", 2]


class Page(HTMLParser):
    """Reads a page strictly: every tag is closed by its own end, in order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.words = [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip() and self.open[-1] != "style":
            self.words.append(data.strip())

    @property
    def text(self):
        return "\n".join(self.words)


def page_of(folder, questionnaire, rows, header=HEADER, locale="zh-Hans", **choices):
    columns = [column for by in choices.get("by", ()) for column in by]
    answers = read_answers(
        write_csv(folder / "a.csv", [header, *rows]), questionnaire, columns, choices.get("weight")
    )
    result = analyse_answers(questionnaire, answers, Choices(**choices))
    assert list(summary_lines(result, questionnaire, locale))
    return Page(analysis_page(result, questionnaire, locale))


def test_the_page_says_what_each_figure_means_and_what_to_do(tmp_path):
    page = page_of(tmp_path, a_questionnaire(), ROWS)

    assert ("html", {"lang": "zh-CN"}) in page.tags
    for words in ("窗口服务", "先看这里", "得分", "信度", "逐题结果", "反向", "怎么算的"):
        assert words in page.text
    assert "12 份答卷中，12 人答够题数、有得分；8 人全部答完。" in page.text


def test_warnings_come_before_the_figures(tmp_path):
    wrong = read_questionnaire(questionnaire_file({"A1": "+", "A2": "+", "A3": "+"}))

    page = page_of(tmp_path, wrong, ROWS)

    assert page.text.index("与其他题方向相反") < page.text.index("一眼看懂")


def test_the_page_needs_nothing_from_outside(tmp_path):
    page = page_of(tmp_path, a_questionnaire(), ROWS, by=(("unit",),))

    assert not any(tag in {"script", "link", "img", "iframe"} for tag, _ in page.tags)
    addresses = [a.get("href") or a.get("src") for _, a in page.tags]
    assert all(address.startswith("#") for address in addresses if address)


@pytest.mark.parametrize("locale", LOCALES)
def test_groups_stand_with_their_scores_and_small_ones_without(tmp_path, locale):
    page = page_of(
        tmp_path,
        a_questionnaire(),
        [*ROWS, SMALL],
        by=(("unit",), ("unit", "audience")),
        minimum=4,
        locale=locale,
    )

    withheld = {"zh-Hans": "不足 4 份，不显示", "en": "fewer than 4, not shown"}[locale]
    assert page.words.count(withheld) == 2
    assert {"zh-Hans": "（空白）", "en": "(empty)"}[locale] in page.words
    assert "<b>小</b>" in page.words  # as written, not as a tag
    assert "unit × audience" in page.text


def test_texts_of_the_questionnaire_are_shown_and_never_run(tmp_path):
    evil = "<script>alert(1)</script>{{7*7}}"
    content = questionnaire_file().replace("{unit} A1 题".encode(), evil.encode())

    page = page_of(tmp_path, read_questionnaire(content), ROWS)

    assert evil in page.text
    assert "script" not in {tag for tag, _ in page.tags}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("items", "item_format", "row"),
    [
        ({"A1": "+"}, "AG5", [3]),
        ({"A1": "+", "A2": "-"}, "AG5", ["", "DK"]),
        ({"A1": "+", "A2": "-"}, "FREE", [2.5, "DK"]),
        ({"A1": "-", "A2": "+"}, "SA3", [1, 3]),
    ],
)
def test_the_page_stands_for_files_of_almost_nothing(tmp_path, locale, items, item_format, row):
    questionnaire = a_questionnaire(items, item_format)

    page = page_of(tmp_path, questionnaire, [row], list(items), locale)

    assert "—" in page.text


def test_weights_and_ended_sheets_are_said(tmp_path):
    header = ["w", "P0", "A1", "A2", "A3"]
    rows = [[1.5, "often", 5, 1, 4], [0.5, "often", 2, 4, 3], [1, "never", "", "", ""]] * 3

    page = page_of(tmp_path, a_questionnaire(screening=True), rows, header, weight="w")

    assert "按“w”列加权" in page.text
    assert "有 3 份按筛选题结束" in page.text
    assert "加权后相当于" in page.text


def test_a_bar_runs_from_unfavourable_to_favourable_whatever_the_key():
    forward, reverse = a_questionnaire({"A1": "+", "A2": "-"}).scales[0].items
    counts = {"1": 1, "2": 0, "3": 0, "4": 0, "5": 3}

    up, down = segments(forward, counts, "zh-Hans"), segments(reverse, counts, "zh-Hans")

    assert [(s.start, s.length) for s in up] == [(0, 25), (25, 75)]
    assert [(s.start, s.length) for s in down] == [(0, 75), (75, 25)]
    assert up[0].description == "非常不同意：1 人（25.0%）"
    assert down[0].description == "非常同意：3 人（75.0%）"
    assert up[0].colour == down[0].colour


def test_points_between_labelled_ends_go_by_their_number():
    item_format = a_questionnaire({"A1": "+", "A2": "-"}, "FREE").scales[0].format

    labels = [label for _, label in legend(item_format, "zh-Hans")]

    assert labels == ["0 最差", *map(str, range(1, 10)), "10 最好"]


@pytest.mark.parametrize(("times", "words"), [(2, "仅凭偶然也会出现"), (8, "各单位之间差别很大")])
def test_groups_that_chance_alone_could_part_are_not_said_to_differ(tmp_path, times, words):
    rows = [["甲", "", 5, 1, 5], ["甲", "", 4, 2, 3], ["乙", "", 2, 4, 2], ["乙", "", 4, 2, 4]]

    page = page_of(tmp_path, a_questionnaire(), rows * times, by=(("unit",),), minimum=2)

    assert words in page.text


def test_a_unit_says_why_a_figure_is_missing(tmp_path):
    page = page_of(
        tmp_path, a_questionnaire(), ROWS, by=(("unit",),), minimum=2, head_counts={"一科": 3}
    )

    assert "答卷比登记的人数还多" in page.text
