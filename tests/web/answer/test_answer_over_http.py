"""What a respondent's browser and the server say to each other."""

import json

from answering import ANSWERS, form_of, open_form, rows, send
from sqlmodel import select

from survey.storage.tables import AnswerSheet, Campaign, InboxSheet, Link, OfficeSheet, OpenAnswer


def test_a_citizen_answers_and_the_sheet_is_stored_as_ticked(client, codes):
    reply = send(client, codes.citizen)

    assert reply.status_code == 303
    assert reply.headers["location"] == f"/a/{codes.citizen}/thanks"
    (sheet,) = rows(client.app, AnswerSheet)
    assert sheet.packed == bytes([4, 2, 255])
    assert sheet.place == "一楼大厅"
    assert [(row.item_id, row.text) for row in rows(client.app, OpenAnswer)] == [("Q4", "窗口太少")]
    assert "已收到" in client.get(reply.headers["location"]).text


def test_an_open_sheet_keeps_ten_minutes_and_a_coarse_duration(client, codes, clock):
    form = open_form(client, codes.citizen)
    clock.move(minutes=17, seconds=8)

    send(client, codes.citizen, form=form)

    (sheet,) = rows(client.app, AnswerSheet)
    assert (sheet.bucket_at.minute, sheet.bucket_at.second) == (10, 0)
    assert sheet.seconds_bucket == 900


def test_missed_items_are_listed_with_links_and_every_answer_is_kept(client, codes):
    form = open_form(client, codes.citizen)

    reply = send(client, codes.citizen, {"Q2": "5", "Q4": "<b>太慢</b>"}, form)

    assert reply.status_code == 422
    assert '<a href="#Q1">1. 在市民服务局办事方便。</a>' in reply.text
    assert 'name="Q2" value="5" checked' in reply.text
    assert "&lt;b&gt;太慢&lt;/b&gt;</textarea>" in reply.text
    assert form_of(reply.text) == form
    assert "<title>还有 1 处需要处理" in reply.text
    assert rows(client.app, AnswerSheet) == []


def test_a_sheet_put_right_after_a_missed_item_is_stored_once(client, codes):
    again = form_of(send(client, codes.citizen, {"Q2": "5"}).text)

    assert send(client, codes.citizen, ANSWERS, again).status_code == 303
    assert len(rows(client.app, AnswerSheet)) == 1


def test_the_same_sheet_again_leads_to_the_same_thanks(client, codes):
    form = open_form(client, codes.citizen)

    first, second = (send(client, codes.citizen, form=form) for _ in range(2))

    assert (first.status_code, first.headers["location"]) == (303, second.headers["location"])
    assert second.status_code == 303
    assert first.content == second.content
    assert len(rows(client.app, AnswerSheet)) == 1


def test_other_answers_under_the_same_id_are_refused_and_the_first_stay(client, codes):
    form = open_form(client, codes.citizen)
    send(client, codes.citizen, form=form)

    reply = send(client, codes.citizen, ANSWERS | {"Q1": "1"}, form)

    assert reply.status_code == 409
    assert [sheet.packed for sheet in rows(client.app, AnswerSheet)] == [bytes([4, 2, 255])]


def test_staff_answers_go_to_the_inbox_and_the_link_is_used_up(client, codes):
    token = codes.staff[0]

    first = send(client, token)

    assert first.headers["location"] == f"/a/{token}/thanks"
    (waiting,) = rows(client.app, InboxSheet)
    assert (waiting.packed, json.loads(waiting.texts)) == (bytes([4, 2, 255]), {"Q4": "窗口太少"})
    assert rows(client.app, AnswerSheet) == rows(client.app, OpenAnswer) == []


def test_a_used_link_shows_one_page_whatever_is_tried(client, codes):
    token = codes.staff[0]
    form = open_form(client, token)
    send(client, token, form=form)

    replies = [
        client.get(f"/a/{token}"),
        client.get(f"/a/{token}/thanks"),
        send(client, token, form=form),
        send(client, token, ANSWERS | {"Q1": "1"}, form),
        send(client, token, ANSWERS, {"@sheet": "0" * 32, "@served": ""}),
        send(client, token, {}, form),
    ]

    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.content for reply in replies}) == 1
    assert "我们已收到您的答案" in replies[0].text
    assert len(rows(client.app, InboxSheet)) == 1


def test_unknown_codes_and_tokens_meet_one_page_with_404(client):
    replies = [
        client.get(f"/a/{code}")
        for code in ("zzzzzzzz", "x", "A" * 22, "汉" * 22, "a%00b", "abc%00defg")
    ]

    assert {reply.status_code for reply in replies} == {404}
    assert len({reply.content for reply in replies}) == 1
    assert client.post("/a/zzzzzzzz", data=ANSWERS).status_code == 404


def test_the_closing_instant_is_closed_and_the_one_before_is_not(client, codes, clock):
    form = open_form(client, codes.citizen)
    clock.move(days=7, microseconds=-1)
    assert send(client, codes.citizen, form=form).status_code == 303

    clock.move(microseconds=1)

    assert client.get(f"/a/{codes.citizen}").status_code == 410


def test_after_close_used_and_unused_links_cannot_be_told_apart(client, codes, clock):
    used, unused = codes.staff[:2]
    send(client, used)
    clock.move(days=7)

    pages = [client.get(f"/a/{code}{end}") for code in (used, unused) for end in ("", "/thanks")]

    assert {page.status_code for page in pages} == {410}
    assert len({page.content for page in pages}) == 1


def test_a_paused_campaign_holds_the_answers_until_it_goes_on(client, codes, clock):
    form = open_form(client, codes.citizen)
    pause(client, is_paused=True)
    clock.move(seconds=6)

    held = send(client, codes.citizen, form=form)
    pause(client, is_paused=False)
    clock.move(seconds=6)
    again = client.post(f"/a/{codes.citizen}", data=form_of(held.text))

    assert (held.status_code, "retry-after" in held.headers) == (503, True)
    assert again.status_code == 303
    assert rows(client.app, AnswerSheet)[0].packed == bytes([4, 2, 255])


def test_a_full_writer_gives_the_answers_back_with_a_button_to_send_again(client, codes):
    form = open_form(client, codes.citizen)
    writer = client.app.state.collector._writer
    writer._queue_length = 0

    full = send(client, codes.citizen, ANSWERS | {"Q4": '"><script>alert(1)</script>'}, form)
    writer._queue_length = 10
    again = client.post(f"/a/{codes.citizen}", data=form_of(full.text) | {"Q4": "窗口太少"})

    assert (full.status_code, full.headers["retry-after"]) == (503, "5")
    assert "<script>" not in full.text
    assert form_of(full.text)["@sheet"] == form["@sheet"]
    assert again.status_code == 303
    assert len(rows(client.app, AnswerSheet)) == 1


def pause(client, *, is_paused):
    with client.app.state.database.writing() as session:
        for campaign in session.exec(select(Campaign)):
            campaign.is_paused = is_paused


def test_opening_pages_changes_nothing_in_the_database(client, codes):
    before = [rows(client.app, table) for table in (AnswerSheet, InboxSheet, Link, OfficeSheet)]

    for code in (codes.citizen, codes.staff[0], codes.partner):
        for address in (f"/a/{code}", f"/a/{code}/thanks", f"/a/{code}?lang=en"):
            client.get(address)
            client.head(address)

    assert [
        rows(client.app, table) for table in (AnswerSheet, InboxSheet, Link, OfficeSheet)
    ] == before
