"""Launching a campaign from the console, steering it, and issuing its links."""

import csv
import io
import re

import pytest
from builders import QUESTIONNAIRE
from console_visit import EVALUATION
from sqlmodel import select

from survey.rules.link import LinkState, token_hash
from survey.storage.tables import AuditEntry, Campaign, Link, QuestionnaireVersion

PATH = f"/console/evaluations/{EVALUATION}/campaigns"
FORM = {
    "name": "大厅满意度",
    "questionnaire": "citizen-service",
    "audience": "citizen",
    "unit": ["U1", "U3"],
    "opens_at": "2026-06-01T09:00",
    "closes_at": "2026-06-20T18:00",
    "places": "一楼大厅\n二楼大厅\n",
}


def kept(visit, table, **where):
    with visit.client.app.state.database.reading() as session:
        return session.exec(select(table).filter_by(**where)).all()


def rows_of(reply):
    assert reply.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))


def launch(visit, **fields):
    return visit.post(PATH, FORM | fields)


def upload(visit, content, **fields):
    return visit.post(
        PATH,
        FORM | {"questionnaire": "uploaded"} | fields,
        files={"file": ("q.toml", content, "application/toml")},
    )


def test_a_launched_campaign_has_a_code_for_each_unit_and_place(officer):
    reply = launch(officer)

    assert reply.status_code == 303
    page = officer.get(reply.headers["location"]).text
    assert "大厅满意度" in page
    assert page.count(">一楼大厅<") == page.count(">二楼大厅<") == 2
    assert "2026-06-01 09:00 – 2026-06-20 18:00" in page
    for code in set(re.findall(r'href="/a/(\w{8})"', page)):
        assert officer.get(f"/a/{code}").status_code == 200
        assert officer.get(f"/q/{code}.svg").headers["content-type"].startswith("image/svg")


def test_the_deed_stands_in_the_trail_once(officer):
    code = launch(officer).headers["location"].rpartition("/")[2]

    (entry,) = kept(officer, AuditEntry, action="campaign.launched")
    assert (entry.actor, entry.subject) == ("王敏", code)


def test_an_uploaded_questionnaire_is_published_and_asked(officer):
    own = QUESTIONNAIRE.replace(b'id = "service"', b'id = "our-own"')

    reply = upload(officer, own)

    assert reply.status_code == 303
    assert "our-own" in officer.get(reply.headers["location"]).text


def test_every_problem_of_an_uploaded_file_is_listed_at_once(officer):
    wrong = QUESTIONNAIRE.replace(b'keyed = "-"', b'keyed = "reverse"').replace(
        b'id = "Q3"', b'id = "Q1"'
    )

    reply = upload(officer, wrong)

    assert reply.status_code == 422
    assert "有 2 处需要改正" in reply.text
    assert "reverse" in reply.text
    assert "Q1" in reply.text
    assert re.search(r"第 \d+ 行", reply.text)
    assert 'value="大厅满意度"' in reply.text


