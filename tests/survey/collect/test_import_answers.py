"""Answers from elsewhere are stored whole or not at all, once, and lead back to no row."""

from datetime import timedelta

import pytest
from builders import NOON, QUESTIONNAIRE, a_campaign, a_unit
from foreign_exports import USES, a_csv, a_row
from sqlmodel import select

from scales.catalog import read_questionnaire
from survey.collect.import_answers import Imported, import_answers
from survey.collect.mix import mix_cell
from survey.collect.wind_up import wind_up
from survey.errors import ImportRefused
from survey.exchange.foreign_answers.read_export import Destination, read_export
from survey.exchange.foreign_answers.translate import Reading, translate
from survey.rules.audience import Audience
from survey.rules.sheets.serving import day_of
from survey.storage.tables import (
    AnswerSheet,
    CampaignUnit,
    ImportedFile,
    ImportedRow,
    InboxSheet,
    OpenAnswer,
)

SERVICE = read_questionnaire(QUESTIONNAIRE)


@pytest.fixture
def unit(session):
    return a_unit(session, name="市图书馆")


def take_in(session, campaign, unit, rows, **given):
    export = read_export(
        a_csv(rows), "export.csv", Destination(campaign.code, SERVICE, [unit.name], b"k" * 32)
    )
    units = {unit.id: (unit.code, unit.name)}
    fidelity = translate(export, Reading(USES, **given), SERVICE, units)
    return import_answers(session, campaign, export, fidelity, officer="王敏", now=NOON)


def rows_of(session, table):
    return session.exec(select(table)).all()


def test_citizens_sheets_keep_channel_day_and_seconds_and_no_time(session, unit):
    campaign = a_campaign(session, [unit])

    outcome = take_in(session, campaign, unit, [a_row(1, words="很好"), a_row(2)])

    assert outcome == Imported(2, 0)
    stored = rows_of(session, AnswerSheet)
    assert {(s.channel, s.packed, s.bucket_at, s.seconds_bucket) for s in stored} == {
        ("imported", bytes([4, 2, 5]), day_of(NOON), 60)
    }
    assert [answer.text for answer in rows_of(session, OpenAnswer)] == ["很好"]


def test_staffs_sheets_wait_to_be_mixed_and_cannot_be_told_from_those_of_links(session, unit):
    campaign = a_campaign(session, [unit], Audience.STAFF)

    take_in(session, campaign, unit, [a_row(n) for n in range(10)])
    waiting = {sheet.channel for sheet in rows_of(session, InboxSheet)}
    mix_cell(session, campaign.id, unit.id, NOON)

    assert waiting == {None}
    mixed = rows_of(session, AnswerSheet)
    assert {(s.channel, s.place) for s in mixed} == {(None, None)}
    assert len(mixed) == 10
    assert session.get_one(CampaignUnit, (campaign.id, unit.id)).imported_count == 10


@pytest.mark.parametrize("audience", [Audience.CITIZEN, Audience.STAFF])
def test_the_same_file_is_refused_and_a_later_export_brings_only_what_is_new(
    session, unit, audience
):
    campaign = a_campaign(session, [unit], audience)
    rows = [a_row(n) for n in range(5)]
    take_in(session, campaign, unit, rows)

    with pytest.raises(ImportRefused) as refused:
        take_in(session, campaign, unit, rows)
    later = take_in(session, campaign, unit, [*reversed(rows), a_row(5), a_row(6)])

    assert refused.value.code == "import_file_again"
    assert later == Imported(2, 5)
    table = InboxSheet if audience is Audience.STAFF else AnswerSheet
    assert len(rows_of(session, table)) == 7
    assert len(rows_of(session, ImportedFile)) == 2


