"""Officers' sessions: who gets in, how long, and what a guesser learns."""

import time

import pytest
from console_visit import NAME, PASSWORD, Visit
from sqlmodel import select
from starlette.testclient import TestClient

from survey.people import disable_officer
from survey.storage.tables import AuditEntry, OfficerSession
from web.client_address import address_prefix
from web.sign_in import path_on_this_site

COOKIE = "minyi_session"


def test_the_right_password_opens_the_console(stranger):
    reply = stranger.sign_in()

    assert (reply.status_code, reply.headers["location"]) == (303, "/console/")
    assert stranger.get("/console/").status_code == 200


def test_a_page_asked_for_before_signing_in_comes_after_it(stranger):
    asked = stranger.get("/console/evaluations/demo2026/results?campaign=x")
    assert asked.headers["location"] == (
        "/console/sign-in?next=/console/evaluations/demo2026/results%3Fcampaign%3Dx"
    )

    form = stranger.get(asked.headers["location"]).text
    assert 'value="/console/evaluations/demo2026/results?campaign=x"' in form
    reply = stranger.sign_in(next="/console/evaluations/demo2026/results?campaign=x")

    assert reply.headers["location"] == "/console/evaluations/demo2026/results?campaign=x"


def test_signing_in_makes_a_new_session_and_ends_the_old_one(stranger):
    stranger.sign_in()
    first = stranger.client.cookies[COOKIE]
    stranger.sign_in()
    second = stranger.client.cookies[COOKIE]

    assert first != second
    stranger.client.cookies.set(COOKIE, first, domain="127.0.0.1", path="/")
    assert stranger.get("/console/").status_code == 303


def test_a_cookie_planted_before_signing_in_is_not_taken_over(stranger):
    stranger.client.cookies.set(COOKIE, "planted", domain="127.0.0.1", path="/")
    stranger.sign_in()

    assert stranger.client.cookies[COOKIE] != "planted"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger):
    cookie = stranger.sign_in().headers["set-cookie"]

    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))


def test_with_encryption_the_cookie_is_bound_to_the_host(https_client):
    cookie = Visit(https_client).sign_in().headers["set-cookie"]

    assert cookie.startswith("__Host-minyi=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert https_client.get("/console/").headers["strict-transport-security"]


def test_the_database_keeps_no_token(stranger):
    stranger.sign_in()
    token = stranger.client.cookies[COOKIE].encode()

    with stranger.client.app.state.database.reading() as session:
        kept = session.exec(select(OfficerSession)).one()

    assert token not in kept.token_hash
    assert len(kept.token_hash) == 32


def test_signing_out_ends_the_session_on_the_server(officer):
    token = officer.client.cookies[COOKIE]

    assert officer.post("/console/sign-out").headers["location"] == "/console/sign-in"

    officer.client.cookies.set(COOKIE, token, domain="127.0.0.1", path="/")
    assert officer.get("/console/").status_code == 303


@pytest.mark.parametrize(
    ("minutes", "status"), [(29.9, 200), (30, 303)], ids=["used in time", "idle"]
)
def test_a_session_ends_after_thirty_idle_minutes(officer, clock, minutes, status):
    clock.move(minutes=minutes)

    assert officer.get("/console/").status_code == status


def test_a_session_ends_after_twelve_hours_however_busy(officer, clock):
    for _ in range(28):
        clock.move(minutes=25)
        assert officer.get("/console/").status_code == 200
    clock.move(minutes=20)

    assert officer.get("/console/").status_code == 303


def test_a_clock_set_back_does_not_prolong_a_session(officer, clock):
    clock.move(hours=-1)

    assert officer.get("/console/").status_code == 303


def test_a_changed_password_signs_every_browser_out(officer, client):
    elsewhere = Visit(TestClient(client.app, base_url=officer.origin, follow_redirects=False))
    elsewhere.sign_in()
    new = "quite other words"

    changed = officer.post(
        "/console/account/password",
        {"password": PASSWORD, "new_password": new, "new_password_again": new},
    )

    assert changed.status_code == 303
    assert officer.get("/console/").status_code == 303
    assert elsewhere.get("/console/").status_code == 303
    assert officer.sign_in().status_code == 401
    assert officer.sign_in(password=new).status_code == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "wrong"}, "现在的密码不正确"),
        ({"new_password_again": "something else"}, "不一致"),
        ({"new_password": "short", "new_password_again": "short"}, "太短或太简单"),
        ({"new_password": "a" * 20, "new_password_again": "a" * 20}, "太短或太简单"),
    ],
)
def test_a_password_is_changed_only_to_a_sound_one_by_its_owner(officer, fields, sentence):
    new = "quite other words"
    form = {"password": PASSWORD, "new_password": new, "new_password_again": new} | fields

    reply = officer.post("/console/account/password", form)

    assert reply.status_code == 422
    assert sentence in reply.text
    assert officer.get("/console/").status_code == 200


