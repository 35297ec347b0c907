"""Who may call what: read from the route table, so that a new address cannot be forgotten."""

import pytest
from console_visit import Visit, add_named_raters
from web_routes import MADE_FIRST, filled, routes

PUBLIC = {
    "/",
    "/a",
    "/console",
    "/healthz",
    "/readyz",
    "/console/sign-in",
    "/api/docs",
    "/api/openapi.json",
    "/static/{digest}/{name:path}",
}
RESPONDENTS = ("/a/", "/q/", "/s/")


def guarded(app):
    return [
        (method, path)
        for path, methods in routes(app)
        for method in methods - {"HEAD"}
        if path not in PUBLIC and not path.startswith(RESPONDENTS)
    ]


def test_every_address_of_the_application_is_known_to_these_tests(client):
    unknown = {
        path
        for path, _ in routes(client.app)
        if path not in PUBLIC and not path.startswith((*RESPONDENTS, "/console/", "/api/v1/"))
    }

    assert unknown == set()


def test_without_a_session_the_console_leads_to_the_door(stranger):
    for method, path in guarded(stranger.client.app):
        if path.startswith("/console/"):
            address = filled(path)
            reply = stranger.get(address) if method == "GET" else stranger.post(address)

            assert reply.status_code == 303, path
            assert reply.headers["location"].startswith("/console/sign-in"), path
            assert reply.content == b""


def test_without_a_token_the_feed_stays_shut(officer):
    """A session does not open it either: the feed knows tokens only."""
    for method, path in guarded(officer.client.app):
        if path.startswith("/api/"):
            send = officer.get if method == "GET" else officer.post
            for headers in ({}, {"authorization": "Bearer minyi_guessed"}):
                reply = send(filled(path), headers=headers)

                assert reply.status_code == 401, path
                assert reply.json()["error"] == "token_refused"
                assert reply.headers["www-authenticate"] == "Bearer"


def test_an_auditor_reads_everything_and_changes_nothing(auditor):
    add_named_raters(auditor)
    own = {"/console/sign-out", "/console/account/password"}
    for method, path in guarded(auditor.client.app):
        if path.startswith("/console/") and path not in own:
            address = filled(path)
            if method == "GET" and path in MADE_FIRST:
                assert auditor.get(address).status_code in (303, 404), path
            elif method == "GET":
                reply = auditor.get(address)
                if reply.status_code == 303:  # to where there is something left to do
                    assert reply.headers["location"].startswith(address), path
                    reply = auditor.get(reply.headers["location"])
                assert reply.status_code == 200, path
            else:
                assert auditor.post(address).status_code == 403, path


def test_an_auditor_sees_no_button_that_would_be_refused(auditor):
    for path in ("/console/evaluations/demo2026", "/console/campaigns/camp-citizen"):
        page = auditor.get(path).text

        assert page.count('method="post"') == 1  # sign out
        assert 'action="/console/sign-out"' in page


@pytest.mark.parametrize("address", ["x", "U01", "demo2026' OR '1'='1", "%00", "..%2f"])
def test_what_is_not_there_is_one_page(officer, address):
    for path in (
        f"/console/evaluations/{address}",
        f"/console/campaigns/{address}",
        f"/console/evaluations/demo2026/evidence/{address}/A11",
        f"/console/evaluations/demo2026/evidence/U1/{address}x",
    ):
        reply = officer.get(path)

        assert reply.status_code == 404, path
        assert "找不到" in reply.text


def test_a_partial_asked_for_without_a_session_sends_the_page_to_the_door(stranger):
    reply = stranger.get("/console/campaigns/camp-citizen/received", headers={"hx-request": "true"})

    assert reply.status_code == 401
    assert reply.headers["hx-redirect"] == "/console/sign-in"


def test_two_officers_do_not_share_a_cookie_jar(client):
    first = Visit(client)
    first.sign_in()

    assert "王敏" in first.get("/console/account").text
    first.sign_in(name="李审")
    assert "李审" in first.get("/console/account").text
