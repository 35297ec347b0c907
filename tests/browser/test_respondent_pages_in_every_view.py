"""Every page a respondent can come to, in every view: accessible, readable, never too wide.

Each state is walked to twice, in Chinese at normal size and in English at the largest; there the
view changes around it: narrow, wide, zoomed to 200 %, dark, with colours forced by the system.
"""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from respondent_doors import SHIPPED, open_doors
from respondent_pages import WALKS

from scales import read_questionnaire

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})
WIDE, ZOOMED = {"width": 1280, "height": 800}, {"width": 640, "height": 400}
SAME_TITLE = {"restored", "waiting", "go on", "kiosk", "kiosk thanks", "used", "office list"}
BROWSER_TEXT = "document.documentElement.style.webkitTextSizeAdjust = '{} %'"


def violations(page):
    """What a checker of accessibility objects to; it is put into a page once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(f"axe.run({OPTIONS})")["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


def overflow(page, width):
    """How much wider a page is than the window, at a width."""
    page.set_viewport_size({"width": width, "height": 640})
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def faults(page, is_first_look):
    """Everything wrong with a page in the views that its walk did not already pay for."""
    found = {"phone": violations(page), "at 360": overflow(page, 360)}
    if is_first_look:
        found["with one heading"] = page.locator("h1").count() - 1
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(WIDE)
        found["dark and wide"] = violations(page)
        page.evaluate(BROWSER_TEXT.format(200))
        found["at twice the text"] = overflow(page, 360)
        page.evaluate(BROWSER_TEXT.format(100))
    else:
        page.emulate_media(forced_colors="active")
        page.set_viewport_size(ZOOMED)
        found["forced colours, zoomed"] = violations(page)
    found["at 320"] = overflow(page, 320)
    return {view: fault for view, fault in found.items() if fault}


@pytest.mark.parametrize(
    ("look", "language"), [("", "zh-CN"), ("?lang=en&size=larger", "en")], ids=["normal", "larger"]
)
def test_every_page_is_accessible_and_fits_in_every_view(fresh_phone, live, look, language):
    doors = open_doors(live.app, live.url, look)
    found, titles = {}, {}

    for name, walk in WALKS.items():
        with fresh_phone() as page:
            walk(page, doors)
            titles[name] = page.title()
            assert page.locator("html").get_attribute("lang") == language or name == "screen"
            found[name] = faults(page, is_first_look=not look)

    assert {name: fault for name, fault in found.items() if fault} == {}
    told_apart = [title for name, title in titles.items() if name not in SAME_TITLE]
    assert len(set(told_apart)) == len(told_apart), titles


@pytest.mark.parametrize("name", ["citizen-service", "unit-self"])
def test_the_preview_fits_and_is_accessible_and_cannot_be_sent(phone, live, name):
    questionnaire = read_questionnaire(SHIPPED[name])
    for locale, size in (("zh-Hans", ""), ("en", "larger")):
        html = live.app.state.pages.preview(questionnaire, "市民服务局", locale, size).decode()
        phone.set_content(html)

        assert violations(phone) == []
        assert overflow(phone, 320) == 0
        assert phone.locator("form button").count() == 0
        assert phone.locator("script").count() == 0
