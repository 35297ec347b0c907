"""What the answer routes show and refuse; one database is enough to see it."""

import re
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest
from answering import ANSWERS, UNIT, add_campaigns, form_of, open_form, rows, send

from scales import shipped_questionnaires
from survey.storage.tables import AnswerSheet, LinkToken


@pytest.fixture
def settings(sqlite_settings):
    return sqlite_settings


def test_the_page_carries_no_store_no_tag_and_a_policy_for_its_own_style(client, codes):
    reply = client.get(f"/a/{codes.citizen}")

    assert reply.headers["cache-control"] == "no-store"
    assert "etag" not in reply.headers
    assert "set-cookie" not in reply.headers
    assert reply.headers["referrer-policy"] == "same-origin"
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy


def test_each_opening_has_its_own_sheet_id_and_the_same_page_with_and_without_gzip(client, codes):
    pages = [
        client.get(f"/a/{codes.citizen}", headers={"accept-encoding": coding})
        for coding in ("gzip, br", "identity", "gzip;q=0")
    ]

    assert [page.headers.get("content-encoding") for page in pages] == ["gzip", None, None]
    assert len({form_of(page.text)["@sheet"] for page in pages}) == 3
    assert len({re.sub(r'value="[0-9a-zA-Z_-]{24,32}"', "", page.text) for page in pages}) == 1


def test_nothing_is_ticked_when_the_page_opens(client, codes):
    assert " checked" not in client.get(f"/a/{codes.citizen}").text


def test_the_page_says_who_asks_that_it_is_voluntary_and_how_anonymous_it_is(client, codes):
    citizen, staff, partner = (
        client.get(f"/a/{code}").text
        for code in (codes.citizen, codes.staff[0], f"{codes.partner}/units")
    )

    for page in (citizen, staff, partner):
        assert "2026年度评估" in page
        assert "自愿参加" in page
        assert page.index("自愿参加") < page.index("<form")
    assert "不记名（公开二维码）" in citizen
    assert "混合后不可追溯" in staff
    assert "以部门名义填写" in partner
    assert "市财政局" in partner


def test_head_answers_like_get_without_a_body(client, codes):
    reply = client.head(f"/a/{codes.citizen}")

    assert reply.status_code == 200
    assert reply.text == ""


def test_english_and_large_text_are_a_choice_that_stays_through_sending(client, codes):
    query = "?lang=en&size=large"
    page = client.get(f"/a/{codes.citizen}{query}").text

    reply = send(client, codes.citizen, form=form_of(page), query=query)

    assert '<html lang="en" class="large">' in page
    assert f"It is easy to get things done at {UNIT}." in page
    assert reply.headers["location"].endswith(f"/thanks{query}")
    assert "Received" in client.get(reply.headers["location"]).text


@pytest.mark.parametrize("query", ["?lang=xx&size=huge", "?lang=%00&size=%ff", "?" + "a" * 3000])
def test_an_unknown_choice_means_chinese_in_normal_size(client, codes, query):
    assert '<html lang="zh-CN" class="">' in client.get(f"/a/{codes.citizen}{query}").text


def test_words_that_are_too_long_come_back_whole(client, codes):
    reply = send(client, codes.citizen, ANSWERS | {"Q4": "长" * 201})

    assert reply.status_code == 422
    assert "长" * 201 in reply.text
    assert 'href="#Q4"' in reply.text


def test_a_sheet_filled_in_for_an_hour_is_taken(client, codes, clock):
    form = open_form(client, codes.citizen)
    clock.move(hours=1, minutes=1)

    assert send(client, codes.citizen, form=form).status_code == 303


@pytest.mark.parametrize(
    "broken",
    [{"@sheet": "x"}, {"@sheet": "A" * 32}, {"@sheet": ""}, {"@sheet": "é" * 32}],
)
def test_a_sheet_id_that_is_not_ours_brings_the_page_again_with_a_fresh_one(client, codes, broken):
    reply = send(client, codes.citizen, form=open_form(client, codes.citizen) | broken)

    assert reply.status_code == 422
    assert 'name="Q1" value="4" checked' in reply.text
    assert send(client, codes.citizen, form=form_of(reply.text)).status_code == 303


@pytest.mark.parametrize("stamp", ["", "x", "é" * 24, "A" * 24, "A" * 5000])
def test_a_stamp_that_is_not_ours_loses_the_duration_only(client, codes, stamp):
    form = open_form(client, codes.citizen) | {"@served": stamp}

    assert send(client, codes.citizen, form=form).status_code == 303
    assert rows(client.app, AnswerSheet)[0].seconds_bucket is None


def test_a_stamp_of_another_sheet_tells_no_duration(client, codes):
    form, other = (open_form(client, codes.citizen) for _ in range(2))

    send(client, codes.citizen, form=form | {"@served": other["@served"]})

    assert rows(client.app, AnswerSheet)[0].seconds_bucket is None


