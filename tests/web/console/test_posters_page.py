"""Posters ordered in the console: a job with a page of its own, and a file for who ordered it."""

import time
from io import BytesIO

import pytest
from console_visit import kept
from pypdf import PdfReader
from sqlmodel import select

from survey.storage.tables import AuditEntry, Link

POSTERS = "/console/campaigns/camp-citizen/posters"


def order(officer, **fields):
    return officer.post(POSTERS, {"form": "a4", "locale": "zh-Hans"} | fields)


def finished(officer, address):
    """The job's page once the job is over."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        page = officer.get(address).text
        if "hx-trigger" not in page:
            return page
        time.sleep(0.05)
    pytest.fail("the job did not end within 30 seconds")


def test_posters_are_ordered_made_and_downloaded(officer):
    job = order(officer).headers["location"]

    page = finished(officer, job)
    reply = officer.get(f"{job}/file")

    assert f"{job}/file" in page
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["cache-control"] == "no-store"
    words = [sheet.extract_text() for sheet in PdfReader(BytesIO(reply.content)).pages]
    assert len(words) == 3
    assert "市政务服务局" in words[0]
    assert "一楼大厅" in words[0]
    assert kept(officer, AuditEntry, action="posters.ordered")[0].details == {
        "form": "a4",
        "units": "all",
    }


def test_some_units_alone_can_be_chosen(officer):
    job = order(officer, form="svg", unit="U2").headers["location"]

    finished(officer, job)
    reply = officer.get(f"{job}/file")

    assert reply.headers["content-type"] == "application/zip"
    assert "市图书馆".encode() in reply.content
    assert "市档案馆".encode() not in reply.content


def test_a_shared_tablets_code_is_no_poster_and_each_language_has_its_file_name(officer):
    with officer.client.app.state.database.writing() as session:
        for link in session.exec(select(Link).where(Link.kind == "open")):
            link.is_kiosk = link.place is not None
    assert order(officer).status_code == 422

    with officer.client.app.state.database.writing() as session:
        for link in session.exec(select(Link).where(Link.kind == "open")):
            link.is_kiosk = False
    for locale in ("zh-Hans", "en"):
        job = order(officer, locale=locale).headers["location"]
        finished(officer, job)
        assert f"-{locale}.pdf" in officer.get(f"{job}/file").headers["content-disposition"]


def test_a_waiting_job_renews_its_page_without_script(officer):
    reply = officer.get(order(officer, form="table").headers["location"])

    assert '<noscript><meta http-equiv="refresh"' in reply.text or "/file" in reply.text


def test_somebody_elses_job_is_not_found(officer):
    job = order(officer).headers["location"]

    officer.sign_in("李审")

    assert officer.get(job).status_code == 404
    assert officer.get(f"{job}/file").status_code == 404


@pytest.mark.parametrize("fields", [{"form": "a0"}, {"locale": "fr"}, {"unit": "U404"}])
def test_an_order_that_makes_no_sense_is_refused_in_words(officer, fields):
    reply = order(officer, **fields)

    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
