"""Before and after on a page, and items of two audiences on the results page."""

import re

import pytest
from change_builders import a_year, lifted_sheets, two_years
from console_visit import EVALUATION
from sqlmodel import select

from survey.rules.audience import Audience
from survey.storage.database import open_database
from survey.storage.tables import Unit

PAGE = "/console/evaluations/year2026/changes"


@pytest.fixture
def years(console_settings):
    """Two years beside the evaluation that is there, and one whose audiences read an item apart."""
    database = open_database(console_settings)
    with database.writing() as session:
        two_years(session)
        units = list(session.exec(select(Unit).where(Unit.code.in_(["C1", "C2"]))))
        sheets = {
            Audience.CITIZEN: [lifted_sheets(80, 0.0, n) for n in range(2)],
            Audience.STAFF: [lifted_sheets(30, 0.4, 9 + n, third=-1.2) for n in range(2)],
        }
        a_year(session, units, sheets, code="items", year=2027, is_over=True)
    database.close()


@pytest.fixture
def two(years, officer):
    """An officer who finds them."""
    return officer


def page(visit, path=PAGE, **query):
    reply = visit.get(path, params=query)
    assert reply.status_code == 200
    return reply.text


def line_of(text, unit):
    return text[text.index(f"units/{unit}") :].split('<div class="place-line')[0]


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_the_page_says_who_rose_and_who_fell_in_both_languages(two, lang):
    text = page(two, lang=lang, **{"with": "year2025"})

    assert "console." not in re.sub(r'(href|src)="[^"]*"', "", text)  # no key left unspoken
    assert [int(n) for n in re.findall(r'<td class="right num">(\d+)</td>', text)] == [1, 1, 1, 2]
    assert re.search(r'class="place-line risen".*?units/C1"', text, re.DOTALL)
    assert re.search(r'class="place-line fallen".*?units/C2"', text, re.DOTALL)
    assert text.count('class="whisker"') == 3


@pytest.mark.parametrize(("unit", "reason"), [("C4", "上次不显示"), ("C5", "这次不显示")])
def test_a_hidden_side_leaves_no_figure(two, unit, reason):
    line = line_of(page(two, **{"with": "year2025"}), unit)

    assert reason in line
    assert "whisker" not in line
    assert not re.search(r"n=\d|\d\.\d", line)


def test_the_year_before_is_chosen_where_none_is_named(two):
    text = page(two)

    assert '<option value="year2025" selected>' in text
    assert '<option value="demo2026">' in text
    assert text.count('class="whisker"') == 3


@pytest.mark.parametrize("other", ["year2026", "nothing", "x'--"])
def test_itself_or_nothing_cannot_be_compared_with(two, other):
    assert two.get(PAGE, params={"with": other}).status_code == 404


def test_evaluations_that_asked_other_units_say_so(two):
    text = page(two, **{"with": EVALUATION})

    assert "未问" in text
    assert 'class="whisker"' not in text


def test_one_evaluation_alone_has_nothing_to_compare_with(officer):
    assert "还没有别的评估项目" in page(officer, f"/console/evaluations/{EVALUATION}/changes")


def test_the_results_lead_to_it(officer):
    address = f"/console/evaluations/{EVALUATION}"

    assert f'href="{address}/changes"' in page(officer, f"{address}/results")


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_an_item_two_audiences_read_differently_is_named(two, lang):
    text = page(two, "/console/evaluations/items/results", lang=lang)

    said = text[text.index('<ul class="biased">') :].split("</ul>")[0]
    worst = said.split("</li>")[0]
    assert ("要交的材料说得清楚。" if lang == "zh-Hans" else "clear which papers") in worst
    assert ("低 " if lang == "zh-Hans" else "lower than") in worst


def test_before_the_close_the_results_say_that_items_wait(officer):
    assert "再逐题看两类人的理解是否相同" in page(
        officer, f"/console/evaluations/{EVALUATION}/results"
    )
