"""The editor of questionnaires in Chromium: one-click keys, checks while typing, the preview."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from console_visit import NAME, PASSWORD, add_people
from playwright.sync_api import expect
from sqlmodel import select

from survey.storage.tables import Officer

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}


@pytest.fixture
def editor(desk, live):
    """A draft begun from the citizens' questionnaire, open at its board."""
    with live.app.state.database.writing() as session:
        if not session.exec(select(Officer)).all():
            add_people(session)
    desk.goto(f"{live.url}/console/sign-in")
    desk.get_by_label("账号").fill(NAME)
    desk.get_by_label("密码").fill(PASSWORD)
    desk.get_by_role("button", name="登录").click()
    desk.wait_for_url("**/console/")
    desk.goto(f"{live.url}/console/questionnaires")
    assert_well_made(desk)
    desk.locator('form:has(input[value="shipped:citizen-service"]) button').click()
    desk.wait_for_url("**/drafts/*")
    return desk


def assert_well_made(page):
    for size in (DESK, PHONE, DESK):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []


def test_an_editor_turns_a_key_types_an_item_and_sees_it_on_a_phone(editor):
    assert_well_made(editor)
    board = editor.url
    editor.evaluate("window.stays = true")

    editor.locator("#key-C01-1").press("Enter")

    expect(editor.locator("#key-C01-1")).to_contain_text("反向")
    expect(editor.locator("#key-C01-1")).to_be_focused()
    assert editor.evaluate("window.stays")

    editor.goto(f"{board}/items/C01")
    assert_well_made(editor)
    expect(editor.locator("#item-check")).to_contain_text("没有问题")
    editor.get_by_label("英文").fill("")
    expect(editor.locator("#item-check")).to_contain_text("英文文字没有填")
    editor.get_by_label("英文").fill("Typed just now.")
    expect(editor.locator("#item-check")).to_contain_text("没有问题")
    editor.get_by_role("button", name="保存", exact=True).click()

    editor.wait_for_url("**#item-C01")
    editor.goto(f"{board}/phone?size=large")
    framed = editor.frame_locator('iframe[src*="lang=en"]')
    expect(framed.get_by_text("Typed just now.")).to_be_visible()
    assert framed.locator("html").get_attribute("class") == "large"


@pytest.mark.parametrize("page", ["head", "scales/ease", "formats/AG5", "words", "publish"])
def test_every_form_of_the_editor_is_well_made(editor, page):
    editor.goto(f"{editor.url}/{page}")

    assert_well_made(editor)
