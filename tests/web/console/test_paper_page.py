"""Paper sheets keyed in over HTTP."""

from uuid import uuid4

import pytest
from console_visit import kept

from survey.storage.tables import AnswerSheet, AuditEntry, CampaignUnit

CITIZENS = "/console/campaigns/camp-citizen/paper"
STAFF = "/console/campaigns/camp-staff/paper"


def first_items(officer, address):
    """The names of the fields that numbers are keyed into."""
    page = officer.get(f"{address}?unit=U1").text
    return [part.partition('"')[0] for part in page.split('class="form-control key" id="i-')[1:]]


def save(officer, address=CITIZENS, unit="U1", **fields):
    return officer.post(address, {"page": str(uuid4()), "unit": unit} | fields)


def test_a_saved_sheet_is_counted_and_audited_by_count_alone(officer):
    item = first_items(officer, CITIZENS)[0]

    reply = save(officer, place="一楼大厅", **{item: "4"})
    next_page = officer.get(reply.headers["location"].partition("#")[0])

    assert reply.status_code == 303
    assert "保存" in next_page.text
    sheets = kept(officer, AnswerSheet, channel="paper")
    assert [(sheet.place, sheet.packed[0]) for sheet in sheets] == [("一楼大厅", 4)]
    assert kept(officer, AuditEntry, action="paper.entered")[0].details == {
        "unit": "U1",
        "count": 1,
    }


def test_the_place_is_kept_for_the_next_sheet(officer):
    item = first_items(officer, CITIZENS)[0]

    reply = save(officer, place="一楼大厅", **{item: "4"})

    page = officer.get(reply.headers["location"].partition("#")[0]).text
    assert "<option selected>一楼大厅</option>" in page


def test_a_page_sent_twice_says_so_and_stores_one_sheet(officer):
    item, page = first_items(officer, STAFF)[0], str(uuid4())

    replies = [save(officer, STAFF, page=page, **{item: "3"}) for _ in range(2)]

    assert [
        "saved=yes" in replies[0].headers["location"],
        "saved=before" in replies[1].headers["location"],
    ] == [True, True]
    assert sum(cell.paper_count for cell in kept(officer, CampaignUnit)) == 1
    assert kept(officer, AnswerSheet, channel="paper") == []


def test_a_wrong_number_keeps_what_was_typed_and_names_the_item(officer):
    first, second, *_ = first_items(officer, CITIZENS)

    reply = save(officer, **{first: "4", second: "9"})

    assert reply.status_code == 422
    assert "第 2 题填了“9”" in reply.text
    assert 'value="4"' in reply.text
    assert 'value="9"' in reply.text
    assert kept(officer, AnswerSheet, channel="paper") == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"unit": "U404"}, "请选择这次调查里的一个单位"),
        ({"place": "月球"}, "不是这个单位的点位"),
        ({"page": "x"}, "没有保存"),
        ({}, "什么也没有录入"),
    ],
)
def test_what_cannot_be_saved_is_said_in_words(officer, fields, words):
    reply = save(officer, **fields)

    assert reply.status_code == 422
    assert words in reply.text


def test_the_printed_sheet_shows_the_numbers_to_key_in(officer):
    page = officer.get(f"{CITIZENS}/sheet/U1").text

    assert "市政务服务局" in page
    assert "<i>5</i>" in page
    assert officer.get(f"{CITIZENS}/sheet/U404").status_code == 404


def test_an_auditor_keys_nothing_in(auditor):
    assert save(auditor).status_code == 403
    assert 'id="entry"' not in auditor.get(f"{CITIZENS}?unit=U1").text
