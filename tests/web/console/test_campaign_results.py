"""A campaign's results in the console: the feed's figures in words, withheld ones with a reason."""

import re
from dataclasses import replace
from html import unescape

import pytest
from answering import StandingClock
from builders import NOON, a_unit
from conftest import settings_in
from console_visit import EVALUATION, Visit, add_people, citizens_of
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets
from starlette.testclient import TestClient

from survey.evaluate.plan import plan_content, save_plan
from survey.evaluate.score import score_evaluation
from survey.language import LOCALES, messages
from survey.results import campaign_report, evaluation_results
from survey.rules.audience import Audience
from survey.rules.scoring.judgement import JudgementLimits
from survey.storage.database import open_database
from survey.storage.queries.evaluations import evaluation_by_code
from web.app import create_app

RESULTS = "/console/campaigns/camp-{}/results"
CITIZENS = RESULTS.format("citizen")
SAME_FIRST = [bytes([5, *sheet[1:]]) for sheet in varied_sheets(30)]
WITHHELD = "这里不显示逐题的回答。"


def words_of(page):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def analysis_in(database, audience="citizen"):
    """The figures as the feed has them."""
    with database.reading() as session:
        results = evaluation_results(session, evaluation_by_code(session, EVALUATION))
    (scale,) = next(c for c in results.campaigns if c.audience == audience).scales
    return scale


@pytest.fixture
def database(client):
    return client.app.state.database


def test_the_page_has_the_figures_of_the_feed(officer, database):
    found = analysis_in(database)
    analysis = found.analysis

    words = words_of(officer.get(CITIZENS).text)

    low, high = analysis.ci95_percent
    assert f"平均分大致在 {low:.1f} 到 {high:.1f} 之间" in words
    assert f"得分 {analysis.mean_percent:.1f} 满分 100" in words
    assert f"{analysis.alpha:.2f} Cronbach alpha" in words
    for name in ("lambda2", "lambda6", "omega_total", "ordinal_alpha", "sem_points", "average_r"):
        label = messages().phrase(f"score.figure.{name}", "zh-Hans")
        assert f"{label} {getattr(analysis, name):.2f}" in words, name
    assert f"满意率 {found.top.share * 100:.1f}%" in words
    assert f"ICC(1) {found.agreement.icc1:.2f}".replace("-", "−") in words


def test_every_item_stands_with_its_counts_and_its_key_check(officer, database):
    analysis = analysis_in(database).analysis

    page = officer.get(CITIZENS).text
    words = words_of(page)

    assert page.count('<svg class="bar"') == len(analysis.by_item) == 3
    for item, figures in analysis.by_item.items():
        before, after = f"{analysis.alpha:.2f}", f"{figures.alpha_if_flipped:.2f}"
        assert f"{before} → {after}".replace("-", "−") in words, item
        assert re.search(rf"{item}( 反向)? {' '.join(map(str, figures.counts.values()))}", words)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_needs_no_script_and_no_style_attribute(officer, locale):
    page = officer.get(f"{CITIZENS}?lang={locale}").text
    content = page[page.index("<main") : page.index("</main>")]

    assert "<script" not in content
    assert not re.search(r"\son\w+=|\sstyle=", content)
    assert content.count('<svg class="gauge" role="img" aria-label=') == 1


def test_too_few_sheets_are_a_result_with_its_reason(officer):
    page = officer.get(RESULTS.format("partner")).text

    assert "以免认出是谁答的" in words_of(page[page.index('id="scale-ease"') :])
    assert '<svg class="gauge"' not in page


def test_a_campaign_is_reached_from_its_pages(officer):
    for page in (
        "/console/campaigns/camp-citizen",
        "/console/campaigns/camp-citizen/quality",
        f"/console/evaluations/{EVALUATION}/results?campaign=camp-citizen",
    ):
        assert f'href="{CITIZENS}"' in officer.get(page).text, page
    assert officer.get("/console/campaigns/nowhere/results").status_code == 404


