"""After codes were made, an officer's page keeps their file for a quarter of an hour."""

import pytest
from console_visit import PASSWORD, Visit, kept
from starlette.testclient import TestClient

from survey.people import Role, add_officer
from survey.storage.tables import AuditEntry, Link

LINKS = "/console/campaigns/camp-staff/personal-links"
RECEIPTS = "/console/campaigns/camp-citizen/receipts"


@pytest.fixture
def page(officer):
    """The address of the page after three links for one unit and one for another."""
    made = officer.post(LINKS, {"count-U1": "3", "count-U2": "1"})
    assert made.status_code == 303
    return made.headers["location"]


def test_it_says_what_was_made_and_the_file_comes_twice(officer, page):
    shown = officer.get(page)

    assert "共 4 个个人链接" in shown.text
    assert "市图书馆" in shown.text
    first, again = (officer.get(f"{page}/file") for _ in range(2))
    assert first.content == again.content
    assert first.content.count(b"/a/") == 4
    assert first.headers["content-disposition"].startswith("attachment")
    assert first.headers["cache-control"] == "no-store"
    assert len(kept(officer, Link, kind="personal")) == 4


def test_erased_it_leads_back_to_a_fresh_page_and_is_gone(officer, page):
    erased = officer.post(f"{page}/erase")

    assert erased.headers["location"] == "/console/campaigns/camp-staff/ways"
    assert officer.get(page).status_code == officer.get(f"{page}/file").status_code == 404
    assert "15 分钟" in officer.get(page).text
    [entry] = kept(officer, AuditEntry, action="handed_out.erased")
    assert page.rpartition("/")[2] not in str(entry.details)


def test_after_a_quarter_of_an_hour_it_is_gone(officer, page, clock):
    clock.move(minutes=15)

    assert officer.get(page).status_code == officer.get(f"{page}/file").status_code == 404


def test_another_officer_gets_nothing(officer, page, client, clock):
    with client.app.state.database.writing() as session:
        add_officer(
            session, name="陈复", password=PASSWORD, role=Role.EVALUATOR, now=clock(), actor="test"
        )
    other = Visit(TestClient(client.app, base_url=str(client.base_url), follow_redirects=False))
    other.sign_in(name="陈复")

    assert other.get(page).status_code == other.get(f"{page}/file").status_code == 404
    assert other.post(f"{page}/erase").status_code == 404
    assert officer.get(page).status_code == 200


@pytest.mark.parametrize(
    ("path", "fields", "kind"),
    [
        (LINKS, {"count-U1": "3"}, "personal"),
        (RECEIPTS, {"count-U1": "3"}, "receipt"),
        (
            "/console/campaigns/camp-partner/partner-links",
            {"offices": "CZ,市财政局,U1\r\n"},
            "partner",
        ),
    ],
    ids=["links", "receipts", "offices"],
)
def test_where_the_file_cannot_be_kept_nothing_is_issued(
    officer, console_settings, path, fields, kind
):
    (console_settings.data_dir / "handed_out").write_text("a file is in the way")

    reply = officer.post(path, fields)

    assert reply.status_code == 422
    assert "什么也没有发放" in reply.text
    assert next(iter(fields.values())).strip() in reply.text
    assert kept(officer, Link, kind=kind) == []


def test_receipt_codes_show_their_new_counts_on_the_way_back(officer):
    file = officer.handed_out(RECEIPTS, {"count-U1": "7"})

    assert file.content.count(b"/a/") == 7
    back = officer.get(RECEIPTS).text
    assert 'value="7"' not in back
    assert ">7<" in back
