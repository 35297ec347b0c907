"""Cards from the console: printed once, more with a second person, what is left signed by two."""

import re
from io import BytesIO

import pytest
from builders import a_campaign, a_questionnaire_version, a_unit, an_evaluation
from console_visit import PASSWORD, Visit
from pypdf import PdfReader
from sqlmodel import select
from starlette.testclient import TestClient

from survey.collect.wind_up import wind_up
from survey.people import Role, add_officer
from survey.rules.audience import Audience
from survey.rules.ways_in.short_code import read_short_code
from survey.storage.tables import AuditEntry, Campaign, CampaignUnit, CodeBatch, Link, Proposal

SECOND = "陈复"


@pytest.fixture
def database(client):
    return client.app.state.database


@pytest.fixture
def campaign(database, clock):
    """A staff campaign of one unit with ten people and one whose head count is unknown."""
    with database.writing() as session:
        units = [
            a_unit(session, code="S1", name="市审计局"),
            a_unit(session, code="S2", name="市统计局"),
        ]
        made = a_campaign(
            session,
            units,
            Audience.STAFF,
            evaluation_id=an_evaluation(session, units).id,
            questionnaire_version_id=a_questionnaire_version(session).id,
        )
        session.get_one(CampaignUnit, (made.id, units[0].id)).head_count = 10
        return made.code


@pytest.fixture
def second(client, database, clock):
    """Another evaluator, in a browser of his own."""
    with database.writing() as session:
        add_officer(
            session, name=SECOND, password=PASSWORD, role=Role.EVALUATOR, now=clock(), actor="test"
        )
    other = TestClient(client.app, base_url=str(client.base_url), follow_redirects=False)
    visit = Visit(other)
    assert visit.sign_in(name=SECOND).status_code == 303
    return visit


def rows(database, table):
    with database.reading() as session:
        return session.exec(select(table)).all()


def codes_in(pdf):
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    found = re.findall(r"[A-Z0-9]{5}-[A-Z0-9]{5}", text)
    return [read_short_code(code) for code in found]


def printed(officer, campaign):
    return officer.handed_out(f"/console/campaigns/{campaign}/cards/print", {"unit": "S1"})


def a_proposal(officer, campaign, database, **counts):
    fields = {f"more_cards-{unit}": count for unit, count in counts.items()}
    fields["more_cards-reason"] = "打印机卡纸，损坏了两张"
    made = officer.post(f"/console/campaigns/{campaign}/cards/more", fields)
    assert made.status_code == 303, made.text
    return rows(database, Proposal)[-1].code


def test_a_unit_gets_twelve_cards_for_ten_people_and_each_opens_the_questionnaire(
    officer, campaign, client, database
):
    file = printed(officer, campaign)

    codes = codes_in(file.content)
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["cache-control"] == "no-store"
    assert len(set(codes)) == 12
    assert None not in codes
    page = client.get(f"/a/{codes[0]}")
    assert page.status_code == 200
    assert "凭卡匿名" in page.text
    stored = [link for link in rows(database, Link) if link.kind == "card"]
    assert len(stored) == 12
    assert [batch.count for batch in rows(database, CodeBatch)] == [12]


def test_the_codes_stand_nowhere_but_in_the_file(officer, campaign, console_settings):
    codes = codes_in(printed(officer, campaign).content)

    for path in console_settings.sqlite_path.parent.glob("minyi.sqlite3*"):
        held = path.read_bytes()
        assert not any(code.encode() in held for code in codes)


def test_cards_are_printed_once_and_nothing_is_printed_without_a_head_count(
    officer, campaign, database
):
    printed(officer, campaign)

    again = printed(officer, campaign)
    unknown = officer.post(f"/console/campaigns/{campaign}/cards/print", {"unit": "S2"})

    assert again.status_code == unknown.status_code == 422
    assert "打印过" in again.text
    assert "人数" in unknown.text
    assert len([link for link in rows(database, Link) if link.kind == "card"]) == 12


