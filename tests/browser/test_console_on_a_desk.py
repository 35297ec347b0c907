"""The console in Chromium: on a desk, on a tablet, by keyboard, without JavaScript."""

import re

import pytest
from answering import open_form
from axe_playwright_python.sync_playwright import Axe
from builders import a_unit
from console_visit import EVALUATION, NAME, PASSWORD, add_evaluation, add_people
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets
from httpx2 import Client
from playwright.sync_api import expect
from sqlmodel import select

from survey.distribute.launch import open_links
from survey.rules.audience import Audience
from survey.storage.tables import Campaign, Evaluation

BASE = f"/console/evaluations/{EVALUATION}"
PAGES = {
    "evaluations": "/console/",
    "overview": BASE,
    "campaigns": f"{BASE}/campaigns",
    "launch": f"{BASE}/campaigns/new",
    "citizens": "/console/campaigns/camp-citizen",
    "staff": "/console/campaigns/camp-staff",
    "partners": "/console/campaigns/camp-partner",
    "campaign results": "/console/campaigns/camp-citizen/results",
    "posters": "/console/campaigns/camp-citizen/posters",
    "paper": "/console/campaigns/camp-citizen/paper?unit=U1",
    "paper sheet": "/console/campaigns/camp-citizen/paper/sheet/U1",
    "results": f"{BASE}/results",
    "nothing new": f"{BASE}/results?notice=nothing_new",
    "indicators": f"{BASE}/indicators",
    "unit": f"{BASE}/units/U1",
    "unit with a hidden cell": f"{BASE}/units/U3?by=camp-staff.ease",
    "evidence": f"{BASE}/evidence/U1/A11",
    "by hand": f"{BASE}/manual-values",
    "account": "/console/account",
    "feed": "/api/docs",
    "not found": "/console/nowhere",
    "proposals": "/console/proposals",
    "offices": "/console/campaigns/camp-partner/offices",
}
WAYS = ("citizen/ways", "citizen/receipts", "citizen/screens", "staff/cards", "staff/invitations")
PAGES |= {way: f"/console/campaigns/camp-{way}" for way in WAYS}
XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</title><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}}${7*7}{% raw %}",
    "]]>--><iframe src=javascript:alert(1)>",
    "\u2028alert(1)//",
]


@pytest.fixture
def live(live):
    """The service with an evaluation to look at, the same one for all tests here."""
    with live.app.state.database.writing() as session:
        if not session.exec(select(Evaluation).where(Evaluation.code == EVALUATION)).all():
            add_people(session)
            add_evaluation(session)
    return live


@pytest.fixture
def said(desk):
    """Everything the browser complains about."""
    said = []
    desk.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    desk.on("pageerror", lambda error: said.append(str(error)))
    desk.on("dialog", lambda dialog: (said.append("a dialog"), dialog.dismiss()))
    return said


def sign_in(page, live):
    page.goto(f"{live.url}/console/sign-in")
    page.get_by_label("账号").fill(NAME)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/console/")


@pytest.fixture
def officer(desk, live, said):
    sign_in(desk, live)
    return desk


def violations(page):
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    )
    return [
        (v["id"], v["impact"], v["nodes"][0]["html"][:120]) for v in found.response["violations"]
    ]


def test_every_page_is_accessible_and_fits_desk_and_tablet(officer, live, said):
    for name, path in PAGES.items():
        officer.emulate_media(forced_colors="none")
        officer.goto(live.url + path)
        for width in (1280, 768, 640, 360):
            officer.set_viewport_size({"width": width, "height": 900})
            if name != "paper sheet" or width == 1280:
                wide = officer.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (name, width, wide)
        officer.set_viewport_size({"width": 1280, "height": 900})
        assert violations(officer) == [], name
        if path.startswith("/console/campaigns/"):
            officer.emulate_media(forced_colors="active")
            assert violations(officer) == [], (name, "forced colours")

    assert [line for line in said if "404" not in line] == []


def test_the_door_is_accessible_also_after_a_refusal(desk, live):
    desk.goto(f"{live.url}/console/sign-in")
    assert violations(desk) == []
    desk.get_by_label("账号").fill("nobody")
    desk.get_by_label("密码").fill("wrong")
    desk.get_by_role("button", name="登录").click()

    assert "账号或密码不正确" in desk.get_by_role("alert").inner_text()
    assert violations(desk) == []


