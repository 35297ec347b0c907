"""A long questionnaire over HTTP: page by page, with a draft that only its respondent opens."""

from datetime import timedelta

import pytest
from answering import add_campaigns, rows, send
from builders import NOON
from paged_answering import Walk, thirty_items
from sqlmodel import col, update

from survey.rules.ways_in.link import LinkKind
from survey.storage.tables import AnswerSheet, InboxSheet, Link, SheetDraft


@pytest.fixture
def settings(sqlite_settings):
    return sqlite_settings


@pytest.fixture
def long_codes(client, settings):
    return seeded(client, settings, thirty_items())


def seeded(client, settings, content):
    with client.app.state.database.writing() as session:
        return add_campaigns(session, settings.key("links"), content=content)


def both_ways(codes):
    return {"open": f"/a/{codes.citizen}", "personal": f"/a/{codes.staff[0]}"}


@pytest.fixture(params=["open", "personal"])
def walk(request, client, long_codes):
    return Walk(client, both_ways(long_codes)[request.param])


def stored(client):
    return rows(client.app, AnswerSheet) + rows(client.app, InboxSheet)


def test_thirty_items_on_five_pages_become_one_sheet(client, walk):
    progress = []
    for value in ("1", "2", "4", "5", "dk"):
        progress.append(f"第 {len(progress) + 1} 页 共 5 页" in walk.page)
        walk.tick_all(value)

    (sheet,) = stored(client)
    assert progress == [True] * 5
    assert sheet.packed == b"".join(bytes([n]) * 6 for n in (1, 2, 4, 5, 255))
    assert "已收到" in walk.page


def test_the_notice_stands_on_the_first_page_only(walk):
    assert "填写之前" in walk.page
    assert "没填完的" in walk.page
    assert "填写之前" not in walk.tick_all().page


def test_back_keeps_the_answers_of_the_page_it_leaves_even_if_some_are_missing(walk):
    walk.tick_all("4").press("back", {"Q7": "2"})

    assert walk.ticked == dict.fromkeys(walk.items, "4")
    assert walk.tick_all("4").ticked == {"Q7": "2"}


def test_next_names_the_missed_items_of_the_page_and_keeps_the_rest(walk):
    walk.press("next", {"Q1": "4", "Q3": "5"})

    assert walk.reply.status_code == 422
    assert "还有 4 处需要处理" in walk.page
    assert walk.ticked == {"Q1": "4", "Q3": "5"}
    assert walk.press("next", dict.fromkeys(walk.items, "3")).items[0] == "Q7"


def test_sending_too_early_lists_every_missed_item_with_a_link_to_its_page(client, walk):
    walk.tick_all()
    walk.press("send", {name: "3" for name in walk.items if name != "Q8"})

    assert walk.reply.status_code == 422
    assert 'href="#Q8"' in walk.page
    assert "page=5#Q27" in walk.page
    assert stored(client) == []


def test_the_address_opened_again_brings_the_pages_back_and_offers_to_go_on(client, walk):
    walk.tick_all("4").tick_all("5")
    again = walk.address.replace("&page=3", "").replace("?page=3", "")

    walk.go_to(again)

    assert walk.ticked == dict.fromkeys(walk.items, "4")
    assert "接着填第 3 页" in walk.page
    joiner = "&" if "?" in again else "?"
    assert walk.go_to(f"{again}{joiner}page=2").ticked == dict.fromkeys(walk.items, "5")
    assert walk.go_to(f"{again}{joiner}page=6").items[0] == "Q13"


def test_a_draft_is_gone_after_sending_and_back_leads_to_the_thanks_page(client, walk):
    for _ in range(4):
        walk.tick_all()
    last = walk.address
    walk.tick_all()

    walk.go_to(last)

    assert walk.reply.status_code in (200, 303)
    if walk.reply.status_code == 303:
        walk.go_to(walk.reply.headers["location"])
    assert "收到" in walk.page
    assert len(stored(client)) == 1


def test_the_last_page_sent_again_is_the_same_sheet_and_with_other_answers_refused(
    client, long_codes
):
    walk = Walk(client, f"/a/{long_codes.citizen}")
    for _ in range(4):
        walk.tick_all()
    last_page, address = walk.reply, walk.address
    walk.tick_all("3")

    walk.reply, walk.address = last_page, address
    assert "已收到" in walk.tick_all("3").page
    walk.reply, walk.address = last_page, address
    assert walk.tick_all("1").reply.status_code == 409
    assert [sheet.packed for sheet in stored(client)] == [bytes([3] * 30)]


