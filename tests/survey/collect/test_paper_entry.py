"""Sheets keyed in from paper: stored once, like the others, and only while a campaign runs."""

from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from builders import NOON, QUESTIONNAIRE, a_campaign, a_unit
from sqlmodel import select

from scales.catalog import read_questionnaire
from survey.collect.mix import mix_cell
from survey.collect.paper import enter_paper_sheet, paper_counts
from survey.collect.wind_up import wind_up_cell
from survey.errors import FieldRefused
from survey.rules.audience import Audience
from survey.rules.scoring.validity import Validity, judge_sheets
from survey.rules.sheets.answers import FilledSheet
from survey.rules.sheets.serving import ten_minutes_of
from survey.storage.tables import AnswerSheet, CampaignUnit, InboxSheet, OpenAnswer

SHEET = FilledSheet(bytes([4, 2, 4]), {"Q4": "很好"})


@pytest.fixture
def unit(session):
    return a_unit(session)


def enter(session, campaign, unit, sheet=SHEET, place=None, now=NOON, page_id=None):
    return enter_paper_sheet(
        session, campaign, unit.id, place, sheet, page_id=page_id or uuid4(), now=now
    )


def test_a_citizens_sheet_keeps_its_channel_place_and_ten_minutes_and_no_seconds(session, unit):
    campaign = a_campaign(session, [unit])
    later = NOON + timedelta(minutes=17)

    assert enter(session, campaign, unit, place="一楼大厅", now=later)

    stored = session.exec(select(AnswerSheet)).one()
    assert (stored.channel, stored.place, stored.packed) == ("paper", "一楼大厅", SHEET.packed)
    assert stored.bucket_at == ten_minutes_of(later)
    assert stored.seconds_bucket is None
    assert session.exec(select(OpenAnswer)).one().text == "很好"
    assert paper_counts(session, campaign) == {unit.id: 1}


def test_staffs_sheets_wait_in_the_inbox_and_cannot_be_told_from_those_of_links(session, unit):
    campaign = a_campaign(session, [unit], Audience.STAFF)

    for _ in range(10):
        enter(session, campaign, unit)
    waiting = session.exec(select(InboxSheet)).all()
    mix_cell(session, campaign.id, unit.id, NOON)

    assert {(sheet.channel, sheet.seconds_bucket) for sheet in waiting} == {(None, None)}
    mixed = session.exec(select(AnswerSheet)).all()
    assert len(mixed) == 10
    assert {(sheet.channel, sheet.place) for sheet in mixed} == {(None, None)}
    assert paper_counts(session, campaign) == {unit.id: 10}


@pytest.mark.parametrize("audience", [Audience.STAFF, Audience.CITIZEN])
def test_the_same_page_saved_twice_stores_one_sheet(session, unit, audience):
    campaign = a_campaign(session, [unit], audience)
    page_id = uuid4()

    outcomes = [enter(session, campaign, unit, page_id=page_id) for _ in range(3)]

    assert outcomes == [True, False, False]
    assert paper_counts(session, campaign) == {unit.id: 1}


def test_no_more_paper_sheets_of_staff_are_taken_than_there_are_people(session, unit):
    campaign = a_campaign(session, [unit], Audience.STAFF)
    session.get_one(CampaignUnit, (campaign.id, unit.id)).head_count = 2
    enter(session, campaign, unit)
    enter(session, campaign, unit)

    with pytest.raises(FieldRefused) as refused:
        enter(session, campaign, unit)

    assert refused.value.code == "paper_more_than_people"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"closes_at": NOON}, "paper_not_open"),
        ({"opens_at": NOON + timedelta(hours=1)}, "paper_not_open"),
        ({"is_draft": True}, "paper_not_open"),
        ({"locked_at": NOON}, "paper_not_open"),
        ({"audience": Audience.PARTNER}, "paper_wrong_audience"),
    ],
)
def test_paper_is_taken_only_while_the_campaign_runs_and_never_of_offices(
    session, unit, given, code
):
    campaign = a_campaign(session, [unit], **given)

    with pytest.raises(FieldRefused) as refused:
        enter(session, campaign, unit)

    assert refused.value.code == code
    assert session.exec(select(AnswerSheet)).all() == []


def test_a_blank_sheet_is_not_stored(session, unit):
    campaign = a_campaign(session, [unit])

    with pytest.raises(FieldRefused):
        enter(session, campaign, unit, FilledSheet(bytes(3), {}))

    assert paper_counts(session, campaign) == {}


def test_staff_on_paper_only_are_erased_too_where_they_are_too_few(session, unit):
    campaign = a_campaign(session, [unit], Audience.STAFF)
    enter(session, campaign, unit)

    wind_up_cell(session, campaign.id, unit.id, NOON + timedelta(days=8))

    assert session.exec(select(AnswerSheet)).all() == []
    assert session.exec(select(OpenAnswer)).all() == []
    assert session.get_one(CampaignUnit, (campaign.id, unit.id)).erased_count == 1


def test_a_sheet_without_seconds_is_not_too_fast(session, unit):
    campaign = a_campaign(session, [unit])
    enter(session, campaign, unit)
    stored = session.exec(select(AnswerSheet)).one()

    verdicts = judge_sheets(
        np.array([list(stored.packed)], dtype=np.uint8),
        np.array([np.nan if stored.seconds_bucket is None else stored.seconds_bucket]),
        np.zeros(1, dtype=np.uint8),
        np.array([False]),
        read_questionnaire(QUESTIONNAIRE),
        Validity(rules=("too_fast",)),
    )

    assert verdicts.is_valid.all()