def test_the_received_count_rises_without_a_reload(officer, live):
    officer.goto(f"{live.url}/console/campaigns/camp-citizen/ways")
    code = officer.locator("a.code-qr").first.get_attribute("href").split("/")[2][:8]
    officer.goto(f"{live.url}/console/campaigns/camp-citizen")
    count = officer.locator("#received-count")
    before = int(count.inner_text())

    with Client(base_url=live.url) as phone:
        fields = open_form(phone, code) | {"Q1": "4", "Q2": "2", "Q3": "4"}
        assert phone.post(f"/a/{code}", data=fields).status_code == 303

    expect(count).to_have_text(str(before + 1))


def test_the_chart_is_drawn_and_says_what_it_shows(officer, live):
    officer.goto(f"{live.url}{BASE}/results?campaign=camp-citizen")
    chart = officer.get_by_role("img", name=re.compile("95% 区间"))
    chart.scroll_into_view_if_needed()

    colours = officer.evaluate(
        """() => {
            const canvas = document.querySelector(".chart-canvas canvas");
            const context = canvas.getContext("2d");
            const {data} = context.getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
            return [...seen];
        }"""
    )

    assert "29,79,145" in colours  # the means
    assert "169,195,228" in colours  # the intervals


def test_an_officer_scores_without_javascript(browser, live):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, live)
    page.goto(f"{live.url}{BASE}/results")
    page.get_by_role("button", name="计分").click()

    assert "notice=" in page.url
    assert page.get_by_role("table").count() >= 3
    context.close()


def test_a_clerk_keys_a_paper_sheet_in_without_the_mouse(officer, live):
    officer.goto(f"{live.url}/console/campaigns/camp-citizen/paper?unit=U1")
    officer.wait_for_function("document.activeElement.hasAttribute('data-keys')")
    fields = officer.locator("input.key").count()

    officer.keyboard.type("9")
    assert officer.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    officer.keyboard.press("Backspace")
    officer.keyboard.type("4" * fields)  # each number moves on to the next item
    values = officer.eval_on_selector_all("input.key", "all => all.map(one => one.value)")
    officer.get_by_role("button", name="保存这一份").click()
    officer.wait_for_url("**saved=yes**")

    assert values == ["4"] * fields
    assert officer.get_by_text("已保存。市政务服务局 共录入 1 份。").is_visible()


def test_the_keyboard_reaches_the_content_first(officer, live):
    officer.goto(f"{live.url}{BASE}")
    officer.keyboard.press("Tab")
    assert officer.evaluate("document.activeElement.textContent") == "跳到正文"
    officer.keyboard.press("Enter")

    assert officer.evaluate("document.activeElement.id") == "content"


def test_no_text_of_an_evaluation_runs_as_a_script(officer, live, said):
    with live.app.state.database.writing() as session:
        units = [
            a_unit(session, code=f"X{n}", name=text, category=XSS[-n]) for n, text in enumerate(XSS)
        ]
        evaluation, campaigns = an_asked_evaluation_of(session, units)
        links = open_links(session, campaigns[Audience.CITIZEN], {u.code: [XSS[1]] for u in units})
        campaigns[Audience.CITIZEN].name = XSS[4]
        for unit in units:
            answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(31))
        score(session, evaluation)
        code, campaign = evaluation.code, campaigns[Audience.CITIZEN].code
        answer_code = links[0].code

    for path in (
        "/console/",
        f"/console/evaluations/{code}",
        f"/console/evaluations/{code}/results",
        f"/console/evaluations/{code}/indicators",
        f"/console/evaluations/{code}/manual-values",
        f"/console/evaluations/{code}/evidence/X0/A11",
        f"/console/campaigns/{campaign}",
        f"/console/campaigns/{campaign}/posters",
        f"/console/campaigns/{campaign}/paper?unit=X0",
        f"/console/campaigns/{campaign}/paper/sheet/X0",
        f"/a/{answer_code}",
    ):
        reply = officer.goto(live.url + path)
        officer.wait_for_timeout(100)

        assert reply.status == 200, path
    assert said == []


def an_asked_evaluation_of(session, units):
    """An evaluation beside the first, whose campaigns' codes are lent for the time of making."""
    first = session.exec(select(Campaign).where(Campaign.code == "camp-citizen")).one()
    first.code = "lent"
    session.flush()
    evaluation, campaigns = an_asked_evaluation(
        session, units, audiences=(Audience.CITIZEN,), code="xss2026", name=XSS[0]
    )
    campaigns[Audience.CITIZEN].code = "xss-citizen"
    session.flush()
    first.code = "camp-citizen"
    return evaluation, campaigns
