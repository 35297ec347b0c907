"""Many units: found by a word, listed page by page, settled by a table."""

import re

import pytest
from builders import a_unit
from console_visit import EVALUATION, kept
from launch_steps import a_draft, launch

from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.tables import Campaign, CampaignUnit, EvaluationUnit, Link, Unit

MANY = 120


@pytest.fixture
def many(officer):
    """The evaluation has 123 units now."""
    with officer.client.app.state.database.writing() as session:
        evaluation = evaluation_by_code(session, EVALUATION)
        for number in range(MANY):
            unit = a_unit(session, code=f"M{number:03}", name=f"第{number}街道", category="街道")
            session.add(EvaluationUnit(evaluation_id=evaluation.id, unit_id=unit.id))
    return {"do": "add", "words": ""}


def take(visit, address, text, query=""):
    file = {"list": ("单位.csv", text.encode("gb18030"), "text/csv")}
    return visit.post(f"{address}/units/list{query}", {"do": "save"}, files=file)


def settled(visit, address):
    (draft,) = kept(visit, Campaign, code=address.rpartition("/")[2])
    codes = {unit.id: unit.code for unit in kept(visit, Unit)}
    return {
        codes[row.unit_id]: (row.head_count, row.statement, codes.get(row.merge_into_unit_id))
        for row in kept(visit, CampaignUnit, campaign_id=draft.id)
    }


def test_codes_are_listed_fifty_units_a_page_and_found_by_name_and_code(officer, many):
    ways = launch(officer, units=many).headers["location"] + "/ways"

    first = officer.get(ways).text
    last = officer.get(ways, params={"page": 9}).text
    by_name = officer.get(ways, params={"words": "第7街道"}).text
    by_code = officer.get(ways, params={"words": "m119"}).text

    assert len(re.findall(r'<img src="/q/\w{8}\.svg"', first)) == 100  # two places each
    assert len(re.findall(r'<img src="/q/\w{8}\.svg"', last)) == 2 * (MANY + 3 - 100)
    assert 'page=3" aria-current="page"' in last
    assert by_name.count("<strong>第7街道</strong>") == 2
    assert by_code.count("<strong>第119街道</strong>") == 2
    assert "没有找到这样的单位" in officer.get(ways, params={"words": "没有"}).text


def test_what_arrived_is_listed_page_by_page_too_and_asked_for_again_as_it_stands(officer, many):
    campaign = launch(officer, units=many).headers["location"]

    page = officer.get(campaign, params={"words": "M119"}).text
    again = officer.get(re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")).text

    assert officer.get(campaign).text.count('class="received-name"') == 50
    for listed in (page, again):
        assert re.findall(r'class="received-name">([^<]+)', listed) == ["第119街道"]


def test_further_places_lead_back_to_the_units_they_were_made_for(officer, many):
    campaign = launch(officer, units=many).headers["location"]
    form = {"unit": "M119", "places": "三楼", "words": "M119", "page": "1", "category": ""}

    made = officer.post(f"{campaign}/places", form)
    refused = officer.post(f"{campaign}/places", form | {"places": "长" * 41})

    assert "words=M119" in made.headers["location"]
    assert ">三楼<" in officer.get(made.headers["location"]).text
    assert refused.status_code == 422
    assert refused.text.count("<strong>第119街道</strong>") == 3
    assert "<strong>第7街道</strong>" not in refused.text


def test_what_was_chosen_while_preparing_is_shown_with_the_way_to_it(officer):
    ways = {"kind": ["receipt", "rotating"], "places": "一楼大厅"}
    campaign = launch(officer, ways=ways).headers["location"]

    page = officer.get(f"{campaign}/ways").text

    assert page.count("已选定</span>") == 2
    assert f'href="{campaign}/receipts"' in page
    assert f'href="{campaign}/screens"' in page
    assert {link.kind for link in kept(officer, Link) if link.place == "一楼大厅"} >= {"rotating"}


def test_head_counts_and_statements_come_from_a_table(officer):
    address = a_draft(officer)
    text = "编码,人数,单位说明,并入单位编码\nU1,30,本年新设。,\nU2,3,,U1\nU3,,,\n"

    reply = take(officer, address, text)

    assert reply.headers["location"] == f"{address}/units"
    assert settled(officer, address) == {
        "U1": (30, "本年新设。", None),
        "U2": (3, None, "U1"),
        "U3": (None, None, None),
    }
    take(officer, address, "编码,人数\nU1,31\n")
    assert settled(officer, address)["U1"] == (31, "本年新设。", None)
    file = officer.get(f"{address}/units/list")
    assert "U2,3,,U1,市图书馆" in file.content.decode("utf-8-sig")


def test_a_table_with_one_wrong_row_is_refused_whole_and_the_row_is_named(officer):
    address = a_draft(officer)
    before = settled(officer, address)

    reply = take(officer, address, "编码,人数\nU1,30\nU9,许多\n")
    missing = officer.post(f"{address}/units/list", {"do": "save"})
    english = take(officer, address, "code,head_count\nU9,1\n", "?lang=en")

    assert reply.status_code == english.status_code == missing.status_code == 422
    assert "第 3 行" in reply.text
    assert "U9" in reply.text
    assert "许多" in reply.text
    assert "row 2" in english.text
    assert "请选择填好的表格" in missing.text
    assert settled(officer, address) == before
