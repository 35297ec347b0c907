"""What the script of the answer page adds: drafts on the phone, sending again, no secret shown."""

import pytest
from answering import rows
from builders import QUESTIONNAIRE
from paged_answering import thirty_items
from playwright.sync_api import expect

from survey.storage.tables import AnswerSheet, InboxSheet

THANKS = "已收到，谢谢您！"


def choose(page, item_id, words):
    page.locator(f"#{item_id}").get_by_role("radio", name=words, exact=True).check()


def stored(live, table, campaign_of=None):
    return {sheet.id: sheet.packed for sheet in rows(live.app, table)}


def test_a_lost_network_is_said_and_the_same_sheet_is_sent_when_it_is_back(phone, live):
    before = stored(live, AnswerSheet)
    phone.goto(f"{live.url}/a/{live.seed().citizen}")
    choose(phone, "Q1", "同意")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("还没有发出，正在重试")).to_be_visible()

    phone.context.set_offline(False)

    expect(phone.get_by_role("heading", name=THANKS)).to_be_visible()
    after = stored(live, AnswerSheet)
    assert [after[key] for key in after.keys() - before.keys()] == [bytes([4, 0, 0])]


def test_a_reply_that_is_lost_after_storing_leads_to_one_sheet_and_thanks(phone, live):
    before, lost = stored(live, AnswerSheet), []

    def lose_first_reply(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    phone.route("**/a/*", lose_first_reply)
    phone.goto(f"{live.url}/a/{live.seed().citizen}")
    choose(phone, "Q1", "同意")
    phone.get_by_role("button", name="提交").click()

    expect(phone.get_by_role("heading", name=THANKS)).to_be_visible()
    assert lost == [204]
    assert len(stored(live, AnswerSheet).keys() - before.keys()) == 1


def test_what_was_ticked_is_back_when_the_page_is_opened_anew_and_can_be_cleared(phone, live):
    address = f"{live.url}/a/{live.seed().citizen}"
    phone.goto(address)
    choose(phone, "Q2", "不同意")
    sheet = phone.locator("[name='@sheet']").input_value()
    phone.goto("about:blank")

    phone.goto(address)

    expect(phone.get_by_text("已恢复您在这台手机上没有提交的答案")).to_be_visible()
    expect(phone.locator("#Q2 input[value='2']")).to_be_checked()
    assert phone.locator("[name='@sheet']").input_value() == sheet
    phone.get_by_role("button", name="清空重填").click()
    expect(phone.locator("[name='@sheet']")).not_to_have_value(sheet)
    assert phone.locator("input:checked").count() == 0


def test_nothing_is_left_on_the_phone_after_sending_and_versions_never_share(phone, live):
    code = live.seed().citizen
    newer = live.seed(QUESTIONNAIRE.replace(b"version = 1", b"version = 2")).citizen
    phone.goto(f"{live.url}/a/{code}")
    choose(phone, "Q1", "同意")
    phone.goto(f"{live.url}/a/{newer}")
    assert phone.locator("input:checked").count() == 0
    phone.goto(f"{live.url}/a/{code}")
    assert phone.locator("input:checked").count() == 1

    phone.get_by_role("button", name="提交").click()

    expect(phone.get_by_role("heading", name=THANKS)).to_be_visible()
    assert (
        phone.evaluate("Object.keys(localStorage).filter(k => localStorage[k].includes('Q1'))")
        == []
    )


@pytest.mark.parametrize("kind", ["staff", "citizen"])
def test_secrets_leave_the_address_and_reload_and_back_still_find_the_pages(phone, live, kind):
    codes = live.seed(thirty_items())
    code = codes.staff[0] if kind == "staff" else codes.citizen
    phone.goto(f"{live.url}/a/{code}")
    for number in range(1, 7):
        choose(phone, f"Q{number}", "一般")
    phone.get_by_role("button", name="下一页").click()
    expect(phone.locator("#Q7")).to_be_visible()
    shown = phone.url
    choose(phone, "Q7", "同意")

    phone.reload()
    expect(phone.locator("#Q7 input[value='4']")).to_be_checked()
    phone.go_back()
    expect(phone.locator("#Q1 input[value='3']")).to_be_checked()

    assert shown == f"{live.url}/a/" + ("return" if kind == "staff" else code)
    assert "draft=" not in phone.url


def test_a_comment_opens_after_a_low_answer(phone, live):
    content = QUESTIONNAIRE.replace(
        b"max_length = 200", b'max_length = 200\nfirst_after_low = ["Q1", "Q2"]'
    )
    phone.goto(f"{live.url}/a/{live.seed(content).citizen}")
    comment = phone.locator("#Q4")
    expect(comment).to_be_hidden()

    choose(phone, "Q1", "同意")
    choose(phone, "Q2", "不同意")  # a reverse item: good
    expect(comment).to_be_hidden()
    choose(phone, "Q2", "同意")

    expect(comment).to_be_visible()


def test_two_tabs_of_one_link_make_one_sheet(phone, live):
    before, address = stored(live, InboxSheet), f"{live.url}/a/{live.seed().staff[0]}"
    other = phone.context.new_page()
    for tab in (phone, other):
        tab.goto(address)
        choose(tab, "Q1", "同意")
    for tab in (phone, other):
        tab.get_by_role("button", name="提交").click()
        expect(tab.get_by_role("heading", name="我们已收到您的答案")).to_be_visible()

    assert len(stored(live, InboxSheet).keys() - before.keys()) == 1
