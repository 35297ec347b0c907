"""The ways to every page a respondent can come to, through the doors that are stored for it.

Each of `WALKS` brings a browser's page to one state. A walk presses buttons by what they do, so
that it works in every language and size.
"""

from collections.abc import Callable

from answering import send
from httpx2 import Client
from playwright.sync_api import Page
from respondent_doors import Doors

from survey.rules.ways_in.arrival import UNDOUBTED_SHEETS

NETWORK = {"x-forwarded-for": "203.0.113.7"}
FIRST, NEXT, SEND, BACK = "input[type=radio]", "[value=next]", "form button", "[value=back]"


def fill(page: Page) -> None:
    """Answer every item of the page with its third answer."""
    for item in page.locator("fieldset").all():
        radios = item.locator(FIRST)
        if radios.count():
            radios.nth(2).check(force=True)


def press(page: Page, button: str) -> None:
    """Press a button and wait for where it leads."""
    with page.expect_navigation():
        page.locator(button).first.click()


def fill_and(page: Page, doors: Doors, name: str, button: str) -> None:
    page.goto(doors[name])
    fill(page)
    press(page, button)


def _second_page(page: Page, doors: Doors) -> None:
    fill_and(page, doors, "thirty", NEXT)
    page.locator("#Q7").wait_for()


def _problems(page: Page, doors: Doors) -> None:
    _second_page(page, doors)
    page.locator("#Q9").locator(FIRST).first.check(force=True)
    press(page, NEXT)


def _go_on(page: Page, doors: Doors) -> None:
    _second_page(page, doors)
    press(page, BACK)
    page.locator("#Q1").wait_for()


def _restored(page: Page, doors: Doors) -> None:
    page.goto(doors["short"])
    fill(page)
    page.goto("about:blank")
    page.goto(doors["short"])
    page.locator("#restored").wait_for()


def _waiting(page: Page, doors: Doors) -> None:
    page.goto(doors["short"])
    fill(page)
    page.context.set_offline(True)
    page.locator(SEND).last.click()
    page.locator("#waiting").wait_for()


def _ended(page: Page, doors: Doors) -> None:
    page.goto(doors["screened"])
    page.locator("#P0").locator(FIRST).last.check(force=True)
    press(page, NEXT)


def _wrong_code(page: Page, doors: Doors) -> None:
    page.goto(doors["enter"])
    page.locator("#code").fill("ABCDE-FGHJ1")
    press(page, SEND)


def _challenge(page: Page, doors: Doors) -> None:
    code = doors.paths["doubted"].rpartition("/")[2]
    for _ in range(UNDOUBTED_SHEETS):
        with Client(base_url=doors.url, headers=NETWORK) as client:  # a phone each
            assert send(client, code, {"C01": "4", "C05": "4"}).status_code == 303
    page.add_init_script("Object.defineProperty(window, 'crypto', {value: undefined})")
    page.set_extra_http_headers(NETWORK)
    fill_and(page, doors, "doubted", SEND)
    page.locator("#word").wait_for()


def _rate_unit(page: Page, doors: Doors) -> None:
    page.goto(doors["office"])
    page.locator(".unit a.again").first.click()
    page.locator("fieldset").first.wait_for()


def _rate_item(page: Page, doors: Doors) -> None:
    page.goto(doors["office"])
    page.locator("a[href*='/items']").click()
    page.locator("fieldset").first.wait_for()


def _compare(page: Page, doors: Doors) -> None:
    _rate_unit(page, doors)
    while page.locator("fieldset").count():
        fill(page)
        press(page, "form:has(fieldset) button")
    page.locator("a[href*='/compare']").click()
    page.locator("meter").first.wait_for()


def _at(name: str) -> Callable[[Page, Doors], None]:
    return lambda page, doors: page.goto(doors[name]) and None


PLAIN = ("short", "thirty", "link", "used", "void", "closed", "upcoming", "paused", "unknown")
WALKS: dict[str, Callable[[Page, Doors], None]] = {
    **{name: _at(name) for name in (*PLAIN, "return", "enter", "photographed", "kiosk", "screen")},
    "office list": _at("office"),
    "page 2": _second_page,
    "problems": _problems,
    "go on": _go_on,
    "restored": _restored,
    "waiting": _waiting,
    "ended": _ended,
    "wrong code": _wrong_code,
    "thanks": lambda page, doors: fill_and(page, doors, "short", SEND),
    "kiosk thanks": lambda page, doors: fill_and(page, doors, "kiosk", SEND),
    "office unit": _rate_unit,
    "office item": _rate_item,
    "office compare": _compare,
    "challenge": _challenge,
}
