"""Misuse of open codes over HTTP: repeats, challenges, guesses (ACCEPTANCE 29, 30, 41, 51)."""

import json
import re
from html import unescape

import altcha
import pytest
from answering import ANSWERS, StandingClock, open_form, rows, seed, send
from starlette.testclient import TestClient

from survey.rules.ways_in.arrival import (
    MISSES,
    SHORT_MISSES,
    UNDOUBTED_SHEETS,
    ArrivalMark,
    desk_word,
)
from survey.rules.ways_in.link import new_token
from survey.rules.ways_in.short_code import new_short_code
from survey.storage.tables import AnswerSheet, SpentChallenge
from web.app import create_app

HALL = ("203.0.113.7", 50_000)


@pytest.fixture
def clock():
    return StandingClock()


@pytest.fixture
def codes(sqlite_settings):
    return seed(sqlite_settings)


@pytest.fixture
def app(sqlite_settings, codes, clock):
    return create_app(sqlite_settings, clock)


@pytest.fixture
def phone(app):
    """A phone in a hall; `fresh` gives it an empty memory."""
    base = app.state.settings.public_origin
    with TestClient(app, base_url=base, follow_redirects=False, client=HALL) as client:
        yield client


def fresh(phone):
    phone.cookies.clear()
    return phone


