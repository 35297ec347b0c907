"""A new evaluation in Chromium: the form, its problems, and the empty evaluation after it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from console_visit import NAME, PASSWORD, add_people
from playwright.sync_api import expect
from sqlmodel import select

from survey.storage.tables import Officer

WRONG = "编码,名称,类别\nN1,市民政局,\nN1,市教育局,政府部门\n"
RIGHT = "编码,名称,类别\nN1,市民政局,政府部门\nN2,市教育局,政府部门\n"


@pytest.fixture
def officer(desk, live):
    with live.app.state.database.writing() as session:
        if not session.exec(select(Officer)).all():
            add_people(session)
    desk.goto(f"{live.url}/console/sign-in")
    desk.get_by_label("账号").fill(NAME)
    desk.get_by_label("密码").fill(PASSWORD)
    desk.get_by_role("button", name="登录").click()
    desk.wait_for_url("**/console/")
    return desk


def choose(page, text):
    file = {"name": "units.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("单位名单文件").set_input_files(file)


def assert_well_made(page):
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []


def test_an_officer_makes_an_evaluation_and_is_led_to_the_launch(officer):
    officer.get_by_role("link", name="新建评估项目").click()
    assert_well_made(officer)

    officer.get_by_label("项目名称").fill("2026年度评估试点")
    choose(officer, WRONG)
    officer.get_by_role("button", name="建立评估项目").click()

    expect(officer.get_by_role("alert")).to_contain_text("第 3 行")
    expect(officer.get_by_label("项目名称")).to_have_value("2026年度评估试点")
    assert_well_made(officer)

    choose(officer, RIGHT)
    officer.get_by_role("button", name="建立评估项目").click()

    expect(officer.get_by_role("link", name="发起调查").first).to_be_visible()
    assert_well_made(officer)
