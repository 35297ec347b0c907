"""Foreign pages, forged hosts and oversized bodies: what never gets through."""

import hashlib
import re

import pytest
from console_visit import (
    DRAFT,
    EVALUATION,
    QUESTIONNAIRE_DRAFT,
    add_named_raters,
    citizens_of,
)
from web_routes import console_pages, console_routes, filled

ORIGIN = "http://127.0.0.1:8000"
EDITED = f"/console/questionnaires/drafts/{QUESTIONNAIRE_DRAFT}"
CHANGING = [
    "/console/campaigns/camp-citizen/head-counts",
    "/console/sign-in",
    "/console/sign-out",
    "/console/account/password",
    f"/console/evaluations/{EVALUATION}/score",
    "/console/evaluations",
    f"/console/evaluations/{EVALUATION}/campaigns",
    f"/console/evaluations/{EVALUATION}/manual-values",
    f"/console/evaluations/{EVALUATION}/manual-values/import",
    f"/console/evaluations/{EVALUATION}/rules",
    "/console/campaigns/camp-citizen/quality/restore",
    *(
        f"/console/campaigns/camp-citizen/{verb}"
        for verb in ("pause", "resume", "extend", "close", "lock", "places")
    ),
    *(
        f"/console/launches/{DRAFT}/{step}"
        for step in ("questionnaire", "units", "units/list", "ways", "window", "open", "delete")
    ),
    "/console/campaigns/camp-staff/personal-links",
    *(
        f"/console/campaigns/camp-staff/cards/{step}"
        for step in ("print", "print-more", "more", "left")
    ),
    "/console/campaigns/camp-citizen/receipts",
    "/console/campaigns/camp-citizen/handed-out/x/erase",
    "/console/campaigns/camp-citizen/screens",
    "/console/campaigns/camp-citizen/screens/replace",
    "/console/proposals/x",
    *(
        f"/console/campaigns/camp-staff/invitations/{verb}"
        for verb in ("roster", "send", "again", "words", "reminders", "reminders/cancel")
    ),
    *(f"/console/campaigns/camp-citizen/import{step}" for step in ("", "/x", "/x/discard")),
    "/console/campaigns/camp-partner/partner-links",
    "/console/campaigns/camp-partner/offices/R001/return",
    "/console/campaigns/camp-partner/offices/R001/drop",
    "/console/campaigns/camp-partner/offices/R001/link",
    "/console/campaigns/camp-partner/offices/R001/withdraw",
    "/console/campaigns/camp-citizen/posters",
    "/console/campaigns/camp-citizen/paper",
    "/console/questionnaires",
    *(f"{EDITED}/{part}" for part in ("head", "words", "languages", "version", "items")),
    *(f"{EDITED}/items/C01{step}" for step in ("", "/check", "/do")),
    *(f"{EDITED}/{part}" for part in ("scales", "scales/ease", "formats", "formats/AG5")),
    *(f"{EDITED}/{step}" for step in ("publish", "delete")),
]
FOREIGN = {
    "another site": {"origin": "https://evil.cn", "sec-fetch-site": "cross-site"},
    "a neighbour": {"origin": "http://evil.127.0.0.1:8000", "sec-fetch-site": "same-site"},
    "a wrong origin alone": {"origin": "https://evil.cn"},
    "an opaque origin": {"origin": "null"},
    "the right site, the wrong origin": {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
    "another port": {"origin": "http://127.0.0.1:9000"},
    "neither header": {},
}


def state_of(app):
    """A digest over everything the database holds."""
    connection = app.state.database._reading.raw_connection()
    try:
        dump = "\n".join(connection.driver_connection.iterdump())
    finally:
        connection.close()
    return hashlib.sha256(dump.encode()).hexdigest()


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_page_changes_nothing(officer, headers):
    before = state_of(officer.client.app)

    replies = {
        path: officer.client.post(path, data={"do": "it"}, headers=headers) for path in CHANGING
    }

    assert {path for path, reply in replies.items() if reply.status_code != 403} == set()
    assert state_of(officer.client.app) == before


@pytest.mark.parametrize("kind", ["text/plain", "application/json", ""])
def test_a_body_that_is_no_form_is_refused(officer, kind):
    headers = {"origin": ORIGIN, "content-type": kind}

    for path in [*CHANGING, "/a/abcdefgh"]:
        assert officer.client.post(path, content=b"do=it", headers=headers).status_code == 403


def test_the_list_of_changing_addresses_is_complete(officer):
    """Whichever of the campaigns an address is tried with."""
    served = {
        re.sub("camp-[a-z]+", "", filled(path))
        for path, methods in console_routes(officer.client.app)
        if "POST" in methods
    }

    assert served == {re.sub("camp-[a-z]+", "", path) for path in CHANGING}


def test_a_respondent_without_these_headers_may_answer(client):
    with client.app.state.database.reading() as session:
        assert citizens_of(session).code == "camp-citizen"

    assert client.post("/a/abcdefgh", data={"x": "1"}).status_code == 404
    foreign = {"origin": "https://evil.cn"}
    assert client.post("/a/abcdefgh", data={"x": "1"}, headers=foreign).status_code == 403


def test_reading_pages_changes_nothing(officer):
    add_named_raters(officer)
    before = state_of(officer.client.app)

    for path in console_pages(officer.client.app):
        assert officer.get(path).status_code in (200, 303), path

    assert state_of(officer.client.app) == before


@pytest.mark.parametrize(
    "host",
    [
        "evil.cn",
        "127.0.0.1:8000@evil.cn",
        "evil.cn/127.0.0.1",
        "127.0.0.1:8000/",
        "127.0.0.1 evil.cn",
        "127.0.0.1.evil.cn",
        "",
        "127.0.0.1:123456",
    ],
)
def test_a_forged_host_is_refused(client, host):
    assert client.get("/console/sign-in", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_loopback_is_answered(client, host):
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_forwarded_hosts_change_no_address(officer):
    forged = {
        "x-forwarded-host": "evil.cn",
        "x-forwarded-proto": "https",
        "forwarded": "host=evil.cn",
    }

    page = officer.get("/console/campaigns/camp-citizen/ways", headers=forged)
    sign_in = officer.client.get("/console/", headers=forged | {"cookie": ""})

    assert "evil.cn" not in page.text
    assert f"{ORIGIN}/a/" in page.text
    assert "evil.cn" not in sign_in.headers.get("location", "")


@pytest.mark.parametrize("path", ["/console/sign-in", "/a/abcdefgh", "/healthz", "/console/x"])
def test_every_reply_says_what_a_browser_may_do_with_it(client, path):
    headers = client.get(path).headers

    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_body_over_the_limit_is_refused(officer):
    path = f"/console/evaluations/{EVALUATION}/manual-values/import"
    headers = {"origin": ORIGIN}

    def chunks(count):
        for _ in range(count):
            yield b"x" * 65_536

    kind = {"content-type": "application/x-www-form-urlencoded"}
    told = officer.client.post(path, content=b"x" * 5_300_000, headers=headers | kind)
    untold = officer.client.post(path, content=chunks(90), headers=headers | kind)

    assert (told.status_code, untold.status_code) == (413, 413)


@pytest.mark.parametrize(
    "body",
    [b"name=a&name=b&password=x", b"name=%00&password=x", b"name=%ff&password=x", b"x=1&" * 3000],
    ids=["twice", "NUL", "not UTF-8", "too many"],
)
def test_a_form_no_page_of_ours_sends_is_refused(officer, body):
    kind = {"content-type": "application/x-www-form-urlencoded", "origin": ORIGIN}

    assert officer.client.post("/console/sign-in", content=body, headers=kind).status_code == 400
