"""The two things to look at on a scale."""

import pytest
from answers_files import a_questionnaire, write_csv

from survey.exchange.answers_file import read_answers
from survey.item_analysis import Choices, analyse_answers
from survey.language import LOCALES
from survey.report.scale_page import scale_part
from survey.report.things import things_to_look_at

CONTENT = [[5, 1, 5], [4, 2, 4], [2, 4, 2], [4, 3, 3], [1, 5, 2], [5, 2, 5], [3, 3, 4]] * 30


@pytest.fixture
def things(tmp_path):
    def of(rows, locale="zh-Hans"):
        questionnaire = a_questionnaire()
        answers = read_answers(
            write_csv(tmp_path / "a.csv", [["A1", "A2", "A3"], *rows]), questionnaire
        )
        scale = questionnaire.scales[0]
        found = analyse_answers(questionnaire, answers, Choices()).scales[scale.id]
        return things_to_look_at(scale, found, locale)

    return of


def test_where_nothing_is_wrong_the_lowest_and_the_highest_item_are_named(things):
    lowest, highest = things(CONTENT)

    assert (lowest.topic, highest.topic) == ("lowest", "highest")
    assert lowest.about != highest.about
    assert lowest.tone != highest.tone


def test_what_asks_for_action_comes_first_and_each_thing_is_about_something_else(things):
    rows = [[row[0], row[0], row[2]] for row in CONTENT]

    found = things(rows)

    assert len(found) == 2
    assert (found[0].topic, found[0].about) == ("warning", "A2")
    assert "信度会从 −4.24 变成 0.97" in found[0].sentence
    assert found[1].about == "alpha"


def test_an_item_many_do_not_know_is_named_before_the_lowest_one(things):
    rows = [[row[0], row[1], row[2] if at % 2 else "DK"] for at, row in enumerate(CONTENT)]

    found = things(rows)

    assert found[0].topic == "dont_know_share"
    assert "50.0%" in found[0].sentence
    assert "A3" in found[0].sentence


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("rows", [CONTENT, CONTENT[:3], [["", "", ""]], [[3, 3, 3]] * 4])
def test_every_thing_is_said_whole_in_both_languages(things, rows, locale):
    found = things(rows, locale)

    assert 1 <= len(found) <= 2
    assert not any("{" in thing.sentence + thing.title for thing in found)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_scale_with_a_doubtful_key_says_so_before_its_score_and_reliability(tmp_path, locale):
    questionnaire = a_questionnaire()
    rows = [[row[0], row[0], row[2]] for row in CONTENT]
    path = write_csv(tmp_path / "a.csv", [["A1", "A2", "A3"], *rows])
    scale = questionnaire.scales[0]
    answers = read_answers(path, questionnaire)
    found = analyse_answers(questionnaire, answers, Choices()).scales[scale.id]

    part = scale_part(scale, found, locale)

    assert "A2" in part.check_first
    assert part.score_judged.sentence == part.check_first
    assert "A2" in part.reliability_judged.sentence
    assert {part.score_judged.tone, part.reliability_judged.tone} == {"poor"}
    assert {row.judged.tone for row in part.figures if row.name == "alpha"} == {"poor"}
