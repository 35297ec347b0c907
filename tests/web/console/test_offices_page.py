"""Offices in the console: coverage in counts, a sheet given back, a fresh link, the template."""

import io
import zipfile

from builders import an_office_sheet
from console_visit import kept
from sqlmodel import select

from survey.storage.tables import AuditEntry, LinkToken, OfficeSheet, RatingPair

OFFICES = "/console/campaigns/camp-partner/offices"
PAIRS = "CZ,市财政局,U1\nCZ,市财政局,U2\nFG,市发展改革委,U1"


def rated(officer):
    """Two offices, of which the first has rated the first unit."""
    officer.post("/console/campaigns/camp-partner/partner-links", {"offices": PAIRS})
    with officer.client.app.state.database.writing() as session:
        pair = session.exec(select(RatingPair).order_by(RatingPair.id)).first()
        an_office_sheet(session, pair)


def test_the_page_shows_who_has_rated_whom_and_never_what(officer):
    rated(officer)

    page = officer.get(OFFICES).text

    assert "1 / 2" in page
    assert "0 / 1" in page
    assert page.count("已评</span>") == 1
    assert "市发展改革委" in page
    assert "不足" not in officer.get(f"{OFFICES}/CZ").text


def test_a_sheet_is_given_back_with_a_reason_and_noted(officer):
    rated(officer)
    fields = {"unit": "U1", "place": "1"}

    refused = officer.post(f"{OFFICES}/CZ/return", fields | {"reason": " "})
    done = officer.post(f"{OFFICES}/CZ/return", fields | {"reason": "漏看了反向题"})

    assert (refused.status_code, done.status_code) == (422, 303)
    [sheet] = kept(officer, OfficeSheet)
    assert (sheet.void_reason, sheet.voided_by) == ("漏看了反向题", "王敏")
    assert "漏看了反向题" in officer.get(f"{OFFICES}/CZ").text
    assert [e.action for e in kept(officer, AuditEntry)].count("rating.returned") == 1


def test_a_fresh_link_is_given_once(officer):
    rated(officer)
    before = {row.token_hash for row in kept(officer, LinkToken)}

    reply = officer.handed_out(f"{OFFICES}/CZ/link", {"place": "1"})

    token = reply.content.decode("utf-8-sig").strip().rpartition("/")[2]
    assert "市财政局" in officer.get(f"/a/{token}/units").text
    assert len({row.token_hash for row in kept(officer, LinkToken)} - before) == 1
    assert officer.post(f"{OFFICES}/CZ/link", {"place": "9"}).status_code == 404
    assert officer.post(f"{OFFICES}/XX/link", {"place": "1"}).status_code == 404


def test_the_template_is_a_workbook_with_the_units(officer):
    reply = officer.get(f"{OFFICES}/template")

    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        assert "市图书馆" in archive.read("xl/sharedStrings.xml").decode()


def test_a_filed_list_is_taken_like_a_pasted_one(officer):
    reply = officer.handed_out(
        "/console/campaigns/camp-partner/partner-links",
        {"offices": ""},
        files={"file": ("list.csv", PAIRS.encode("gb18030"))},
    )

    assert reply.headers["content-disposition"].startswith("attachment")
    assert len(kept(officer, RatingPair)) == 3


def test_a_pair_without_a_sheet_is_removed_with_a_reason_and_noted(officer):
    rated(officer)

    refused = officer.post(f"{OFFICES}/CZ/drop", {"unit": "U1", "reason": "导错了"})
    done = officer.post(f"{OFFICES}/CZ/drop", {"unit": "U2", "reason": "导错了"})
    last = officer.post(f"{OFFICES}/FG/drop", {"unit": "U1", "reason": "导错了"})

    assert (refused.status_code, done.status_code, last.status_code) == (422, 303, 303)
    assert "不能移除" in refused.text
    assert (done.headers["location"], last.headers["location"]) == (f"{OFFICES}/CZ", OFFICES)
    assert "市发展改革委" not in officer.get(OFFICES).text
    actions = [entry.action for entry in kept(officer, AuditEntry)]
    assert actions.count("rating_pair.dropped") == 2