def test_a_blank_sheet_is_not_stored_even_where_nothing_is_required(client, settings):
    content = shipped_questionnaires()["citizen-service"].read_bytes()
    with client.app.state.database.writing() as session:
        code = add_campaigns(session, settings.key("links"), content=content).citizen

    reply = send(client, code, {"C08": " "})

    assert reply.status_code == 422
    assert "您还没有作答" in reply.text
    assert rows(client.app, AnswerSheet) == []


def test_the_thanks_page_of_an_unused_link_leads_to_its_form(client, codes):
    reply = client.get(f"/a/{codes.staff[0]}/thanks")

    assert (reply.status_code, reply.headers["location"]) == (303, f"/a/{codes.staff[0]}")


def test_no_page_names_a_token_and_none_is_stored(client, codes):
    token = codes.staff[0]

    page = client.get(f"/a/{token}").text

    assert token not in page
    assert all(token.encode() not in row.token_hash for row in rows(client.app, LinkToken))


def test_a_code_typed_in_capitals_leads_to_the_same_page(client, codes):
    assert client.get(f"/a/{codes.citizen.upper()}").status_code == 200


def test_outside_its_window_a_link_answers_410_and_says_when_in_beijing_time(client, codes, clock):
    clock.move(days=-2)
    early = client.get(f"/a/{codes.citizen}")
    clock.move(days=9)
    late = [client.get(f"/a/{codes.citizen}"), send(client, codes.citizen, form={"@sheet": ""})]

    assert early.status_code == 410
    assert "2026年5月31日 12:00（北京时间）" in early.text
    assert [reply.status_code for reply in late] == [410, 410]
    assert "2026年6月8日 12:00（北京时间）" in late[0].text


def test_a_qr_code_leads_to_the_configured_origin_whatever_the_host_says(client, codes):
    svg = client.get(f"/q/{codes.citizen}.svg", headers={"host": "127.0.0.1:9999"})
    png = client.get(f"/q/{codes.citizen}.png")

    assert f"<title>http://127.0.0.1:8000/a/{codes.citizen}</title>" in svg.text
    assert png.content.startswith(b"\x89PNG")
    assert client.get("/q/zzzzzzzz.svg").status_code == 404
    assert client.get(f"/q/{codes.staff[0]}.svg").status_code == 404


def test_when_no_connection_is_free_pages_wait_with_503_and_a_form_keeps_its_answers(client, codes):
    form, token = open_form(client, codes.citizen), codes.staff[0]
    with ExitStack() as readers:
        for _ in range(16):
            session = readers.enter_context(client.app.state.database.reading())
            session.connection()
        opened = client.get(f"/a/{token}")
        sent = send(client, token, form=form)

    assert (opened.status_code, sent.status_code) == (503, 503)
    assert opened.headers["retry-after"] == sent.headers["retry-after"] == "5"
    assert form_of(sent.text) == form | ANSWERS
    assert client.post(f"/a/{token}", data=form_of(sent.text)).status_code == 303


def test_a_range_is_ignored_and_the_page_comes_whole(client, codes):
    ranges = "bytes=" + ",".join(f"{n}-" for n in range(1000))

    reply = client.get(f"/a/{codes.citizen}", headers={"range": ranges})

    assert (reply.status_code, "content-range" in reply.headers) == (200, False)


FIELDS = urlencode(ANSWERS)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (FIELDS + "&Q1=4", 400),
        (FIELDS + "&@sheet=a&@sheet=b", 400),
        (FIELDS + "&Q9=1", 400),
        (FIELDS.replace("Q1=4", "Q1=6"), 400),
        (FIELDS.replace("Q1=4", "Q1=0"), 400),
        (FIELDS.replace("Q1=4", "Q1=%EF%BC%94"), 400),
        (FIELDS + "&Q4=%ff%fe", 400),
        ("\xff", 400),
        ("&".join(f"x{n}=1" for n in range(10_000)), 400),
        ("[" * 200_000, 400),
        ("Q4=" + "a" * 256 * 1024, 413),
    ],
)
def test_a_body_our_page_cannot_have_sent_is_refused(client, codes, body, status):
    reply = client.post(
        f"/a/{codes.citizen}",
        content=body.encode("latin-1"),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert reply.status_code == status
    assert reply.elapsed.total_seconds() < 0.2
    assert rows(client.app, AnswerSheet) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://127.0.0.1:8000"}, 303),
        ({"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8000"}, 303),
        ({}, 303),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8000"}, 403),
        ({"content-type": "text/plain"}, 403),
        ({"content-type": "application/json"}, 403),
    ],
)
def test_only_our_own_page_or_a_browser_that_says_nothing_may_send(client, codes, headers, status):
    assert send(client, codes.citizen, **headers).status_code == status
    assert len(rows(client.app, AnswerSheet)) == (status == 303)