def test_an_auditor_reads_it_and_a_stranger_does_not(auditor, client):
    assert auditor.get(CITIZENS).status_code == 200
    client.cookies.clear()
    assert auditor.get(CITIZENS).status_code in (303, 401)


def test_bands_begin_where_the_plan_says(officer, database):
    limits = JudgementLimits(reliability_excellent=0.999, reliability_good=0.998)
    with database.writing() as session:
        evaluation = evaluation_by_code(session, EVALUATION)
        plan = replace(plan_content(session, evaluation), judgement=limits)
        score_evaluation(session, evaluation, save_plan(session, evaluation, plan, NOON), NOON)

    page = officer.get(CITIZENS).text

    assert ">0.998</text>" in page
    with database.reading() as session:
        assert campaign_report(session, citizens_of(session), NOON).limits == limits


@pytest.fixture
def another(tmp_path):
    """Serve a service of its own; give it the citizens' sheets by unit, get an officer's visit."""
    settings = settings_in(tmp_path)
    served = []

    def visit(*sheets_by_unit, is_scored=True):
        database = open_database(settings)
        with database.writing() as session:
            add_people(session)
            units = [a_unit(session) for _ in sheets_by_unit]
            evaluation, campaigns = an_asked_evaluation(session, units, [Audience.CITIZEN])
            for unit, sheets in zip(units, sheets_by_unit, strict=True):
                answer(session, campaigns[Audience.CITIZEN], unit, sheets)
            if is_scored:
                score(session, evaluation)
        database.close()
        client = TestClient(create_app(settings, StandingClock()), base_url=settings.public_origin)
        served.append(client.__enter__())
        made = Visit(client)
        made.sign_in()
        return made

    yield visit
    for client in served:
        client.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ([varied_sheets(40)], "不单独显示一个单位的"),
        ([SAME_FIRST, SAME_FIRST], "有的题所有人选的都一样"),
    ],
)
def test_withheld_items_say_why_and_show_no_answer(another, sheets, reason):
    page = another(*sheets).get(CITIZENS).text

    assert WITHHELD in page
    assert reason in words_of(page)
    assert '<svg class="bar"' not in page
    assert "每一档有多少人选" not in page
    assert "满意率" not in page
    assert page.count('class="item-id"') == 3  # the items themselves are no secret


def test_shown_items_give_no_reason(another):
    page = another(varied_sheets(40), varied_sheets(40, 2)).get(CITIZENS).text

    assert WITHHELD not in page
    assert '<svg class="bar"' in page


def test_before_the_first_run_the_page_says_so(another):
    page = another(varied_sheets(40), is_scored=False).get(CITIZENS).text

    assert "还没有计过分" in page
    assert "scale-ease" not in page


@pytest.mark.parametrize(("moved", "is_said"), [(21, True), (40, False)])
def test_units_that_chance_alone_could_part_are_not_said_to_differ(another, moved, is_said):
    plain = varied_sheets(40)
    better = [bytes([min(5, a + 1), max(1, b - 1), min(5, c + 1)]) for a, b, c in plain]
    visit = another(plain, better[:moved] + plain[moved:])
    campaign = visit.get(CITIZENS).text
    results = visit.get(re.search(r"/console/evaluations/[\w-]+", campaign)[0] + "/results").text
    unit = visit.get(re.search(r'href="(/console/evaluations/[\w-]+/units/\w+)', results)[1]).text

    assert ("仅凭偶然也会出现。份数" in campaign) is is_said
    assert ("这个数值看上去不低，但" in unit) is is_said


def test_the_key_badge_says_what_the_remarks_say(officer, monkeypatch):
    badge = ">可疑<"
    assert badge not in officer.get(CITIZENS).text

    monkeypatch.setattr("survey.report.scale_page.looks_turned", lambda *_: True)

    assert officer.get(CITIZENS).text.count(badge) == 3
