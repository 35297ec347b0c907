"""What the console's pages say, in both languages, and what they never say."""

import json
import re

import pytest
from console_visit import EVALUATION, Visit, add_named_raters
from web_routes import console_pages

from survey.language import LOCALES, messages
from web.templating import screen_phrases

BASE = f"/console/evaluations/{EVALUATION}"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def shown(html):
    """The words of a page: text and what is read aloud, without names people gave."""
    body = re.sub(r"<(script|head|svg)\b.*?</\1>", "", html, flags=re.DOTALL)
    said_so = r'<(?!html)(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>'
    body = re.sub(said_so, "", body, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", body)


def test_every_page_is_complete_in_english(officer):
    add_named_raters(officer)
    given = {"中文", "市政务服务局", "市图书馆", "市档案馆", "政府部门", "2026年度评估"}
    given |= {"一楼大厅", "王敏", "问卷调查", "补充调查", "市财政局"}

    for path in console_pages(officer.client.app):
        reply = officer.get(path, params={"lang": "en"})
        if reply.headers.get("content-type", "").startswith("text/html"):
            words = shown(reply.text)
            for name in given:
                words = words.replace(name, "")

            assert not CHINESE.search(words), (path, CHINESE.search(words))


def test_the_language_chosen_once_stays(officer):
    assert '<html lang="zh-CN">' in officer.get("/console/").text
    officer.get("/console/", params={"lang": "en"})

    assert '<html lang="en">' in officer.get("/console/account").text
    assert "Bad" not in officer.get("/console/", params={"lang": "fr"}).text


def test_both_languages_have_the_same_texts():
    assert len({screen_phrases().keys(locale) for locale in LOCALES}) == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_for_hiding_a_figure_has_words(locale):
    reasons = {
        key.removeprefix("results.")
        for key in messages().keys(locale)
        if key.startswith("results.not_shown.")
    }

    assert reasons
    for reason in reasons:
        assert screen_phrases().has(f"console.{reason}", locale)
        assert screen_phrases().has(f"console.{reason}_why", locale)


def test_no_page_holds_a_script_or_a_style_of_its_own(officer):
    for path in console_pages(officer.client.app):
        if not path.endswith((".csv", "/preview")):  # a preview is a phone's page
            html = officer.get(path).text

            assert not re.search(r"<style|style=|\son\w+=", html), path
            assert not re.search(r"<script(?![^>]*(src=|application/json))", html), path
            assert not re.search(r'(src|href)="(https?:)?//(?!127\.0\.0\.1)', html), path


def test_pages_load_only_what_is_served_here(officer):
    for path in console_pages(officer.client.app):
        if not path.endswith((".csv", "/preview")):  # a preview is a phone's page
            for address in re.findall(r'(?:src|href)="(/static/[^"#]+)', officer.get(path).text):
                reply = officer.get(address)

                assert reply.status_code == 200, address
                assert "immutable" in reply.headers["cache-control"]


def test_the_overview_says_where_things_stand(officer):
    page = shown(officer.get(BASE).text)

    assert "被评单位" in page
    assert "第 1 次" in page
    assert "129" in page  # 3 × 40 and nine more


def test_a_campaign_shows_counts_codes_and_what_is_missing(officer):
    page = officer.get("/console/campaigns/camp-citizen").text
    ways = officer.get("/console/campaigns/camp-citizen/ways").text

    assert "至少再收 1 份有效答卷，下次计分才更新" in page
    assert "一两秒就交" in page
    assert len(re.findall(r'<img src="/q/\w{8}\.svg"', ways)) == 3
    assert re.search(r"http://127\.0\.0\.1:8000/a/\w{8}", ways)


def test_staff_counts_move_in_steps_of_five_and_hide_small_ones(officer):
    page = shown(officer.get("/console/campaigns/camp-staff/received").text)

    assert "至少 20" in " ".join(page.split())
    assert "不足5份" in page
    assert not re.search(r"\b(12|4|28)\b", page)


def test_results_hide_a_cell_of_too_few(officer):
    page = officer.get(f"{BASE}/results?campaign=camp-staff").text
    words = " ".join(shown(page).split())

    assert "市档案馆 不足5份" in words
    assert "权重已按比例放大" in words
    drawn = json.loads(re.search(r'application/json">(.*?)</script>', page, re.DOTALL)[1])
    (hidden,) = (row for row in drawn["rows"] if row["name"] == "市档案馆")
    assert {hidden[key] for key in ("mean", "low", "high", "n")} == {None}


def test_each_chart_has_its_figures_in_a_table(officer):
    page = officer.get(f"{BASE}/results?campaign=camp-citizen").text
    chart = page[page.index('<figure class="chart">') : page.index("</figure>")]
    means = re.findall(r'"mean": (\d+\.\d+)', chart)
    table = shown(page[page.index("</figure>") :])

    assert len(means) == 3
    for mean in means:
        assert f"{float(mean):.1f}" in table


def test_every_value_of_a_survey_opens_its_evidence(officer):
    page = officer.get(f"{BASE}/indicators").text
    links = re.findall(rf'href="({BASE}/evidence/[^"]+)"', page)

    assert len(links) >= 8
    for link in links:
        evidence = officer.get(link)

        assert evidence.status_code == 200
        assert "sha256:" in evidence.text


def test_evidence_leads_from_points_to_what_was_counted(officer):
    page = " ".join(shown(officer.get(f"{BASE}/evidence/U1/A11").text).split())

    for words in ("怎么算出来的", "× 50", "95% 区间", "有得分的份数 40", "alpha", "结果摘要"):
        assert words in page


@pytest.mark.parametrize("path", ["/nowhere", "/console/nowhere", "/a/nowhere/nowhere"])
def test_a_wrong_address_ends_in_a_page_of_the_frame(stranger, path):
    reply = stranger.get(path)

    assert reply.status_code == 404
    assert "找不到这个页面" in reply.text
    assert "民意" in reply.text


def test_a_wrong_method_ends_in_a_page_too(officer):
    reply = officer.post("/console/account")

    assert (reply.status_code, "不支持" in reply.text) == (405, True)


def test_a_failure_ends_in_a_page_without_its_inside(client, monkeypatch):
    from starlette.testclient import TestClient

    from web.console import evaluations

    def break_down(session):
        raise ZeroDivisionError("secret of the inside")

    monkeypatch.setattr(evaluations, "evaluation_list", break_down)
    visit = Visit(
        TestClient(client.app, base_url=str(client.base_url), raise_server_exceptions=False)
    )
    visit.sign_in()
    reply = visit.get("/console/")

    assert reply.status_code == 500
    assert "系统出错了" in reply.text
    assert "secret" not in reply.text


def test_names_are_shown_as_text_whatever_they_hold(officer):
    name = '<script>alert(1)</script>{{7*7}}"onmouseover="x'

    page = officer.get("/console/sign-in?next=" + name).text
    refused = Visit(officer.client).sign_in(name=name).text

    assert "<script>alert" not in page + refused
    assert "&lt;script&gt;alert(1)" in refused
    assert "{{7*7}}" in refused
    assert '"onmouseover' not in refused


def test_the_service_says_whether_it_lives_and_takes_answers(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["status"] in ("ok", "degraded")


def test_static_files_come_compressed_and_only_under_their_digest(client):
    address = client.app.state.static_files.url("console.css")
    plain = client.get(address, headers={"accept-encoding": "identity"})
    packed = client.get(address)

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert client.get("/static/000000000000/console.css").status_code == 404
    assert client.get("/static/000000000000/../app.py").status_code == 404
