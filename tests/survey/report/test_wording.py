import math
from dataclasses import replace

import pytest
from answers_files import a_questionnaire, write_csv

from scales import ITEM_WARNING_CODES, WARNING_CODES
from survey.exchange.answers_file import read_answers
from survey.item_analysis import Choices, analyse_answers
from survey.language import LOCALES
from survey.report.wording import (
    alpha_band,
    figure,
    interval,
    looks_turned,
    remarks,
    score_interval,
    share,
    worded,
)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (72.45, 1, "72.5"),
        (0.125, 2, "0.13"),
        (-0.125, 2, "−0.13"),
        (79.996, 2, "80.00"),
        (-0.001, 2, "0.00"),
        (0.0, 1, "0.0"),
        (1e-9, 2, "0.00"),
        (None, 2, "—"),
    ],
)
def test_figures_are_rounded_half_up_and_an_absent_one_is_a_dash(value, places, text):
    assert figure(value, places) == text


def test_shares_and_intervals_read_as_people_write_them():
    assert share(0.0205) == "2.1%"
    assert share(None) == "—"
    assert interval(0.8, (0.7, 0.9), 2) == "0.80 [0.70, 0.90]"
    assert interval(0.8, None, 2) == "0.80"
    assert interval(None, None, 2) == "—"


@pytest.mark.parametrize(
    ("alpha", "band"),
    [
        (0.9, "excellent"),
        (math.nextafter(0.9, 0), "good"),
        (0.8, "good"),
        (0.7, "acceptable"),
        (0.6, "questionable"),
        (0.59, "poor"),
        (-3.0, "poor"),
        (None, "none"),
    ],
)
def test_reliability_falls_into_the_usual_bands(alpha, band):
    assert alpha_band(alpha, people=30) == band


@pytest.mark.parametrize("alpha", [0.95, 0.3])
def test_a_reliability_of_a_few_people_is_uncertain_either_way(alpha):
    assert alpha_band(alpha, people=29) == "few"


def test_limits_stay_where_a_score_can_be(analysed):
    scale, analysis = analysed([5, 1, 5], [1, 5, 2])

    low, high = analysis.ci95_percent

    assert (low < 0, high > 100) == (True, True)
    assert score_interval(scale, analysis) == (0, 100)


def test_the_unit_of_a_text_is_named_in_general():
    assert worded({"zh-Hans": "您对 {unit} 的服务"}, "zh-Hans") == "您对该单位的服务"
    assert worded({"en": "Serving {unit}:"}, "en") == "Serving the unit:"
    assert worded({"zh-Hans": "只有中文"}, "en") == "只有中文"


@pytest.fixture
def analysed(tmp_path):
    def of(*rows):
        questionnaire = a_questionnaire()
        answers = read_answers(
            write_csv(tmp_path / "a.csv", [["A1", "A2", "A3"], *rows]), questionnaire
        )
        scale = questionnaire.scales[0]
        return scale, analyse_answers(questionnaire, answers, Choices()).scales[scale.id]

    return of


@pytest.mark.parametrize("locale", LOCALES)
def test_every_warning_can_be_said_in_both_languages(analysed, locale):
    scale, analysis = analysed([5, 1, 5], [1, 5, 2], [3, 3, 3])
    codes = (*WARNING_CODES, *(f"{code}:A2" for code in ITEM_WARNING_CODES))
    against = replace(analysis.by_item["A2"], r_drop=-0.5, alpha_if_flipped=None)
    found = replace(analysis, n=99, warnings=codes, by_item=analysis.by_item | {"A2": against})

    said = remarks(scale, found, locale)

    assert len({remark.sentence for remark in said}) == len(codes)
    assert not any("{" in remark.sentence for remark in said)


def test_an_item_set_the_wrong_way_is_named_with_its_words_and_comes_first(analysed):
    scale, analysis = analysed([5, 5, 5], [1, 1, 1], [4, 4, 5], [2, 2, 1])

    said = remarks(scale, analysis, "zh-Hans")

    assert said[0].needs_action
    assert any("A2“该单位A2 题”与其他题方向相反" in remark.sentence for remark in said)


@pytest.mark.parametrize(
    ("r_drop", "flipped", "is_said"),
    [(-0.4, 0.75, True), (-0.02, 0.705, False), (0.47, None, False), (-0.4, None, True)],
)
def test_an_item_runs_against_the_others_only_where_turning_it_would_help(
    analysed, r_drop, flipped, is_said
):
    scale, analysis = analysed(*[[5, 1, 5], [1, 5, 2], [3, 3, 3], [4, 3, 4]] * 10)
    suspect = replace(
        analysis.by_item["A1"], r_drop=r_drop, key_suspect=True, alpha_if_flipped=flipped
    )
    found = replace(analysis, alpha=0.7, by_item=analysis.by_item | {"A1": suspect})

    said = [remark.about for remark in remarks(scale, found, "en")]

    assert ("A1" in said) is is_said
    assert looks_turned(suspect, found) is is_said
    assert not looks_turned(replace(suspect, key_suspect=False), found)


def test_a_low_alpha_of_three_people_says_that_it_is_uncertain(analysed):
    scale, analysis = analysed([5, 5, 5], [1, 1, 1], [4, 4, 5])

    (said,) = [remark for remark in remarks(scale, analysis, "en") if remark.about == "alpha"]

    assert "only 3 have a score" in said.sentence


def test_items_that_hold_two_things_are_to_be_dealt_with_however_high_alpha_is(analysed):
    scale, analysis = analysed(*[[5, 1, 5], [1, 5, 2], [3, 3, 3], [4, 3, 4]] * 10)
    two = replace(analysis, alpha=0.87, first_eigenvalue=5.5, second_eigenvalue=5.3)

    assert any("hold two things" in remark.sentence for remark in remarks(scale, two, "en"))