def test_more_cards_need_another_person_and_are_printed_once(officer, second, campaign, database):
    printed(officer, campaign)
    code = a_proposal(officer, campaign, database, S1=3)
    print_more = f"/console/campaigns/{campaign}/cards/print-more"

    too_early = officer.post(print_more, {"proposal": code})
    own = officer.post(f"/console/proposals/{code}", {"decision": "approve"})
    approved = second.post(f"/console/proposals/{code}", {"decision": "approve"})
    twice = second.post(f"/console/proposals/{code}", {"decision": "refuse"})
    file = officer.handed_out(print_more, {"proposal": code})
    again = officer.post(print_more, {"proposal": code})

    assert [too_early.status_code, own.status_code, twice.status_code] == [422, 422, 422]
    assert approved.status_code == 303
    assert len(codes_in(file.content)) == 3
    assert again.status_code == 422
    assert sum(batch.count for batch in rows(database, CodeBatch)) == 15
    actions = [entry.action for entry in rows(database, AuditEntry)]
    wanted = ["cards.printed", "proposal.made", "proposal.approved", "proposal.done"]
    assert [action for action in actions if action in wanted] == [*wanted, "cards.printed"]


def test_what_was_refused_is_not_printed_and_a_proposal_needs_a_reason(
    officer, second, campaign, database
):
    printed(officer, campaign)
    code = a_proposal(officer, campaign, database, S1=3)
    second.post(f"/console/proposals/{code}", {"decision": "refuse"})

    file = officer.post(f"/console/campaigns/{campaign}/cards/print-more", {"proposal": code})
    without = officer.post(f"/console/campaigns/{campaign}/cards/more", {"more_cards-S1": "4"})

    assert file.status_code == without.status_code == 422
    assert "请写明原因" in without.text
    assert 'value="4"' in without.text


def test_an_auditor_reads_everything_and_prints_nothing(auditor, campaign, database):
    page = auditor.get(f"/console/campaigns/{campaign}/cards")

    assert page.status_code == 200
    assert auditor.get("/console/proposals").status_code == 200
    assert printed(auditor, campaign).status_code == 403
    assert rows(database, CodeBatch) == []


def test_after_the_close_two_persons_sign_what_is_left_and_the_cards_are_void(
    officer, second, campaign, client, database, clock
):
    codes = codes_in(printed(officer, campaign).content)
    left = f"/console/campaigns/{campaign}/cards/left"
    count = {"void_cards-S1": "11", "void_cards-reason": "两人在场清点，当场销毁"}
    too_early = officer.post(left, count)
    clock.move(days=8)
    with database.writing() as session:
        found = session.exec(select(Campaign).where(Campaign.code == campaign)).one()
        wind_up(session, found, clock())
    officer.sign_in(), second.sign_in(name=SECOND)

    too_many = officer.post(left, count | {"void_cards-S1": "13"})
    assert officer.post(left, count).status_code == 303
    twice = officer.post(left, count)
    [proposal] = rows(database, Proposal)
    assert second.post(f"/console/proposals/{proposal.code}", {"decision": "approve"}).is_redirect
    page = officer.get(f"/console/campaigns/{campaign}/cards")

    assert [too_early.status_code, too_many.status_code, twice.status_code] == [422, 422, 422]
    assert "由王敏清点，陈复确认" in page.text
    assert "一张不差" in page.text
    assert client.get(f"/a/{codes[0]}").status_code == 410
    assert {link.state for link in rows(database, Link) if link.kind == "card"} == {"void"}


def test_used_cards_are_told_in_steps_and_never_that_all_are_used(
    officer, campaign, client, database
):
    from answering import ANSWERS, open_form

    codes = codes_in(printed(officer, campaign).content)
    for code in codes[:10]:
        assert client.post(f"/a/{code}", data=open_form(client, code) | ANSWERS).is_redirect

    page = officer.get(f"/console/campaigns/{campaign}/cards")

    assert "至少 5" in page.text
    assert "至少 10" not in page.text
