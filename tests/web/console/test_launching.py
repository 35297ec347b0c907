"""Launching a campaign from the console in steps: kept after each, checked, opened for good."""

import re

import pytest
from builders import QUESTIONNAIRE
from console_visit import EVALUATION, kept
from launch_steps import STEPS, a_draft, begin, launch

from survey.storage.tables import (
    AuditEntry,
    Campaign,
    CampaignUnit,
    Link,
    QuestionnaireVersion,
)

CAMPAIGNS = f"/console/evaluations/{EVALUATION}/campaigns"


def upload(visit, content, **fields):
    files = {"file": ("q.toml", content, "application/toml")}
    return begin(visit, files=files, questionnaire="uploaded", **fields)


def test_a_launched_campaign_has_a_code_for_each_unit_and_place(officer):
    reply = launch(officer)

    assert reply.status_code == 303
    campaign = officer.get(reply.headers["location"]).text
    ways = officer.get(f"{reply.headers['location']}/ways").text
    assert "大厅满意度" in campaign
    assert "2026-06-01 12:00 – 2026-06-20 18:00" in campaign  # opened at noon, a little late
    assert ways.count(">一楼大厅<") == ways.count(">二楼大厅<") == 2
    for code in set(re.findall(r'href="/a/(\w{8})"', ways)):
        assert officer.get(f"/a/{code}").status_code == 200
        assert officer.get(f"/q/{code}.svg").headers["content-type"].startswith("image/svg")


def test_tablets_get_codes_that_forget(officer):
    places = {"places": "", "kiosk_places": "自助区"}

    code = launch(officer, ways=places).headers["location"].rpartition("/")[2]

    (campaign,) = kept(officer, Campaign, code=code)
    links = kept(officer, Link, campaign_id=campaign.id)
    assert [(link.place, link.is_kiosk) for link in links] == [("自助区", True)] * 2


def test_the_deed_stands_in_the_trail_once(officer):
    code = launch(officer).headers["location"].rpartition("/")[2]

    (entry,) = kept(officer, AuditEntry, action="campaign.launched")
    assert (entry.actor, entry.subject) == ("王敏", code)
    assert len(kept(officer, AuditEntry, action="campaign.prepared", subject=code)) == 3


def test_a_draft_is_left_and_gone_on_with(officer):
    address = a_draft(officer, ways=None, window=None)

    listed = officer.get(CAMPAIGNS).text
    assert f'href="{address}"' in listed
    assert officer.get(address).headers["location"] == f"{address}/check"
    units = officer.get(f"{address}/units").text
    assert len(re.findall(r'name="unit" value="\w+" checked', units)) == 2


def test_a_draft_is_no_campaign_yet(officer):
    address = a_draft(officer)
    code = address.rpartition("/")[2]

    assert officer.get(f"/console/campaigns/{code}").status_code == 404
    (draft,) = kept(officer, Campaign, code=code)
    assert kept(officer, Link, campaign_id=draft.id) == []


def test_a_deleted_draft_leaves_nothing_but_a_line_in_the_trail(officer):
    address = a_draft(officer)
    code = address.rpartition("/")[2]
    (draft,) = kept(officer, Campaign, code=code)

    officer.post(f"{address}/delete")

    assert kept(officer, Campaign, code=code) == []
    assert kept(officer, CampaignUnit, campaign_id=draft.id) == []
    assert officer.get(f"{address}/check").status_code == 404
    assert len(kept(officer, AuditEntry, action="campaign.draft_deleted", subject=code)) == 1


def test_an_open_campaign_is_a_draft_no_more(officer):
    address = a_draft(officer)
    officer.post(f"{address}/open", {"sure": "yes"})

    for step in ("questionnaire", "units", "ways", "window", "check"):
        assert officer.get(f"{address}/{step}").status_code == 404
    assert officer.post(f"{address}/units", STEPS["units"]).status_code == 404
    assert officer.post(f"{address}/delete").status_code == 404


def test_opening_needs_the_tick(officer):
    address = a_draft(officer)

    reply = officer.post(f"{address}/open")

    assert (reply.status_code, "我确认开放" in reply.text) == (422, True)
    assert officer.get(f"{address}/check").status_code == 200


@pytest.mark.parametrize(
    ("step", "fields", "words"),
    [
        ("units", {"unit": []}, "还没有选择单位"),
        ("window", {"contact": ""}, "没有写有疑问找谁"),
        ("window", {"kept_until": ""}, "保存到哪一天"),
        ("window", {"kept_until": "2026-06-10"}, "早于截止日期"),
        ("window", {"opens_at": "2026-05-01T09:00", "closes_at": "2026-05-31T09:00"}, "已经过去"),
    ],
)
def test_what_is_missing_is_said_with_the_step_and_keeps_it_shut(officer, step, fields, words):
    address = a_draft(officer, **{step: fields})

    check = officer.get(f"{address}/check").text
    reply = officer.post(f"{address}/open", {"sure": "yes"})

    assert words in check
    assert f'href="{address}/{step}"' in check
    assert f'action="{address}/open"' not in check
    assert reply.status_code == 422
    assert kept(officer, Campaign, code=address.rpartition("/")[2])[0].is_draft


