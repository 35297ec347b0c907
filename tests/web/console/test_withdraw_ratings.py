"""An officer withdraws an office's ratings at its request: the page says all, the trail counts."""

import pytest
from answering import StandingClock
from builders import NOON, an_office_sheet
from console_visit import kept
from sqlmodel import select

from survey.storage.tables import AuditEntry, Campaign, OfficeSheet, RatingPair

OFFICE = "/console/campaigns/camp-partner/offices/CZ"
PAIRS = "CZ,市财政局,U1\nCZ,市财政局,U2\nFG,市发展改革委,U1"
ASKED = {"withdraw_reason": "填错了单位", "withdraw_asked": "yes"}


@pytest.fixture
def rated(officer):
    """An office has rated two units, another one of them, with words."""
    officer.post("/console/campaigns/camp-partner/partner-links", {"offices": PAIRS})
    with officer.client.app.state.database.writing() as session:
        for pair in session.exec(select(RatingPair)).all():
            an_office_sheet(session, pair, texts='{"Q4": "办得太慢"}')
    return officer


def entries(officer):
    return [e for e in kept(officer, AuditEntry) if e.action == "rating.withdrawn"]


def test_one_pair_goes_with_one_entry_that_holds_no_content(rated):
    reply = rated.post(f"{OFFICE}/withdraw", ASKED | {"withdraw_unit": "U1"})

    assert (reply.status_code, reply.headers["location"]) == (303, OFFICE)
    assert len(kept(rated, OfficeSheet)) == 2
    [entry] = entries(rated)
    assert (entry.actor, entry.subject) == ("王敏", "camp-partner")
    counts = {f"{name}_count": 0 for name in ("file", "draft", "word", "restored")}
    said = {"office": "CZ", "unit_codes": ["U1"], "reason": "填错了单位", "sheet_count": 1}
    assert entry.details == said | counts
    assert "应要求撤回并删除" in rated.get(OFFICE).text


def test_all_pairs_go_at_once_and_no_field_left_out_means_all(rated):
    assert rated.post(f"{OFFICE}/withdraw", ASKED).status_code == 404
    assert len(kept(rated, OfficeSheet)) == 3

    assert rated.post(f"{OFFICE}/withdraw", ASKED | {"withdraw_unit": "*"}).status_code == 303

    assert len(kept(rated, OfficeSheet)) == 1
    assert entries(rated)[0].details["unit_codes"] == ["U1", "U2"]


def test_what_was_typed_comes_back_with_the_reason_it_was_refused(rated):
    fields = {"withdraw_unit": "U2", "withdraw_reason": "填错了单位"}

    reply = rated.post(f"{OFFICE}/withdraw", fields)

    assert reply.status_code == 422
    assert "请先确认这是对方提出的要求" in reply.text
    assert '<option value="U2" selected>' in reply.text
    assert ">填错了单位</textarea>" in reply.text
    assert (len(kept(rated, OfficeSheet)), entries(rated)) == (3, [])


def test_the_form_says_what_holds_before_the_close_after_it_and_when_locked(
    rated, clock: StandingClock
):
    before = rated.get(OFFICE).text
    with rated.client.app.state.database.writing() as session:
        campaign = session.exec(select(Campaign).where(Campaign.code == "camp-partner")).one()
        campaign.closes_at = NOON
        session.flush()
    after = rated.get(OFFICE).text
    with rated.client.app.state.database.writing() as session:
        campaign = session.exec(select(Campaign).where(Campaign.code == "camp-partner")).one()
        campaign.locked_at = NOON
    locked = rated.get(OFFICE).text
    refused = rated.post(f"{OFFICE}/withdraw", ASKED | {"withdraw_unit": "U1"})

    assert "得分没有公布过" in before
    assert "能推算出撤回的这份评价" not in before
    assert "能推算出撤回的这份评价" in after
    assert "结果已经锁定" in locked
    assert "/withdraw" not in locked
    assert (refused.status_code, len(kept(rated, OfficeSheet))) == (422, 3)


def test_an_auditor_sees_no_form_and_may_not(rated, auditor):
    assert "/withdraw" not in auditor.get(OFFICE).text
    assert auditor.post(f"{OFFICE}/withdraw", ASKED | {"withdraw_unit": "*"}).status_code == 403
