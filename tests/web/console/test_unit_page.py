"""A unit's page: in words, with its place, and nothing of a hidden cell."""

import re

import pytest
from console_visit import EVALUATION

BASE = f"/console/evaluations/{EVALUATION}"


def page(officer, unit="U1", **query):
    reply = officer.get(f"{BASE}/units/{unit}", params=query)
    assert reply.status_code == 200
    return reply.text


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
@pytest.mark.parametrize("unit", ["U1", "U2", "U3"])
def test_every_unit_has_a_page_in_both_languages(officer, unit, lang):
    text = page(officer, unit, lang=lang)

    assert "<h1" in text
    assert "console." not in re.sub(r'(href|src)="[^"]*"', "", text)  # no key left unspoken


def test_results_and_indicators_lead_to_it(officer):
    for tab in ("results", "indicators"):
        assert f'href="{BASE}/units/U1"' in officer.get(f"{BASE}/{tab}").text


def test_it_says_in_words_how_dependable_a_score_is_and_what_is_lacking(officer):
    text = page(officer)

    assert "单位平均分的把握（可靠程度）" in text
    assert "要达到这个可靠程度，还差多少份" in text
    assert re.search(r"这个平均分|算不出这个平均分", text)
    assert "第 1 名" in text


def test_a_place_says_by_what_and_that_it_is_a_hint_where_means_are_not_dependable(officer):
    by_total, by_score = page(officer, "U1"), page(officer, "U3")

    assert "名次（按总分）" in by_total
    assert "未齐" in by_score
    assert "名次（按问卷得分）" in by_score
    assert "这个平均分还不可靠" in by_score
    assert by_score.count("仅供参考") >= 3  # the key figure, the chart's line, the scale


def test_ranks_of_results_and_indicators_are_said_to_be_by_the_total(officer):
    for tab in ("results", "indicators"):
        assert '名次<span class="sub">按总分</span>' in officer.get(f"{BASE}/{tab}").text


def test_the_ranking_can_be_chosen_and_marks_the_unit(officer):
    text = page(officer, "U2", by="camp-citizen.ease")

    assert re.search(r'\?by=camp-citizen\.ease#places" aria-current="true"', text)
    (this,) = re.findall(r'<strong aria-current="true">([^<]+)<', text)
    assert this == "市图书馆"
    assert text.count('class="whisker"') == 3
    assert text.count('class="dot"') == 3


def test_a_ranking_nobody_asked_for_falls_back(officer):
    assert page(officer, by="nothing.such").count('aria-current="true"') >= 2


def test_a_hidden_cell_shows_neither_figure_nor_place(officer):
    text = page(officer, "U3", by="camp-staff.ease")

    card = text[text.index('id="worth-camp-staff"') :].split("</section>")[0]
    assert "份数少于 5" in card
    assert 'class="worth"' not in card
    line = text[text.index('<strong aria-current="true">') :].split("</div>")[0]
    assert "whisker" not in line
    assert "不足5份" in line


def test_an_unknown_unit_is_not_found(officer):
    reply = officer.get(f"{BASE}/units/U-none")

    assert (reply.status_code, "没有找到这个单位" in reply.text) == (404, True)


def test_audiences_stand_beside_each_other_on_the_results_page(officer):
    text = officer.get(f"{BASE}/results").text

    assert "不同评价主体怎么看" in text
    assert "本单位职工 − 服务对象" in text
