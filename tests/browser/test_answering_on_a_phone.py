"""A citizen scans, answers and is thanked: with script, without it, by touch and by keyboard."""

import re

import pytest
from answering import UNIT, rows
from paged_answering import thirty_items
from playwright.sync_api import expect

from scales import shipped_questionnaires
from survey.storage.tables import AnswerSheet, OpenAnswer

CITIZEN_SERVICE = shipped_questionnaires()["citizen-service"].read_bytes()


@pytest.fixture(params=["phone", "phone_without_javascript"])
def any_phone(request):
    return request.getfixturevalue(request.param)


def choose(page, item_id, words):
    page.locator(f"#{item_id}").get_by_role("radio", name=words, exact=True).check()


def send(page):
    page.get_by_role("button", name="提交").click()


def sheets(live, before=()):
    return [sheet for sheet in rows(live.app, AnswerSheet) if sheet.id not in before]


@pytest.fixture
def before(live):
    return {sheet.id for sheet in rows(live.app, AnswerSheet)}


def test_a_citizen_answers_in_chinese_and_is_thanked(any_phone, live, before):
    page, code = any_phone, live.seed(CITIZEN_SERVICE).citizen
    page.goto(f"{live.url}/a/{code}")
    expect(page).to_have_title(f"服务满意度 · {UNIT}")

    for item_id in ("C01", "C03"):
        choose(page, item_id, "同意")
    choose(page, "C02", "不同意")
    choose(page, "C04", "不了解 / 不适用")
    choose(page, "C05", "不满意")
    for item_id in ("C06", "C07"):
        choose(page, item_id, "非常满意")
    page.locator("#C08").get_by_role("textbox").fill("排队太久𠮷")
    send(page)

    expect(page.get_by_role("heading", name="已收到，谢谢您！")).to_be_visible()
    assert [sheet.packed for sheet in sheets(live, before)] == [bytes([4, 2, 4, 255, 2, 5, 5])]
    assert "排队太久𠮷" in {row.text for row in rows(live.app, OpenAnswer)}


@pytest.fixture(params=["phone", "phone_without_javascript", "phone_without_styles"])
def any_old_phone(request):
    return request.getfixturevalue(request.param)


def test_thirty_items_on_five_pages_with_two_missed_and_a_way_back(any_old_phone, live, before):
    page, code = any_old_phone, live.seed(thirty_items()).citizen
    page.goto(f"{live.url}/a/{code}")
    expect(page).to_have_title(re.compile("第 1 页 共 5 页"))
    assert page.locator("input:checked").count() == 0
    tick(page, range(1, 7))
    turn(page, "下一页", 2)
    tick(page, (7, 9, 10, 12))
    page.get_by_role("button", name="下一页").click()

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("还有 2 处需要处理")
    assert summary.get_by_role("link").all_inner_texts() == ["8. 第8句话。", "11. 第11句话。"]
    expect(page).to_have_title(re.compile("还有 2 处需要处理.*第 2 页 共 5 页"))
    expect(summary).to_be_focused()
    for number in (8, 11):
        summary.get_by_role("link", name=f"{number}.").click()
        expect(page.locator(f"#Q{number}")).to_be_in_viewport()
    tick(page, (8, 11), "同意")
    turn(page, "下一页", 3)
    turn(page, "上一页", 2)
    assert page.locator("input:checked").count() == 6
    page.go_back()
    expect(page).to_have_title(re.compile("第 3 页 共 5 页"))
    for number in (3, 4):
        tick(page, range(6 * number - 5, 6 * number + 1))
        turn(page, "下一页", number + 1)
    tick(page, range(25, 31))
    send(page)

    expect(page.get_by_role("heading", name="已收到，谢谢您！")).to_be_visible()
    (sheet,) = sheets(live, before)
    assert (sheet.packed[7], sheet.packed[10], sheet.packed.count(3)) == (4, 4, 28)


def tick(page, numbers, words="一般"):
    for number in numbers:
        choose(page, f"Q{number}", words)


def turn(page, button, number):
    page.get_by_role("button", name=button).click()
    expect(page).to_have_title(re.compile(f"第 {number} 页 共 5 页"))


def test_after_missed_items_the_focus_is_on_the_summary(phone, live):
    phone.goto(f"{live.url}/a/{live.seed().citizen}")
    choose(phone, "Q2", "同意")

    send(phone)

    expect(phone.get_by_role("alert")).to_be_focused()