@pytest.mark.parametrize(
    ("step", "fields", "words"),
    [
        ("questionnaire", {"name": ""}, "请填写调查名称"),
        ("questionnaire", {"questionnaire": "other"}, "请选择一份问卷"),
        ("questionnaire", {"questionnaire": "uploaded"}, "请选择一份问卷"),
        ("units", {"audience": "everybody"}, "请选择评价主体"),
        ("units", {"count-U1": "1.5"}, "1.5"),
        ("units", {"merge-U1": "U9"}, "U9"),
        ("units", {"merge-U1": "U1"}, "就是它自己"),
        ("units", {"statement-U1": "长" * 1001}, "1001"),
        ("ways", {"kind": []}, "至少选一种"),
        ("ways", {"kind": "personal"}, "至少选一种"),
        ("ways", {"places": "x" * 41}, "每行写一个"),
        ("window", {"opens_at": "soon"}, "读不出来"),
        ("window", {"closes_at": "2026-05-01T09:00"}, "早于结束时间"),
        ("window", {"kept_until": "never"}, "never"),
        ("window", {"contact": "长" * 201}, "201"),
    ],
)
def test_a_wrong_field_keeps_what_was_typed_and_changes_nothing(officer, step, fields, words):
    address = a_draft(officer)
    before = officer.get(f"{address}/check").text
    typed = {"name": "别的名称", "questionnaire": "citizen-service@1"}

    reply = officer.post(f"{address}/{step}", STEPS.get(step, typed) | fields)

    assert reply.status_code == 422
    assert words in reply.text
    shown = {"questionnaire": "别的名称", "units": "U3", "ways": "一楼大厅", "window": "12345"}
    assert shown[step] in reply.text or fields.keys() & {"name", "places", "contact"}
    assert officer.get(f"{address}/check").text == before


def test_units_that_were_not_listed_stay_as_they_are(officer):
    address = a_draft(officer, units={"count-U1": "12"})

    officer.post(
        f"{address}/units", {"audience": "staff", "listed": "U2", "unit": "U2", "do": "save"}
    )

    (draft,) = kept(officer, Campaign, code=address.rpartition("/")[2])
    rows = kept(officer, CampaignUnit, campaign_id=draft.id)
    assert sorted(row.head_count or 0 for row in rows) == [0, 0, 12]
    assert (draft.audience, draft.draft_ways) == ("staff", None)


def test_all_units_found_are_chosen_or_left_out_at_once(officer):
    address = a_draft(officer)
    found = {"audience": "citizen", "words": "档案", "do": "remove"}

    reply = officer.post(f"{address}/units", found)

    assert "words=%E6%A1%A3" in reply.headers["location"]
    (draft,) = kept(officer, Campaign, code=address.rpartition("/")[2])
    assert len(kept(officer, CampaignUnit, campaign_id=draft.id)) == 1
    officer.post(f"{address}/units", {"audience": "citizen", "do": "add"})
    assert len(kept(officer, CampaignUnit, campaign_id=draft.id)) == 3


def test_an_uploaded_questionnaire_is_published_and_asked(officer):
    own = QUESTIONNAIRE.replace(b'id = "service"', b'id = "our-own"')

    reply = upload(officer, own)

    assert reply.status_code == 303
    assert "our-own" in officer.get(f"{CAMPAIGNS}/new").text


def test_every_problem_of_an_uploaded_file_is_listed_at_once(officer):
    wrong = QUESTIONNAIRE.replace(b'keyed = "-"', b'keyed = "reverse"').replace(
        b'id = "Q3"', b'id = "Q1"'
    )

    reply = upload(officer, wrong)

    assert reply.status_code == 422
    assert "有 2 处需要改正" in reply.text
    assert "reverse" in reply.text
    assert "Q1" in reply.text
    assert re.search(r"第 \d+ 行", reply.text)
    assert 'value="大厅满意度"' in reply.text


def test_other_bytes_under_a_published_version_are_refused_and_the_next_number_is_taken(officer):
    changed = QUESTIONNAIRE.replace("我多跑了好几趟".encode(), "我多跑了两趟".encode())

    reply = upload(officer, changed)
    raised = upload(officer, changed.replace(b"version = 1", b"version = 2"))

    assert reply.status_code == 422
    assert "version 改成下一个数字" in reply.text
    assert raised.status_code == 303
    first, second = kept(officer, QuestionnaireVersion, questionnaire_id="service")
    assert (first.content, second.content != changed) == (QUESTIONNAIRE, True)


def test_a_refused_beginning_publishes_no_questionnaire(officer):
    own = QUESTIONNAIRE.replace(b'id = "service"', b'id = "our-own"')

    assert upload(officer, own, name="").status_code == 422
    assert kept(officer, QuestionnaireVersion, questionnaire_id="our-own") == []
