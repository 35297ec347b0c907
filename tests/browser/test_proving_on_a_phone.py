"""A doubtful sheet on a real phone: the script solves the sum; without it a person goes on."""

import re
from dataclasses import replace
from ipaddress import ip_network

import pytest
from answering import rows
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from survey.rules.ways_in.arrival import UNDOUBTED_SHEETS, ArrivalMark, desk_word
from survey.storage.tables import AnswerSheet

LOOPBACK = (ip_network("127.0.0.1/32"),)
networks = iter(range(1, 200))


@pytest.fixture(autouse=True)
def behind_a_proxy(live):
    live.app.state.settings = replace(live.app.state.settings, trusted_proxies=LOOPBACK)


def answer(page: Page, live, code: str, address: str, query: str = "") -> None:
    """Answer the required item and send, as a phone that remembers nothing."""
    page.context.clear_cookies()
    page.set_extra_http_headers({"x-forwarded-for": address})
    page.goto(f"{live.url}/a/{code}{query}")
    page.locator("input[type=radio]").first.check(force=True)
    page.get_by_role("button").last.click()


def fill_up(page: Page, live, code: str, address: str) -> None:
    for _ in range(UNDOUBTED_SHEETS):
        answer(page, live, code, address)
        expect(page).to_have_url(re.compile(f"/a/{code}/thanks"))


def marks(live) -> list[int]:
    return [sheet.arrival_marks for sheet in rows(live.app, AnswerSheet)]


def test_the_phone_proves_itself_and_ends_on_the_thanks_page(phone, live):
    code, address = live.seed().citizen, f"203.0.{next(networks)}.7"
    fill_up(phone, live, code, address)

    answer(phone, live, code, address)

    expect(phone).to_have_url(re.compile(f"/a/{code}/thanks"))
    assert marks(live).count(int(ArrivalMark.CHALLENGED)) == 1


@pytest.mark.parametrize("query", ["", "?lang=en&size=larger"])
def test_without_script_the_clerks_word_does_and_the_page_is_accessible(
    phone_without_javascript, live, query
):
    page = phone_without_javascript
    code, address = live.seed().citizen, f"203.0.{next(networks)}.7"
    fill_up(page, live, code, address)
    answer(page, live, code, address, query)

    page.get_by_role("textbox").fill("22222")
    page.get_by_role("button").first.click()
    expect(page.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    word = desk_word(live.app.state.settings.key("desk"), code, live.clock().date())
    page.get_by_role("textbox").fill(word)
    page.get_by_role("button").first.click()

    expect(page).to_have_url(re.compile(f"/a/{code}/thanks"))


def test_the_page_that_asks_has_no_accessibility_fault(phone, live):
    code, address = live.seed().citizen, f"203.0.{next(networks)}.7"
    fill_up(phone, live, code, address)
    phone.add_init_script("Object.defineProperty(window, 'crypto', {value: undefined})")

    answer(phone, live, code, address)

    expect(phone.locator("#word")).to_be_visible()  # the questionnaire has a textbox too
    assert Axe().run(phone).response["violations"] == []
    phone.get_by_role("button").last.click()
    expect(phone).to_have_url(re.compile(f"/a/{code}/thanks"))
    assert int(ArrivalMark.UNPROVED) in marks(live)
