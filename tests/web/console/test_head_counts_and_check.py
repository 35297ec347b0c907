"""Head counts on a campaign's page, and what the check of a draft says in words."""

import re

from console_visit import kept
from launch_steps import STEPS, a_draft, begin

from survey.storage.tables import AuditEntry, CampaignUnit

STAFF = "/console/campaigns/camp-staff"


def test_head_counts_are_kept_and_stand_in_the_trail(officer):
    fields = {"listed": ["U1", "U2"], "count-U1": "40", "count-U2": ""}

    assert officer.post(f"{STAFF}/head-counts", fields).status_code == 303

    assert 'name="count-U1" inputmode="numeric" pattern="[0-9]*" maxlength="6" value="40"' in (
        officer.get(STAFF).text
    )
    (entry,) = kept(officer, AuditEntry, action="campaign.head_counts")
    assert set(entry.details) == {"U1"}
    assert entry.details["U1"]["after"] == 40


def test_a_wrong_head_count_changes_nothing_and_keeps_what_was_typed(officer):
    before = [row.head_count for row in kept(officer, CampaignUnit)]
    fields = {"listed": ["U1", "U2"], "count-U1": "40", "count-U2": "zwölf"}

    refused = officer.post(f"{STAFF}/head-counts", fields)

    assert (refused.status_code, "“U2”" in refused.text) == (422, True)
    assert 'value="40"' in refused.text
    assert 'value="zwölf"' in refused.text
    assert [row.head_count for row in kept(officer, CampaignUnit)] == before


def test_a_campaign_among_citizens_has_no_head_counts_to_fill_in(officer):
    assert "head-counts" not in officer.get("/console/campaigns/camp-citizen").text


def test_the_check_asks_for_head_counts_before_cards_and_says_who_the_words_are_for(officer):
    staff = {"audience": "staff", "count-U1": "12", "count-U3": ""}
    address = a_draft(officer, units=staff, ways={"kind": "card"})

    text = officer.get(f"{address}/check").text

    assert "请先填上人数，或者不用卡片" in text
    assert "问卷和评价主体对不上：这份问卷是写给“服务对象”的，现在选的是“本单位职工”" in text
    assert "其中 1 个填了人数，共 12 人" in text
    assert "立即开放" in text
    english = officer.get(f"{address}/check", params={"lang": "en"}).text
    assert "written for “Citizens”, and “Staff” is chosen" in english


def test_steps_that_nobody_saved_are_not_said_to_be_filled_in(officer):
    address = begin(officer).headers["location"].removesuffix("/units")

    def states():
        return re.findall(r'class="step-state">([^<]+)<', officer.get(f"{address}/check").text)

    assert states()[:2] == ["已填好", "还没看过"]
    officer.post(f"{address}/units", STEPS["units"] | {"do": "save"})
    assert states()[:2] == ["已填好", "已填好"]