def test_a_closed_account_is_out_at_once(officer, clock):
    with officer.client.app.state.database.writing() as session:
        disable_officer(session, name=NAME, now=clock.now, actor="test")

    assert officer.get("/console/").status_code == 303
    assert officer.sign_in().status_code == 401


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(stranger, clock):
    replies = [stranger.sign_in(password="wrong").status_code for _ in range(6)]
    right = stranger.sign_in()

    assert replies == [401] * 5 + [429]
    assert right.status_code == 429
    clock.move(minutes=15)
    assert stranger.sign_in().status_code == 303


def test_one_address_cannot_try_many_names(stranger):
    replies = [stranger.sign_in(name=f"name {n}").status_code for n in range(6)]

    assert replies == [401] * 5 + [429]


def test_the_right_password_forgives_earlier_slips(stranger):
    for _ in range(3):
        for _ in range(2):
            stranger.sign_in(password="wrong")
        assert stranger.sign_in().status_code == 303


def test_wrong_tries_in_between_are_not_forgiven_to_the_address(stranger):
    """Somebody with an account of his own cannot use it to go on guessing another's."""
    for _ in range(4):
        stranger.sign_in(name="李审", password="wrong")
    stranger.sign_in()

    assert stranger.sign_in(name="another", password="wrong").status_code == 401
    assert stranger.sign_in(name="another", password="wrong").status_code == 429


def test_a_guesser_cannot_tell_a_known_name_from_an_unknown_one(client, clock):
    def told(name):
        clock.move(minutes=20)
        visit = Visit(client)
        started = time.perf_counter()
        reply = visit.sign_in(name=name, password="wrong")
        return time.perf_counter() - started, reply.status_code, reply.text.replace(name, "…")

    known, unknown = zip(*((told(NAME), told("nobody here")) for _ in range(9)), strict=True)

    assert {(status, body) for _, status, body in known} == {
        (status, body) for _, status, body in unknown
    }
    difference = min(t for t, *_ in known) - min(t for t, *_ in unknown)  # least disturbed
    assert abs(difference) < 0.020


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.cn",
        "/\\evil.cn",
        "https://evil.cn/console/",
        "javascript:alert(1)",
        "/console/%0d%0aSet-Cookie:x",
        "evil.cn@host",
        "/console/../a/x",
        "/elsewhere",
        "",
        "/console/\r\nx",
        "///console/",
    ],
)
def test_nobody_is_led_off_the_site_after_signing_in(stranger, wanted):
    assert path_on_this_site(wanted) == "/console/"
    assert stranger.sign_in(next=wanted).headers["location"] == "/console/"


def test_addresses_of_one_network_are_one_prefix():
    assert address_prefix("192.0.2.7") == address_prefix("192.0.2.200") == "192.0.2.0/24"
    assert address_prefix("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert address_prefix("testclient") == "unknown"


def test_signing_in_and_out_stands_in_the_trail(officer):
    officer.post("/console/sign-out")

    with officer.client.app.state.database.reading() as session:
        actions = [entry.action for entry in session.exec(select(AuditEntry)).all()]

    assert actions[-2:] == ["officer.signed_in", "officer.signed_out"]
