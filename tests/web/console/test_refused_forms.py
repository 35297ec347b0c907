"""A refused form comes back as it was typed, with every mistake named."""

import re

from console_visit import EVALUATION
from sqlmodel import select

from survey.storage.tables import Campaign, Link

VALUES = f"/console/evaluations/{EVALUATION}/manual-values"
CITIZENS = "/console/campaigns/camp-citizen"
STAFF = "/console/campaigns/camp-staff"
PARTNERS = "/console/campaigns/camp-partner"


def closing_time(visit):
    with visit.client.app.state.database.reading() as session:
        return session.exec(select(Campaign).where(Campaign.code == "camp-citizen")).one().closes_at


def link_count(visit, kind):
    with visit.client.app.state.database.reading() as session:
        return len(session.exec(select(Link).where(Link.kind == kind)).all())


def said(page):
    """The mistakes a page lists."""
    block = re.search(r'role="alert".*?</ul>', page, re.S)
    return re.findall(r"<li>(.*?)</li>", block[0]) if block else []


def send(officer, content, name="分值.csv"):
    file = {"file": (name, content, "text/csv")}
    return officer.post(f"{VALUES}/import", data={}, files=file)


def test_closing_early_needs_the_tick(officer, clock):
    clock.move(minutes=5)
    before = closing_time(officer)

    reply = officer.post(f"{CITIZENS}/close", {"do": "close"})

    assert reply.status_code == 422
    assert said(reply.text) == ["请先勾选“我确认现在截止”，再按“现在截止”。"]
    assert closing_time(officer) == before


def test_every_wrong_value_by_hand_is_named_and_all_that_was_typed_stays(officer):
    form = {
        "indicator": "A21",
        "points-U1": "31",
        "note-U1": "现场核查",
        "points-U2": "许多",
        "points-U3": "12.5",
        "note-U3": "材料齐全",
    }

    reply = officer.post(VALUES, form)

    assert reply.status_code == 422
    mistakes = said(reply.text)
    assert len(mistakes) == 2
    assert all(word in mistakes[0] for word in ("市政务服务局", "指标A21", "31", "0 到 30"))
    assert all(word in mistakes[1] for word in ("市图书馆", "指标A21", "许多", "0 到 30"))
    for value in ("31", "许多", "12.5", "现场核查", "材料齐全"):
        assert f'value="{value}"' in reply.text
    assert "20.0" in officer.get(f"{VALUES}.csv").text


def test_a_note_without_points_is_not_lost(officer):
    form = {"indicator": "A21", "points-U1": "", "note-U1": "待核查"}

    reply = officer.post(VALUES, form)

    assert (reply.status_code, len(said(reply.text))) == (422, 1)
    assert 'value="待核查"' in reply.text


def test_full_width_digits_are_points(officer):
    reply = officer.post(VALUES, {"indicator": "A21", "points-U1": "５．５"})

    assert "changed=1" in reply.headers["location"]
    assert ",5.5," in officer.get(f"{VALUES}.csv").text


def test_an_indicator_that_is_none_is_refused(officer):
    reply = officer.post(VALUES, {"indicator": "A99", "points-U1": "5"})

    assert (reply.status_code, "A99" in said(reply.text)[0]) == (422, True)


def test_every_wrong_count_of_links_is_named_and_what_was_typed_stays(officer):
    form = {"count-U1": "七", "count-U2": "99999999", "count-U3": "12"}

    reply = officer.post(f"{STAFF}/personal-links", form)

    assert reply.status_code == 422
    mistakes = said(reply.text)
    assert len(mistakes) == 2
    assert "市政务服务局" in mistakes[0]
    assert all(word in mistakes[1] for word in ("市图书馆", "10000"))
    for value in form.values():
        assert f'value="{value}"' in reply.text
    assert link_count(officer, "personal") == 0


def test_no_links_and_too_many_are_two_messages(officer):
    none = said(officer.post(f"{STAFF}/personal-links", {"count-U1": "0"}).text)
    many = said(officer.post(f"{STAFF}/personal-links", {"count-U1": "99999999"}).text)

    assert len(none) == len(many) == 1
    assert none != many


def test_a_wrong_list_of_offices_stays_in_its_field(officer):
    offices = "CZ,市财政局,U9\nFG,市发展改革委,U1\nSJ,市审计局"

    reply = officer.post(f"{PARTNERS}/partner-links", {"offices": offices})

    assert reply.status_code == 422
    assert [m[:5] for m in said(reply.text)] == ["第 1 行", "第 3 行"]
    assert f">{offices}</textarea>" in reply.text
    assert link_count(officer, "partner") == 0


def test_a_refused_extension_names_the_present_closing_time(officer):
    reply = officer.post(f"{CITIZENS}/extend", {"closes_at": "2026-06-10T18:00"})

    at = re.search(r"– (\S+ \S+)</span>", officer.get(CITIZENS).text)[1]
    assert reply.status_code == 422
    assert at in said(reply.text)[0]
    assert 'value="2026-06-10T18:00"' in reply.text


def test_a_closing_time_no_calendar_has_is_refused(officer):
    for typed in ("tomorrow", "0001-01-01T00:00"):
        reply = officer.post(f"{CITIZENS}/extend", {"closes_at": typed})
        assert (reply.status_code, f'value="{typed}"' in reply.text) == (422, True)


def test_a_refused_import_shows_the_page_again_and_names_the_file(officer):
    reply = send(officer, b"unit_code,indicator,points\nU9,A21,5\nU1,A21,31\n")

    assert reply.status_code == 422
    assert "分值.csv" in reply.text
    assert len(said(reply.text)) == 2
    assert 'name="points-U1"' in reply.text


def test_an_import_says_what_kind_of_file_it_was_given(officer):
    picture = send(officer, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "照片.png")
    empty = send(officer, b"", "空的.csv")
    other = send(officer, b"name,value\n1,2\n", "别的.csv")

    assert [r.status_code for r in (picture, empty, other)] == [422] * 3
    assert all(word in picture.text for word in ("照片.png", "不是表格"))
    assert all(word in empty.text for word in ("空的.csv", "没有内容"))
    for column in ("单位编码", "指标编码", "分值"):
        assert column in said(other.text)[0]


def test_the_language_can_be_switched_on_a_refused_page(officer):
    page = officer.post(f"{CITIZENS}/extend", {"closes_at": "2026-06-10T18:00"}).text

    switch = re.search(r'href="([^"]*)" lang="en"', page)[1]
    assert officer.get(switch).status_code == 200


def test_the_language_switch_keeps_what_was_chosen(officer):
    page = officer.get(f"/console/evaluations/{EVALUATION}/results?campaign=camp-staff").text

    assert re.search(r'href="([^"]*)" lang="en"', page)[1].endswith(
        "?campaign=camp-staff&amp;lang=en"
    )