def test_after_a_day_the_earlier_pages_are_asked_for_again_and_nothing_is_sent(
    client, long_codes, clock
):
    walk = Walk(client, f"/a/{long_codes.citizen}")
    for _ in range(4):
        walk.tick_all()
    clock.move(hours=24, minutes=1)

    walk.tick_all("2")

    assert walk.reply.status_code == 422
    assert "前面几页要再填一次" in walk.page
    assert stored(client) == []
    for _ in range(4):
        walk.tick_all("3")
    assert set(walk.ticked.values()) == {"2"}
    assert "已收到" in walk.tick_all("2").page


def test_without_script_the_draft_is_in_the_address_from_the_first_page_on(client, long_codes):
    walk = Walk(client, f"/a/{long_codes.citizen}")
    assert 'content="0;url=?draft=new"' in walk.page

    walk.go_to(client.get(f"/a/{long_codes.citizen}?draft=new").headers["location"])
    first = walk.address
    assert "draft=new" not in walk.page
    walk.tick_all("4")

    assert walk.go_to(first).ticked == dict.fromkeys(walk.items, "4")


def test_a_draft_address_passed_on_before_anything_was_filled_makes_two_sheets(client, long_codes):
    address = f"/a/{long_codes.citizen}?draft=AAAAAAAAAAAAAAAAAAAAAA"
    mine, yours = Walk(client, address), Walk(client, address)
    for value, walk in (("4", mine), ("2", yours)):
        for _ in range(5):
            walk.tick_all(value)

    assert sorted({sheet.packed[0] for sheet in stored(client)}) == [2, 4]


def test_an_option_that_ends_sends_at_once_thanks_in_its_own_words_and_asks_no_more(
    client, settings
):
    codes = seeded(client, settings, thirty_items(screening=True))
    for address in both_ways(codes).values():
        walk = Walk(client, address).press("next", {"P0": "2"})

        assert "到这里就可以了" in walk.page
        assert "ended=1" in walk.address
    assert {sheet.packed for sheet in stored(client)} == {bytes([2] + [0] * 30)}


def test_shuffled_items_keep_their_order_and_the_seed_is_stored(client, settings):
    codes = seeded(client, settings, thirty_items(shuffle=True))
    walk = Walk(client, f"/a/{codes.citizen}?order=17")
    shown = []
    for _ in range(5):
        shown += walk.items
        walk.press("next", {name: str(1 + int(name[1:]) % 5) for name in walk.items})

    (sheet,) = stored(client)
    assert sheet.order_seed == 17
    assert sorted(shown) == sorted(f"Q{n}" for n in range(1, 31)) != shown
    assert sheet.packed == bytes(1 + n % 5 for n in range(1, 31))


def test_a_kiosk_shows_one_page_keeps_no_draft_and_goes_on_to_the_next_person(client, settings):
    codes = seeded(client, settings, thirty_items())
    with client.app.state.database.writing() as session:
        session.exec(update(Link).where(col(Link.kind) == LinkKind.OPEN).values(is_kiosk=True))
    client.app.state.collector._kept.clear()
    walk = Walk(client, f"/a/{codes.citizen}")

    assert len(walk.items) == 30
    assert "data-kiosk" in walk.page
    reply = send(client, codes.citizen, dict.fromkeys(walk.items, "3"))
    thanks = client.get(reply.headers["location"]).text

    assert "set-cookie" not in reply.headers
    assert f'data-next="/a/{codes.citizen}"' in thanks
    assert rows(client.app, SheetDraft) == []


def test_a_script_is_told_where_to_go_on(client, long_codes):
    walk = Walk(client, f"/a/{long_codes.staff[0]}")
    client.headers["x-from-script"] = "1"

    reply = walk.tick_all().reply

    assert reply.status_code == 204
    assert reply.headers["x-go"].endswith("?page=2")
    assert "location" not in reply.headers


@pytest.mark.parametrize(
    "broken", [{"@page": "6"}, {"@page": "x"}, {"@page": "1", "@go": "up"}, {"Q1": "9"}]
)
def test_a_page_that_we_did_not_send_is_refused(client, long_codes, broken):
    walk = Walk(client, f"/a/{long_codes.citizen}")

    assert walk.press("next", broken).reply.status_code == 400


def test_no_page_of_a_personal_link_names_its_token(client, long_codes):
    token = long_codes.staff[0]
    walk = Walk(client, f"/a/{token}")
    for _ in range(4):
        assert token not in walk.tick_all().page


def test_what_lies_in_the_draft_table_leads_to_no_link(client, long_codes):
    Walk(client, f"/a/{long_codes.staff[0]}").tick_all()

    (draft,) = rows(client.app, SheetDraft)

    assert long_codes.staff[0].encode() not in draft.draft_key + draft.sealed
    assert draft.expires_at - NOON <= timedelta(hours=24, minutes=10)