def test_one_text_that_matches_nothing_keeps_the_whole_file_out(session, unit):
    campaign = a_campaign(session, [unit])
    rows = [*(a_row(n) for n in range(50)), a_row(50, ticks=("还行", "同意", "同意"))]

    with pytest.raises(ImportRefused) as refused:
        take_in(session, campaign, unit, rows)
    assert refused.value.code == "import_open_texts"
    for table in (AnswerSheet, ImportedFile, ImportedRow, OpenAnswer):
        assert rows_of(session, table) == []

    assert take_in(session, campaign, unit, rows, skipped={(2, "还行")}) == Imported(51, 0)


def test_more_of_staff_than_there_are_people_leave_nothing_behind(session, unit):
    campaign = a_campaign(session, [unit], Audience.STAFF)
    cell = session.get_one(CampaignUnit, (campaign.id, unit.id))
    cell.head_count, cell.paper_count = 6, 1
    session.flush()

    with pytest.raises(ImportRefused) as refused:
        take_in(session, campaign, unit, [a_row(n) for n in range(6)])

    assert refused.value.values == {"unit": unit.name, "count": 6, "came": 7}
    session.refresh(cell)
    assert cell.imported_count == 0
    for table in (InboxSheet, ImportedFile, ImportedRow):
        assert rows_of(session, table) == []
    assert take_in(session, campaign, unit, [a_row(n) for n in range(5)]) == Imported(5, 0)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"closes_at": NOON}, "import_not_open"),
        ({"opens_at": NOON + timedelta(hours=1)}, "import_not_open"),
        ({"is_draft": True}, "import_not_open"),
        ({"locked_at": NOON}, "import_not_open"),
        ({"audience": Audience.PARTNER}, "import_wrong_audience"),
        ({"audience": Audience.SELF}, "import_wrong_audience"),
    ],
)
def test_nothing_is_taken_but_while_the_campaign_runs_and_never_for_offices(
    session, unit, given, code
):
    campaign = a_campaign(session, [unit], **given)

    with pytest.raises(ImportRefused) as refused:
        take_in(session, campaign, unit, [a_row(1)])

    assert refused.value.code == code
    assert rows_of(session, AnswerSheet) == []


def test_the_order_of_the_file_is_not_kept(session, unit):
    campaign = a_campaign(session, [unit], Audience.STAFF)
    ticks = ("非常不同意", "不同意", "一般", "同意", "非常同意")
    rows = [a_row(n, ticks=(ticks[n // 8], "一般", "一般")) for n in range(40)]

    take_in(session, campaign, unit, rows)

    physical = "ctid" if session.connection().dialect.name == "postgresql" else "id"
    found = session.connection().exec_driver_sql(f"SELECT packed FROM inbox ORDER BY {physical}")
    first = [bytes(packed)[0] for (packed,) in found]
    assert sorted(first) == [n // 8 + 1 for n in range(40)]
    assert first != sorted(first)


def test_what_is_kept_of_few_staff_tells_nothing_of_their_answers(session, unit):
    campaign = a_campaign(session, [unit], Audience.STAFF)
    take_in(session, campaign, unit, [a_row(1, ticks=("不了解", "", "同意"))])
    few = rows_of(session, ImportedFile)[0].report

    take_in(session, campaign, unit, [a_row(n) for n in range(10, 20)])
    many = rows_of(session, ImportedFile)[1].report

    assert few["cells"] is None
    assert many["cells"] == {"matched": 30, "empty": 10, "dont_know": 0, "skipped": 0}
    assert "同意" not in repr((few, many))


def test_hashes_of_rows_are_erased_and_a_small_cell_of_staff_too_when_the_campaign_is_wound_up(
    session, unit
):
    campaign = a_campaign(session, [unit], Audience.STAFF)
    take_in(session, campaign, unit, [a_row(1), a_row(2)])

    wind_up(session, campaign, NOON + timedelta(days=8))

    assert rows_of(session, ImportedRow) == []
    assert rows_of(session, AnswerSheet) == []
    assert session.get_one(CampaignUnit, (campaign.id, unit.id)).erased_count == 2