def test_other_bytes_under_a_published_version_are_refused(officer):
    changed = QUESTIONNAIRE.replace("我多跑了好几趟".encode(), "我多跑了两趟".encode())

    reply = upload(officer, changed)

    assert reply.status_code == 422
    assert "service" in reply.text
    assert kept(officer, Campaign, name="大厅满意度") == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "请填写调查名称"),
        ({"unit": []}, "单位"),
        ({"audience": "everybody"}, "请选择评价主体"),
        ({"questionnaire": "other"}, "请选择一份问卷"),
        ({"questionnaire": "uploaded"}, "请选择一份问卷"),
        ({"opens_at": "soon"}, "读不出来"),
        ({"closes_at": "2026-05-01T09:00"}, "截止"),
        ({"places": "x" * 41}, "每行写一个"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wrong_field_keeps_the_others_and_makes_nothing(officer, fields, words):
    before = len(kept(officer, Campaign))

    reply = launch(officer, **fields)

    assert reply.status_code == 422
    assert words in reply.text
    assert 'value="2026-06-01T09:00"' in reply.text or "opens_at" in fields
    assert len(kept(officer, Campaign)) == before
    assert kept(officer, AuditEntry, action="campaign.launched") == []


def test_a_refused_launch_publishes_no_questionnaire(officer):
    own = QUESTIONNAIRE.replace(b'id = "service"', b'id = "our-own"')

    assert upload(officer, own, closes_at="2026-05-01T09:00").status_code == 422
    assert kept(officer, QuestionnaireVersion, questionnaire_id="our-own") == []


def test_a_campaign_is_paused_and_goes_on(officer):
    code = kept(officer, Link, kind="open")[0].code

    assert officer.post("/console/campaigns/camp-citizen/pause").status_code == 303
    assert officer.get(f"/a/{code}").status_code == 503
    assert "已暂停" in officer.get("/console/campaigns/camp-citizen").text
    officer.post("/console/campaigns/camp-citizen/resume")

    assert "进行中" in officer.get("/console/campaigns/camp-citizen").text


def test_a_campaign_is_given_more_time_but_never_less(officer):
    path = "/console/campaigns/camp-citizen/extend"

    assert officer.post(path, {"closes_at": "2026-07-30T18:00"}).status_code == 303
    assert "2026-07-30 18:00" in officer.get("/console/campaigns/camp-citizen").text
    refused = officer.post(path, {"closes_at": "2026-06-10T18:00"})

    assert (refused.status_code, "晚于" in refused.text) == (422, True)


def test_closed_is_final(officer, clock):
    path = "/console/campaigns/camp-citizen"
    clock.move(minutes=5)
    officer.post(f"{path}/close", {"sure": "yes"})
    clock.move(seconds=1)

    assert "已截止" in officer.get(path).text
    for verb in ("pause", "resume", "close", "extend"):
        assert (
            officer.post(
                f"{path}/{verb}", {"closes_at": "2026-09-01T09:00", "sure": "yes"}
            ).status_code
            == 409
        )
    with officer.client.app.state.database.reading() as session:
        (campaign,) = session.exec(select(Campaign).where(Campaign.code == "camp-citizen")).all()
    assert campaign.closes_at < clock.now


def test_more_places_get_codes_of_their_own(officer):
    officer.post("/console/campaigns/camp-citizen/places", {"unit": ["U2"], "places": "三楼大厅"})

    assert officer.get("/console/campaigns/camp-citizen").text.count(">三楼大厅<") == 1


def test_personal_links_leave_once_and_only_their_hashes_stay(officer):
    reply = officer.post(
        "/console/campaigns/camp-staff/personal-links", {"count-U1": "3", "count-U2": "1"}
    )

    assert reply.headers["content-disposition"].startswith("attachment")
    header, *rows = rows_of(reply)
    assert header == ["单位编码", "单位名称", "链接"]
    assert [row[0] for row in rows] == ["U1", "U1", "U1", "U2"]
    tokens = [row[2].rpartition("/")[2] for row in rows]
    hashes = {link.token_hash for link in kept(officer, Link, kind="personal")}
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


def test_offices_get_a_link_for_each_unit_they_rate(officer):
    offices = "CZ,市财政局,U1\r\nCZ,市财政局,U2\r\n"

    reply = officer.post("/console/campaigns/camp-partner/partner-links", {"offices": offices})

    _, *rows = rows_of(reply)
    assert [row[:4] for row in rows] == [
        ["CZ", "市财政局", "U1", "市政务服务局"],
        ["CZ", "市财政局", "U2", "市图书馆"],
    ]
    assert "市财政局" in officer.get(f"/a/{rows[0][4].rpartition('/')[2]}").text


@pytest.mark.parametrize(
    ("offices", "words"),
    [
        ("CZ,市财政局,U1\nCZ,市财政局", "第 2 行"),
        ("CZ,市财政局,U9", "U9"),
        ("U1,市政务服务局,U1", "市政务服务局"),
        ("CZ,市财政局,U1\nCZ,市财政局,U1", "市财政局"),
        ("", "第 1 行"),
    ],
    ids=["incomplete", "unknown unit", "its own unit", "twice", "empty"],
)
def test_a_wrong_list_of_offices_issues_nothing(officer, offices, words):
    reply = officer.post("/console/campaigns/camp-partner/partner-links", {"offices": offices})

    assert reply.status_code == 422
    assert words in reply.text
    assert kept(officer, Link, kind="partner") == []


def test_the_print_page_has_a_sheet_for_each_code(officer):
    page = officer.get("/console/campaigns/camp-citizen/print").text

    assert page.count('class="sheet"') == 3
    for code in re.findall(r"/q/(\w{8})\.svg", page):
        assert f"127.0.0.1:8000/a/{code}" in page
