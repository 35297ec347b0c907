"""What the answer page weighs and measures, and whether a checker of accessibility objects."""

import gzip
import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from scales import shipped_questionnaires

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_BYTES = 14_000  # with the script
MOST_SCRIPT_BYTES = 6_000
LOOKS = ["", "?size=large", "?size=larger", "?lang=en", "?lang=en&size=larger"]

ENDS_ONLY = """
id = "ends"
version = 1
title = { zh-Hans = "推荐意愿", en = "Recommendation" }

[formats.TEN]
lowest = 0
points = 11
labels.zh-Hans = ["完全不可能", "非常可能"]
labels.en = ["Not at all likely", "Extremely likely"]
dont_know = true

[formats.FIVE]
points = 5
labels.zh-Hans = ["很不方便", "很方便"]
labels.en = ["Very awkward", "Very easy"]

[[scales]]
id = "ten"
title = { zh-Hans = "推荐", en = "Recommend" }

[[scales]]
id = "five"
title = { zh-Hans = "方便", en = "Easy" }

[[items]]
id = "N1"
scale = "ten"
format = "TEN"
text.zh-Hans = "您向别人推荐{unit}的可能有多大？"
text.en = "How likely are you to recommend {unit}?"

[[items]]
id = "F1"
scale = "five"
format = "FIVE"
text = { zh-Hans = "办事方便吗?", en = "How easy was it?" }
""".encode()
SHOWN = ("citizen-service", "partner-cooperation", "unit-self")  # every kind of item
CONTENTS = {name: shipped_questionnaires()[name].read_bytes() for name in SHOWN} | {
    "ends": ENDS_ONLY
}


@pytest.fixture(params=sorted(CONTENTS))
def code(request, live):
    return live.seed(CONTENTS[request.param]).citizen


def scroll_of(page):
    return page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        (rule["id"], [node["html"] for node in rule["nodes"]])
        for rule in found.response["violations"]
    ]


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_scrolls_sideways_in_any_language_and_size(phone, live, code, width):
    phone.set_viewport_size({"width": width, "height": 640})

    for look in LOOKS:
        phone.goto(f"{live.url}/a/{code}{look}")

        assert scroll_of(phone) == [width, width], look


@pytest.mark.parametrize("look", ["", "?size=large", "?lang=en"])
def test_the_checker_of_accessibility_finds_nothing(phone, live, code, look):
    phone.goto(f"{live.url}/a/{code}{look}")

    assert violations(phone) == []


@pytest.mark.parametrize(
    ("look", "text_pixels", "row_pixels"),
    [("", 18, 48), ("?size=large", 24, 60), ("?size=larger", 30, 60)],
)
def test_text_and_rows_are_large_enough(phone, live, code, look, text_pixels, row_pixels):
    phone.goto(f"{live.url}/a/{code}{look}")

    texts = phone.evaluate(TEXT_SIZES)
    targets = phone.evaluate(HEIGHTS, "label, button, summary, nav a")
    rows = phone.evaluate(HEIGHTS, "fieldset label")

    assert min(size for size, _ in texts) >= text_pixels
    assert min(round(ratio, 3) for _, ratio in texts) >= 1.5
    assert min(targets) >= 48
    assert min(rows) >= row_pixels


def test_rows_of_an_item_keep_eight_pixels_apart(phone, live, code):
    phone.goto(f"{live.url}/a/{code}")

    for item in phone.locator("fieldset").all():
        boxes = [row.bounding_box() for row in item.locator("label").all()]
        for above, below in pairwise(boxes):
            is_beside = abs(above["y"] - below["y"]) < 1
            gap = (
                below["x"] - above["x"] - above["width"]
                if is_beside
                else below["y"] - above["y"] - above["height"]
            )
            assert gap >= 7.9


def test_one_small_response_and_nothing_from_elsewhere(phone, live, code):
    asked, complaints = [], []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("console", lambda message: complaints.append(message.text))
    phone.on("pageerror", lambda error: complaints.append(str(error)))

    reply = phone.goto(f"{live.url}/a/{code}")

    html = reply.body()
    assert len(gzip.compress(html)) <= MOST_BYTES
    assert int(reply.all_headers()["content-length"]) <= MOST_BYTES
    assert [url for url in asked if not url.startswith("data:")] == [f"{live.url}/a/{code}"]
    assert not re.search(
        rb"<script\s|\son\w+=\"|https?://", html.replace(b"http://www.w3.org/", b"")
    )
    assert len(gzip.compress(html[html.index(b"<script>") :])) <= MOST_SCRIPT_BYTES
    assert complaints == []
    assert phone.context.cookies() == []


def test_each_radio_is_named_by_its_option_in_a_group_named_by_its_item(phone, live):
    phone.goto(f"{live.url}/a/{live.seed(ENDS_ONLY).citizen}")

    group = phone.get_by_role("group", name=re.compile("推荐市民服务局的可能"))

    assert group.get_by_role("radio").count() == 12
    assert group.get_by_role("radio", name="0 完全不可能", exact=True).count() == 1
    assert group.get_by_role("radio", name="10 非常可能", exact=True).count() == 1
    assert group.get_by_role("radio", name="不了解 / 不适用", exact=True).count() == 1


HEIGHTS = """
chosen => [...document.querySelectorAll(chosen)].filter(e => e.checkVisibility())
  .map(e => e.getBoundingClientRect().height)
"""
TEXT_SIZES = """
() => [...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
    && e.checkVisibility() && !e.closest('svg') && e.getAttribute('aria-hidden') !== 'true')
  .map(e => getComputedStyle(e))
  .map(s => [parseFloat(s.fontSize),
             s.lineHeight === 'normal' ? 1.2 : parseFloat(s.lineHeight) / parseFloat(s.fontSize)])
"""