def solved(page):
    """The proof that a phone's script finds for a page's challenge."""
    asked = json.loads(unescape(re.search(r'data-challenge="([^"]*)"', page)[1]))
    challenge = altcha.Challenge.from_dict(asked)
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def fields_of_page(page):
    """What the form of a challenge page sends, by its script."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    fields.pop("@proof", None)
    return {name: unescape(value) for name, value in fields.items()}


def fill_up(phone, code):
    for _ in range(UNDOUBTED_SHEETS):
        assert send(fresh(phone), code).status_code == 303


def marks(app):
    return sorted(sheet.arrival_marks for sheet in rows(app, AnswerSheet))


def test_twenty_sheets_of_one_phone_count_once(app, phone, codes):
    replies = [send(phone, codes.citizen).status_code for _ in range(20)]

    assert replies == [303] * 20
    repeats = [mark for mark in marks(app) if mark & ArrivalMark.SAME_DEVICE]
    assert len(repeats) == 19


def test_with_its_memory_cleared_the_phone_is_challenged_from_the_third_and_marked(
    app, phone, codes
):
    fill_up(phone, codes.citizen)

    asked = send(fresh(phone), codes.citizen)
    sent = fields_of_page(asked.text) | {"@proof": solved(asked.text), "@desk": ""}
    taken = fresh(phone).post(f"/a/{codes.citizen}", data=sent)

    assert asked.status_code == 429
    assert taken.status_code == 303
    assert marks(app) == [0, 0, int(ArrivalMark.CHALLENGED)]
    assert len(rows(app, SpentChallenge)) == 1


def test_the_answers_are_all_on_the_page_that_asks_and_one_script_may_run_there(phone, codes):
    fill_up(phone, codes.citizen)
    form = open_form(phone, codes.citizen)

    asked = send(fresh(phone), codes.citizen, form=form)

    kept = fields_of_page(asked.text)
    assert kept.items() >= (ANSWERS | {"@sheet": form["@sheet"]}).items()
    policy = asked.headers["content-security-policy"]
    assert policy.count("script-src") == 1
    assert "unsafe" not in policy
    assert asked.text.count("<script") == 1


def test_whoever_cannot_solve_it_sends_without_and_is_marked(app, phone, codes):
    fill_up(phone, codes.citizen)
    asked = send(fresh(phone), codes.citizen)

    taken = phone.post(f"/a/{codes.citizen}", data=fields_of_page(asked.text) | {"@unproved": "1"})

    assert taken.status_code == 303
    assert marks(app)[-1] == int(ArrivalMark.UNPROVED)


def test_the_word_of_the_day_does_instead_of_a_script(app, phone, codes, clock, sqlite_settings):
    fill_up(phone, codes.citizen)
    fields = fields_of_page(send(fresh(phone), codes.citizen).text)
    word = desk_word(sqlite_settings.key("desk"), codes.citizen, clock().date())

    wrong = phone.post(f"/a/{codes.citizen}", data=fields | {"@desk": "22222"})
    right = phone.post(f"/a/{codes.citizen}", data=fields | {"@desk": word.upper()})

    assert wrong.status_code == 429
    assert "口令不对" in wrong.text
    assert right.status_code == 303
    assert marks(app)[-1] == int(ArrivalMark.CHALLENGED)


def test_a_proof_is_no_good_for_another_sheet_or_twice(app, phone, codes):
    fill_up(phone, codes.citizen)
    asked = send(fresh(phone), codes.citizen)
    proof = {"@proof": solved(asked.text)}
    sent = fields_of_page(asked.text) | proof

    first = phone.post(f"/a/{codes.citizen}", data=sent)
    replayed = fresh(phone).post(f"/a/{codes.citizen}", data=sent)
    other = send(fresh(phone), codes.citizen, ANSWERS | proof)

    assert [first.status_code, replayed.status_code, other.status_code] == [303, 429, 429]
    assert len(rows(app, AnswerSheet)) == UNDOUBTED_SHEETS + 1


def test_another_network_another_place_and_ten_minutes_later_nobody_is_asked(
    app, phone, codes, clock
):
    fill_up(phone, codes.citizen)
    base = app.state.settings.public_origin
    other = TestClient(app, base_url=base, follow_redirects=False, client=("198.51.100.1", 1))

    assert send(other, codes.citizen).status_code == 303
    clock.move(minutes=10)
    assert send(fresh(phone), codes.citizen).status_code == 303


def test_a_forged_forwarding_header_changes_nothing(phone, codes):
    fill_up(phone, codes.citizen)

    forged = {"x-forwarded-for": "198.51.100.9"}

    assert send(fresh(phone), codes.citizen, **forged).status_code == 429


def test_links_are_neither_judged_nor_given_a_cookie(app, phone, codes):
    replies = [send(phone, token) for token in codes.staff[:5]]

    assert all(reply.status_code == 303 for reply in replies)
    assert not phone.cookies


def test_the_cookie_tells_only_how_often_and_goes_back_to_its_code_alone(phone, codes):
    cookie = send(phone, codes.citizen).headers["set-cookie"]

    assert re.match(rf"sent_{codes.citizen}=1\.[\w-]+; HttpOnly; Max-Age=604800; ", cookie)
    assert f"Path=/a/{codes.citizen};" in cookie
    assert "SameSite=lax" in cookie


def test_guesses_find_nothing_all_alike_and_after_twenty_a_proof_is_asked(phone):
    replies = [phone.get(f"/a/{new_token()}") for _ in range(MISSES + 30)]

    assert [reply.status_code for reply in replies] == [404] * MISSES + [429] * 30
    assert len({reply.content for reply in replies[:MISSES]}) == 1
    later = {re.sub(r'data-challenge="[^"]*"', "", reply.text) for reply in replies[MISSES:]}
    assert len(later) == 1


def test_whoever_has_a_real_link_opens_it_where_others_have_guessed(phone, codes):
    for _ in range(MISSES + 5):
        phone.get(f"/a/{new_token()}")

    assert phone.get(f"/a/{codes.staff[0]}").status_code == 200
    assert phone.get(f"/a/{codes.citizen}").status_code == 200


def test_a_short_code_is_not_looked_up_after_ten_wrong_ones_without_a_proof(phone):
    replies = [phone.get(f"/a/{new_short_code()}") for _ in range(SHORT_MISSES)]
    code = new_short_code()
    asked = phone.get(f"/a/{code}")

    opened = phone.get(f"/a/{code}", params={"proof": solved(asked.text)})
    elsewhere = phone.get(f"/a/{new_short_code()}", params={"proof": solved(asked.text)})

    assert {reply.status_code for reply in replies} == {404}
    assert [asked.status_code, opened.status_code, elsewhere.status_code] == [429, 404, 429]


def test_a_slip_of_the_pen_is_no_guess(phone):
    code = new_short_code()
    slip = code[:-1] + ("a" if code[-1] != "a" else "b")

    replies = [phone.get(f"/a/{slip}").status_code for _ in range(SHORT_MISSES + 2)]

    assert replies == [404] * (SHORT_MISSES + 2)
    assert phone.get(f"/a/{code}").status_code == 404


def test_spent_challenges_and_guesses_leave_no_address_in_the_database(app, phone, codes):
    fill_up(phone, codes.citizen)
    send(fresh(phone), codes.citizen)
    phone.get(f"/a/{new_token()}")

    path = app.state.settings.sqlite_path
    found = b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))

    assert b"203.0.113" not in found
