"""Data quality in the console: what counts, restoring a sheet, choosing rules."""

import re

import pytest
from builders import NOON, an_answer_sheet
from console_visit import EVALUATION, citizens_of
from sqlmodel import select

from survey.evaluate.plan import current_plan, plan_content
from survey.evaluate.score import score_evaluation
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.tables import AuditEntry, RestoredSheet, ScoringPlan, Unit
from web.templating import screen_phrases

QUALITY = "/console/campaigns/camp-citizen/quality"
RULES = f"/console/evaluations/{EVALUATION}/rules"
POOR = b"\4\0\0"


@pytest.fixture
def database(client):
    return client.app.state.database


@pytest.fixture
def rejected(database):
    """Two incomplete sheets of the first unit, and ten fine ones, in a second run."""
    with database.writing() as session:
        campaign = citizens_of(session)
        unit = session.exec(select(Unit).where(Unit.code == "U1")).one()
        early = {"bucket_at": NOON.replace(hour=1), "seconds_bucket": 15}
        for packed in (POOR, POOR, b"\4\2\4", b"\5\1\4"):
            an_answer_sheet(session, campaign, unit, packed, **early)
        evaluation = evaluation_by_code(session, EVALUATION)
        score_evaluation(session, evaluation, current_plan(session, evaluation), NOON)


def entries(database, action):
    with database.reading() as session:
        found = session.exec(select(AuditEntry).where(AuditEntry.action == action)).all()
        return [(entry.actor, entry.subject, entry.details) for entry in found]


def mark_on(page):
    return re.search(r'name="sheet" value="(\w+)"', page)[1]


def test_the_page_adds_up_and_lists_what_was_rejected(officer, rejected):
    page = officer.get(QUALITY).text

    assert "收到 133 = 131 有效 + 2 答得太少" in page
    assert page.count('name="sheet"') == 2
    assert "答了 1 题，15–20秒" in page


@pytest.fixture
def not_over(database):
    """Two incomplete sheets are counted in ten minutes that go on: one sheet more came in them."""
    with database.writing() as session:
        campaign = citizens_of(session)
        unit = session.exec(select(Unit).where(Unit.code == "U1")).one()
        for packed in (POOR, POOR, b"\4\2\4", b"\5\1\4"):
            an_answer_sheet(session, campaign, unit, packed, bucket_at=NOON, seconds_bucket=15)
        evaluation = evaluation_by_code(session, EVALUATION)
        score_evaluation(session, evaluation, current_plan(session, evaluation), NOON)
        an_answer_sheet(session, campaign, unit, b"\4\2\4", bucket_at=NOON, seconds_bucket=15)


def test_rejected_sheets_that_are_counted_and_not_listed_yet_are_said_to_exist(officer, not_over):
    page = officer.get(QUALITY).text

    assert "131 有效 + 2 答得太少" in page
    assert 'name="sheet"' not in page
    assert "另有 2 份不计入的还没有列出" in page
    assert "没有不计入的答卷" not in page


def test_where_none_was_rejected_the_page_says_when(officer):
    page = officer.get(QUALITY).text

    assert "最近一次计分时，没有不计入的答卷" in page
    assert "还没有列出" not in page


@pytest.mark.parametrize("audience", ["citizen", "staff", "partner"])
def test_every_campaign_has_the_page(officer, audience):
    reply = officer.get(f"/console/campaigns/camp-{audience}/quality")

    assert reply.status_code == 200
    assert f'href="/console/campaigns/camp-{audience}/quality"' in (
        officer.get(f"/console/campaigns/camp-{audience}").text
    )


def test_restoring_needs_a_reason_and_stands_in_the_audit_trail(officer, rejected, database):
    mark = mark_on(officer.get(QUALITY).text)

    refused = officer.post(f"{QUALITY}/restore", {"sheet": mark, "reason": "好"})
    reply = officer.post(f"{QUALITY}/restore", {"sheet": mark, "reason": "窗口代为操作"})

    assert refused.status_code == 422
    assert "请写明恢复的原因" in refused.text
    assert reply.status_code == 303
    assert "窗口代为操作" in officer.get(reply.headers["location"]).text
    details = {"sheet": mark, "unit": "U1", "rule": "incomplete", "reason": "窗口代为操作"}
    assert entries(database, "sheet.restored") == [("王敏", "camp-citizen", details)]


