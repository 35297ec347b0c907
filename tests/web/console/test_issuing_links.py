"""Making ways in from the console: more places, personal links, links of offices."""

import csv
import io

import pytest
from console_visit import kept

from survey.rules.ways_in.link import LinkState, token_hash
from survey.storage.tables import AuditEntry, Link, LinkToken


def rows_of(reply):
    assert reply.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))


def test_more_places_get_codes_of_their_own(officer):
    officer.post("/console/campaigns/camp-citizen/places", {"unit": ["U2"], "places": "三楼大厅"})

    assert officer.get("/console/campaigns/camp-citizen/ways").text.count(">三楼大厅<") == 1


def test_personal_links_leave_once_and_only_their_hashes_stay(officer):
    reply = officer.handed_out(
        "/console/campaigns/camp-staff/personal-links", {"count-U1": "3", "count-U2": "1"}
    )

    assert reply.headers["content-disposition"].startswith("attachment")
    header, *rows = rows_of(reply)
    assert header == ["单位编码", "单位名称", "链接"]
    assert [row[0] for row in rows] == ["U1", "U1", "U1", "U2"]
    tokens = [row[2].rpartition("/")[2] for row in rows]
    hashes = {row.token_hash for row in kept(officer, LinkToken)}
    key = officer.client.app.state.settings.key("links")
    assert hashes == {token_hash(key, token) for token in tokens}
    assert {link.state for link in kept(officer, Link, kind="personal")} == {LinkState.UNUSED}
    assert officer.get(f"/a/{tokens[0]}").status_code == 200
    trail = str([entry.details for entry in kept(officer, AuditEntry)])
    assert not any(token in trail for token in tokens)


@pytest.mark.parametrize("count", ["0", "-1", "1.5", "９", "1e3", "99999999"])
def test_a_count_that_is_none_issues_nothing(officer, count):
    reply = officer.post("/console/campaigns/camp-staff/personal-links", {"count-U1": count})

    assert reply.status_code == 422
    assert kept(officer, Link, kind="personal") == []


def test_an_office_gets_one_link_for_all_units_it_rates(officer):
    offices = "CZ,市财政局,U1\r\nCZ,市财政局,U2\r\n"

    reply = officer.handed_out(
        "/console/campaigns/camp-partner/partner-links", {"offices": offices}
    )

    _, *rows = rows_of(reply)
    assert [row[:3] for row in rows] == [["CZ", "市财政局", "1"]]
    page = officer.get(f"/a/{rows[0][3].rpartition('/')[2]}", follow_redirects=True).text
    assert "市财政局" in page
    assert all(unit in page for unit in ("市政务服务局", "市图书馆"))


@pytest.mark.parametrize(
    ("offices", "words"),
    [
        ("CZ,市财政局,U1\nCZ,市财政局", "第 2 行"),
        ("CZ,市财政局,U9", "U9"),
        ("U1,市政务服务局,U1", "不能评价自己"),
        ("CZ,市财政局,U1\nCZ,市财政局,U1", "市财政局"),
        ("", "还没有名单"),
    ],
    ids=["incomplete", "unknown unit", "its own unit", "twice", "empty"],
)
def test_a_wrong_list_of_offices_issues_nothing(officer, offices, words):
    reply = officer.post("/console/campaigns/camp-partner/partner-links", {"offices": offices})

    assert reply.status_code == 422
    assert words in reply.text
    assert kept(officer, Link, kind="partner") == []
