"""The report of `minyi score` in a browser: one page a scale on A4, nothing cut off on a phone."""

import re

import numpy as np
import pytest
from answers_files import write_csv

from scales import load_questionnaire, shipped_questionnaires
from survey.exchange.answers_file import read_answers
from survey.item_analysis import Choices, analyse_answers
from survey.report.analysis_page import analysis_page

A4_WIDTH, A4_HEIGHT = 688, 1017  # CSS pixels inside the margins


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report on staff answers to a whole questionnaire, as a file's address."""
    folder = tmp_path_factory.mktemp("report")
    questionnaire = load_questionnaire(shipped_questionnaires()["staff-establishment"])
    scaled = [item for scale in questionnaire.scales for item in scale.items]
    random = np.random.default_rng(7)
    liking = random.normal(size=(120, 1))
    points = np.clip(np.round(3 + liking + random.normal(size=(120, len(scaled)))), 1, 5)
    rows = [
        [
            f"U{at % 6}",
            *(int(6 - p if i.keying.value == "-" else p) for i, p in zip(scaled, row, strict=True)),
        ]
        for at, row in enumerate(points)
    ]
    header = ["unit", *(item.id for item in scaled)]
    answers = read_answers(write_csv(folder / "a.csv", [header, *rows]), questionnaire, ["unit"])
    result = analyse_answers(questionnaire, answers, Choices(by=(("unit",),)))
    (folder / "r.html").write_text(analysis_page(result, questionnaire, "zh-Hans"), "utf-8")
    return (folder / "r.html").as_uri()


def test_overview_and_each_scale_fit_one_sheet_of_paper(desk, report):
    desk.set_viewport_size({"width": A4_WIDTH, "height": A4_HEIGHT})
    desk.emulate_media(media="print")
    desk.goto(report)

    heights = desk.evaluate(
        "[...document.querySelectorAll('.sheet:first-child, .scale')]"
        ".map(sheet => sheet.getBoundingClientRect().height)"
    )

    assert len(heights) == 5
    assert max(heights) <= A4_HEIGHT
    pages = len(re.findall(rb"/Type\s*/Page[^s]", desk.pdf(prefer_css_page_size=True)))
    assert pages >= len(heights)


def test_nothing_is_cut_off_on_a_phone(phone, report):
    phone.goto(report)

    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