def test_without_script_going_back_and_sending_again_makes_no_blank_sheet(
    phone_without_javascript, live, before
):
    page, code = phone_without_javascript, live.seed().citizen
    page.goto(f"{live.url}/a/{code}")
    choose(page, "Q1", "同意")
    send(page)
    expect(page.get_by_role("heading", name="已收到，谢谢您！")).to_be_visible()

    page.go_back()
    expect(page.get_by_text("这部手机已经用这个二维码提交过评价")).to_be_visible()
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("还有 1 处需要处理")

    assert [sheet.packed for sheet in sheets(live, before)] == [bytes([4, 0, 0])]


@pytest.mark.parametrize("kind", ["phone", "phone_that_keeps_pages"])
def test_back_from_the_thanks_page_shows_no_form_again(request, kind, live, before):
    page, code = request.getfixturevalue(kind), live.seed().citizen
    page.goto(f"{live.url}/healthz")
    page.goto(f"{live.url}/a/{code}")
    choose(page, "Q1", "同意")
    send(page)
    expect(page.get_by_role("heading", name="已收到，谢谢您！")).to_be_visible()

    page.go_back(wait_until="commit")
    expect(page).to_have_url(f"{live.url}/healthz")
    expect(page.locator("body")).to_contain_text("ok")
    page.go_forward(wait_until="commit")

    expect(page.get_by_role("heading", name="已收到，谢谢您！")).to_be_visible()
    assert [sheet.packed for sheet in sheets(live, before)] == [bytes([4, 0, 0])]


def test_a_sheet_left_open_for_an_hour_is_taken(any_phone, live, before):
    page, code = any_phone, live.seed().citizen
    page.goto(f"{live.url}/a/{code}")
    choose(page, "Q1", "同意")
    live.clock.move(hours=1, minutes=1)

    send(page)

    expect(page.get_by_role("heading", name="已收到，谢谢您！")).to_be_visible()
    assert len(sheets(live, before)) == 1


def test_the_keyboard_alone_answers_in_order_with_a_visible_focus(desk, live, before):
    desk.goto(f"{live.url}/a/{live.seed().citizen}")
    desk.locator("#Q1").get_by_role("radio").first.focus()

    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowDown")
    outline = desk.locator("#Q1 input:checked + span").evaluate(
        "row => getComputedStyle(row).outlineStyle + getComputedStyle(row).outlineWidth"
    )
    desk.keyboard.press("Tab")
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.type("人手不够")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("heading", name="已收到，谢谢您！")).to_be_visible()
    assert outline == "solid3px"
    assert [sheet.packed for sheet in sheets(live, before)] == [bytes([2, 255, 0])]


def test_language_and_text_size_are_links_and_stay_after_sending(phone_without_javascript, live):
    page = phone_without_javascript
    page.goto(f"{live.url}/a/{live.seed().citizen}")

    page.get_by_role("link", name="大字", exact=True).click()
    page.get_by_role("link", name="English").click()
    page.locator("#Q1").get_by_role("radio", name="Agree", exact=True).check()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", name="Received. Thank you!")).to_be_visible()
    assert page.locator("html").get_attribute("class") == "large"
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_staff_link_shows_the_same_received_page_when_opened_again(any_phone, live):
    page, address = any_phone, f"{live.url}/a/{live.seed().staff[0]}"
    page.goto(address)
    choose(page, "Q1", "同意")
    send(page)
    expect(page.get_by_role("heading", name="我们已收到您的答案")).to_be_visible()
    thanked = page.locator("main").inner_text()

    page.goto(address)

    assert "我们已收到您的答案" in thanked
    assert page.locator("main").inner_text() == thanked


def test_a_busy_service_gives_the_answers_back_and_takes_them_later(
    phone_without_javascript, live, before
):
    page, code = phone_without_javascript, live.seed().citizen
    page.goto(f"{live.url}/a/{code}")
    choose(page, "Q1", "非常同意")
    writer = live.app.state.collector._writer
    length, writer._queue_length = writer._queue_length, 0
    send(page)
    expect(page.get_by_role("heading", name="现在提交的人较多")).to_be_visible()

    writer._queue_length = length
    page.get_by_role("button", name="再次提交").click()

    expect(page.get_by_role("heading", name="已收到，谢谢您！")).to_be_visible()
    assert [sheet.packed for sheet in sheets(live, before)] == [bytes([5, 0, 0])]
