"""The whole way: an answer comes in, the count rises, a run is made, the indicator moves."""

import csv
import io
import re

from answering import open_form
from console_visit import EVALUATION
from sqlmodel import select

from survey.audit import is_whole
from survey.storage.tables import AuditEntry, ScoringRun

BASE = f"/console/evaluations/{EVALUATION}"


def answer_once(visit, code):
    fields = open_form(visit.client, code) | {"Q1": "1", "Q2": "5", "Q3": "1"}
    return visit.client.post(f"/a/{code}", data=fields)


def code_of(visit, unit="市政务服务局"):
    page = visit.get("/console/campaigns/camp-citizen/ways").text
    card = page[page.index(f"<strong>{unit}</strong>") :]
    return re.search(r'href="/a/(\w{8})"', card)[1]


def received(visit):
    return int(
        re.search(
            r'id="received-count">(\d+)', visit.get("/console/campaigns/camp-citizen/received").text
        )[1]
    )


def points(visit, unit="U1", indicator="A11"):
    page = visit.get(f"{BASE}/evidence/{unit}/{indicator}").text
    return float(re.search(r'class="key-value">([\d.]+)<', page)[1])


def score(visit):
    return visit.post(f"{BASE}/score").headers["location"]


def runs(visit):
    with visit.client.app.state.database.reading() as session:
        return len(session.exec(select(ScoringRun)).all())


def test_with_nine_of_ten_new_sheets_a_run_has_nothing_to_say(officer):
    before = points(officer)

    address = score(officer)

    assert address.endswith("notice=nothing_new")
    page = officer.get(address).text
    assert "还没有新的结果可算" in page
    assert "市政务服务局至少再收 1 份有效答卷；不计入的答卷不算" in page
    assert "也可能有不计入的" in page
    assert (runs(officer), points(officer)) == (1, before)


def test_right_after_the_close_the_page_says_that_the_last_sheets_are_being_gathered(
    officer, clock
):
    clock.move(seconds=1)
    assert officer.post("/console/campaigns/camp-citizen/close", {"sure": "yes"}).status_code == 303

    page = officer.get(score(officer)).text

    assert "刚截止的调查还在收尾" in page
    assert "请过半分钟再点" in page
    assert "还没有新的结果可算" not in page


def test_the_tenth_answer_moves_the_score_and_the_indicator(officer):
    before, count = points(officer), received(officer)

    assert answer_once(officer, code_of(officer)).status_code == 303
    assert received(officer) == count + 1
    assert points(officer) == before
    page = officer.get(score(officer)).text

    assert "第 2 次计分完成" in page
    assert runs(officer) == 2
    assert points(officer) < before
    assert "第 2 次" in officer.get(BASE).text


def test_a_value_entered_by_hand_moves_the_total_with_the_next_run(officer):
    form = {"indicator": "A21", "points-U1": "29.5", "note-U1": "现场核查", "points-U2": ""}

    reply = officer.post(f"{BASE}/manual-values", form)

    assert reply.status_code == 303
    assert "已保存，1 项有变动" in officer.get(reply.headers["location"]).text
    assert points(officer, indicator="A21") == 20.0
    score(officer)
    assert points(officer, indicator="A21") == 29.5
    assert "现场核查" in officer.get(f"{BASE}/evidence/U1/A21").text


def test_a_form_saved_unchanged_changes_nothing(officer):
    form = {"indicator": "A21", "points-U1": "20", "note-U1": "", "points-U2": "21.0"}

    reply = officer.post(f"{BASE}/manual-values", form)

    assert "changed=0" in reply.headers["location"]
    assert score(officer).endswith("nothing_new")


def test_points_over_the_full_ones_are_refused_and_nothing_is_kept(officer):
    form = {"indicator": "A21", "points-U1": "29", "points-U2": "31"}

    reply = officer.post(f"{BASE}/manual-values", form)

    assert reply.status_code == 422
    assert score(officer).endswith("nothing_new")


def test_the_file_to_fill_in_is_read_back_as_it_was_sent(officer):
    file = officer.get(f"{BASE}/manual-values.csv")

    reply = officer.post(
        f"{BASE}/manual-values/import", {}, files={"file": ("v.csv", file.content, "text/csv")}
    )

    assert "changed=0" in reply.headers["location"]


def test_an_import_without_a_file_says_so(officer):
    reply = officer.post(f"{BASE}/manual-values/import")

    assert (reply.status_code, "请选择要导入的文件" in reply.text) == (422, True)


def test_exports_say_what_the_pages_say_and_hold_numbers(officer):
    reply = officer.get(f"{BASE}/results.csv", params={"lang": "en"})

    assert reply.content.startswith(b"\xef\xbb\xbf")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    (hidden,) = (r for r in rows if r["unit_code"] == "U3" and r["audience"] == "staff")
    assert (hidden["n"], hidden["mean_percent"], hidden["not_shown"]) == ("", "", "too_few")
    (shown,) = (r for r in rows if r["unit_code"] == "U1" and r["audience"] == "citizen")
    page = officer.get(f"{BASE}/results?campaign=camp-citizen").text
    assert f"{float(shown['mean_percent']):.1f}" in page
    assert shown["n"] == "40"


def test_every_deed_stands_in_the_trail_exactly_once(officer, clock):
    deeds = [
        (f"{BASE}/manual-values", {"indicator": "A21", "points-U1": "3"}, "values.entered"),
        (f"{BASE}/score", {"do": "score"}, "evaluation.scored"),
        ("/console/campaigns/camp-citizen/pause", {"do": "pause"}, "campaign.paused"),
        ("/console/campaigns/camp-citizen/resume", {"do": "resume"}, "campaign.resumed"),
        (
            "/console/campaigns/camp-citizen/extend",
            {"closes_at": "2027-01-01T10:00"},
            "campaign.extended",
        ),
        (
            "/console/campaigns/camp-citizen/places",
            {"unit": "U1", "places": "门口"},
            "links.opened",
        ),
        ("/console/campaigns/camp-staff/personal-links", {"count-U1": "2"}, "links.issued"),
        ("/console/campaigns/camp-citizen/close", {"sure": "yes"}, "campaign.closed"),
    ]
    clock.move(minutes=1)

    for path, form, _ in deeds:
        assert officer.post(path, form).status_code in (200, 303), path

    with officer.client.app.state.database.reading() as session:
        trail = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert is_whole(session)
    assert [entry.action for entry in trail][-len(deeds) :] == [action for *_, action in deeds]
    assert {entry.actor for entry in trail[-len(deeds) :]} == {"王敏"}


def test_a_refused_deed_leaves_no_trace(officer):
    with officer.client.app.state.database.reading() as session:
        before = len(session.exec(select(AuditEntry)).all())

    officer.post("/console/campaigns/camp-citizen/resume")
    officer.post(f"{BASE}/score")
    officer.post(f"{BASE}/manual-values", {"indicator": "A21", "points-U1": "x"})

    with officer.client.app.state.database.reading() as session:
        assert len(session.exec(select(AuditEntry)).all()) == before