def test_an_auditor_sees_rejected_sheets_and_restores_none(auditor, rejected, database):
    page = auditor.get(QUALITY).text

    assert "答得太少" in page
    assert 'name="sheet"' not in page
    assert auditor.post(f"{QUALITY}/restore", {"sheet": "x"}).status_code == 403
    with database.reading() as session:
        assert session.exec(select(RestoredSheet)).all() == []


def test_a_sheet_nobody_rejected_is_not_found(officer, rejected):
    assert officer.post(f"{QUALITY}/restore", {"sheet": "x", "reason": "没有"}).status_code == 404


def fields(page):
    """Every field of the form as a browser would send it."""
    shown = re.findall(r'<input class="form-control count-field"[^>]*name="(\w+)"[^>]*value="([^"]*)"', page)  # fmt: skip  # noqa: E501
    ticked = re.findall(r'name="rule" value="(\w+)" checked', page)
    may_grade = re.findall(r'name="(grades_open_alone)" value="(1)" checked', page)
    return dict(shown) | dict(may_grade) | {"rule": ticked, "do": "choose"}


def test_saving_what_stands_makes_no_new_version(officer, database):
    reply = officer.post(RULES, fields(officer.get(RULES).text))

    assert reply.headers["location"].endswith("notice=unchanged")
    with database.reading() as session:
        assert len(session.exec(select(ScoringPlan)).all()) == 1


def test_other_rules_make_a_version_and_an_entry(officer, database):
    chosen = fields(officer.get(RULES).text) | {"rule": ["too_fast"], "seconds_per_item": "１.5"}

    reply = officer.post(RULES, chosen)

    assert reply.headers["location"].endswith("notice=saved")
    assert "第 2 版" in officer.get(reply.headers["location"]).text
    with database.reading() as session:
        plan = plan_content(session, evaluation_by_code(session, EVALUATION))
    assert (plan.validity, plan.quality.seconds_per_item) == (("too_fast",), 1.5)
    assert plan.quality.answered_share == 2 / 3
    ((actor, subject, details),) = entries(database, "plan.rules_chosen")
    assert (actor, subject, details["version"]) == ("王敏", EVALUATION, 2)
    assert details["before"]["seconds_per_item"] == 2.0
    assert details["after"] == {
        "validity": ["too_fast"],
        "grades_open_alone": True,
        "seconds_per_item": 1.5,
    }


def test_open_codes_alone_can_be_kept_from_a_grade(officer, database):
    chosen = fields(officer.get(RULES).text)
    del chosen["grades_open_alone"]

    officer.post(RULES, chosen)

    with database.reading() as session:
        plan = plan_content(session, evaluation_by_code(session, EVALUATION))
    assert not plan.grades_open_alone
    assert "grades_open_alone" not in fields(officer.get(RULES).text)


@pytest.mark.parametrize(
    ("field", "written"),
    [("seconds_per_item", "快"), ("straight_line_items", "2.5"), ("answered_share", "7"),
     ("burst_p", ""), ("even_odd", "nan")],
)  # fmt: skip
def test_a_limit_that_does_not_fit_is_named_and_nothing_is_saved(officer, database, field, written):
    chosen = fields(officer.get(RULES).text) | {field: written}

    reply = officer.post(RULES, chosen)

    assert reply.status_code == 422
    assert screen_phrases().phrase(f"console.rules.limit.{field}", "zh-Hans") in reply.text
    assert f'value="{written}"' in reply.text
    with database.reading() as session:
        assert len(session.exec(select(ScoringPlan)).all()) == 1


def test_a_rule_that_compares_sheets_is_refused(officer):
    chosen = fields(officer.get(RULES).text) | {"rule": ["outlying"]}

    assert officer.post(RULES, chosen).status_code == 422
