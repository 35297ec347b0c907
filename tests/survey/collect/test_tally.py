from datetime import timedelta

import builders
import pytest
from builders import NOON, a_sheet_id
from sqlmodel import select

from survey.collect.mix import mix_ready_cells
from survey.collect.tally import counts_of_cell
from survey.collect.wind_up import WAIT_AFTER_CLOSE, wind_up_closed
from survey.rules.audience import Audience
from survey.rules.scoring.tally import COUNTED, SHEETS_COLUMN
from survey.storage.queries.campaigns import received_counts
from survey.storage.sheets import Outcome, store_sheets
from survey.storage.tables import (
    AnswerCount,
    AnswerSheet,
    CampaignUnit,
    InboxSheet,
    OpenAnswer,
    SpentChallenge,
)

AFTER = NOON + timedelta(days=7) + WAIT_AFTER_CLOSE


def citizens(session):
    """A citizens' campaign that keeps counts only, and the way of its open code."""
    unit = builders.a_unit(session)
    campaign = builders.a_campaign(session, [unit], counts_only=True)
    return campaign, unit, builders.a_way(session, campaign, unit)


def send(session, way, numbers, packed=bytes([4, 2, 5])):
    sheets = [
        builders.a_waiting_sheet(way, packed, sheet_id=a_sheet_id(n), texts={"Q4": f"话{n}"})
        for n in numbers
    ]
    return store_sheets(session, sheets)


def rows(database, table):
    with database.reading() as session:
        return session.exec(select(table)).all()


def test_sheets_of_open_codes_wait_until_ten_become_counts_and_no_sheet_is_left(database):
    with database.writing() as session:
        _, _, way = citizens(session)
        send(session, way, range(9))
    assert mix_ready_cells(database, NOON) == 0
    assert rows(database, AnswerSheet) == rows(database, AnswerCount) == []

    with database.writing() as session:
        send(session, way, [9], bytes([1, 0, 255]))

    assert mix_ready_cells(database, NOON) == 10
    assert rows(database, InboxSheet) == rows(database, AnswerSheet) == []
    counts = {(r.column, r.position): r.count for r in rows(database, AnswerCount)}
    assert counts.pop((SHEETS_COLUMN, COUNTED)) == 10
    assert counts == {(0, 4): 9, (0, 1): 1, (1, 2): 9, (1, 0): 1, (2, 5): 9, (2, 255): 1}
    assert sorted(answer.text for answer in rows(database, OpenAnswer)) == [
        f"话{n}" for n in range(10)
    ]


def test_the_same_sheet_counts_once_while_it_waits_and_after_it_became_a_count(database):
    with database.writing() as session:
        campaign, unit, way = citizens(session)
        assert send(session, way, [0, 0]) == [Outcome.STORED, Outcome.SAME_AGAIN]
        assert send(session, way, [0]) == [Outcome.SAME_AGAIN]
        assert send(session, way, [0], bytes([1, 1, 1])) == [Outcome.OTHER_ANSWERS]
        send(session, way, range(1, 10))
    mix_ready_cells(database, NOON)

    with database.writing() as session:
        assert send(session, way, [3]) == [Outcome.SAME_AGAIN]
        assert received_counts(session, campaign.id) == {unit.id: 10}

    notes = rows(database, SpentChallenge)
    assert all(note.expires_at > NOON + timedelta(days=1) for note in notes)


def test_at_the_close_the_rest_becomes_counts_however_few(database):
    with database.writing() as session:
        campaign, unit, way = citizens(session)
        send(session, way, range(33))

    wind_up_closed(database, AFTER)

    with database.reading() as session:
        assert counts_of_cell(session, campaign.id, unit.id)[SHEETS_COLUMN, COUNTED] == 33
    assert rows(database, InboxSheet) == rows(database, AnswerSheet) == []


@pytest.mark.parametrize(("audience", "count"), [(Audience.STAFF, 4), (Audience.CITIZEN, 29)])
def test_a_cell_that_closes_under_its_minimum_keeps_no_counts_and_no_words(
    database, audience, count
):
    with database.writing() as session:
        unit = builders.a_unit(session)
        campaign = builders.a_campaign(session, [unit], audience, counts_only=True)
        builders.a_personal_link(session, campaign, unit)
        for _ in range(count):
            builders.an_inbox_sheet(session, campaign, unit, texts='{"Q4": "慢"}')

    wind_up_closed(database, AFTER)

    for table in (AnswerCount, AnswerSheet, InboxSheet, OpenAnswer):
        assert rows(database, table) == []
    assert [cell.erased_count for cell in rows(database, CampaignUnit)] == [count]
