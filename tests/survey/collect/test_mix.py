import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import builders
import pytest
from builders import NOON
from sqlmodel import select

from survey.collect.mix import mix_cell, mix_ready_cells
from survey.rules.audience import Audience
from survey.rules.sheets.serving import day_of
from survey.storage.tables import AnswerSheet, InboxSheet, OpenAnswer


def a_cell(session, sheet_count, **given):
    """A cell of staff with sheets in the inbox, each told apart by its answers and its words."""
    unit = builders.a_unit(session)
    campaign = builders.a_campaign(session, [unit], Audience.STAFF)
    add_to_inbox(session, campaign, unit, range(sheet_count), **given)
    return campaign, unit


def add_to_inbox(session, campaign, unit, numbers):
    for number in numbers:
        builders.an_inbox_sheet(
            session,
            campaign,
            unit,
            packed=bytes([number + 1, 1, 1]),
            seconds_bucket=30,
            texts=json.dumps({"Q4": f"话{number}"}),
        )


def stored(database, table):
    with database.reading() as session:
        return session.exec(select(table)).all()


def test_nine_sheets_wait_and_the_tenth_moves_them_all(database):
    with database.writing() as session:
        campaign, unit = a_cell(session, 9)
    assert mix_ready_cells(database, NOON) == 0
    assert stored(database, AnswerSheet) == []

    with database.writing() as session:
        add_to_inbox(session, campaign, unit, [9])

    assert mix_ready_cells(database, NOON) == 10
    assert stored(database, InboxSheet) == []
    assert sorted(sheet.packed[0] for sheet in stored(database, AnswerSheet)) == [*range(1, 11)]


def test_a_cell_with_nine_sheets_is_not_mixed_even_when_asked(database):
    with database.writing() as session:
        campaign, unit = a_cell(session, 9)

        assert mix_cell(session, campaign.id, unit.id, NOON) == 0

    assert len(stored(database, InboxSheet)) == 9


def test_two_cells_of_five_do_not_make_ten(database):
    with database.writing() as session:
        campaign, _ = a_cell(session, 5)
        other = builders.a_unit(session)
        add_to_inbox(session, campaign, other, range(5))

    assert mix_ready_cells(database, NOON) == 0
    assert len(stored(database, InboxSheet)) == 10


def test_mixed_sheets_have_new_ids_and_the_day_only(database):
    with database.writing() as session:
        a_cell(session, 12)
    before = {sheet.id for sheet in stored(database, InboxSheet)}

    mix_ready_cells(database, NOON + timedelta(hours=3, minutes=7))

    sheets = stored(database, AnswerSheet)
    assert not before & {sheet.id for sheet in sheets}
    assert {sheet.bucket_at for sheet in sheets} == {day_of(NOON)}
    assert {sheet.seconds_bucket for sheet in sheets} == {30}
    assert {sheet.place for sheet in sheets} == {None}


def test_words_leave_their_sheets_under_random_ids(database):
    with database.writing() as session:
        a_cell(session, 12)

    mix_ready_cells(database, NOON)

    words = stored(database, OpenAnswer)
    assert sorted(row.text for row in words) == sorted(f"话{n}" for n in range(12))
    assert not {row.id for row in words} & {sheet.id for sheet in stored(database, AnswerSheet)}


def test_the_order_of_random_ids_says_nothing_of_the_order_of_arrival(database):
    with database.writing() as session:
        a_cell(session, 60)

    mix_ready_cells(database, NOON)

    sheets = sorted(stored(database, AnswerSheet), key=lambda sheet: sheet.id)
    in_place = sum(sheet.packed[0] == n for n, sheet in enumerate(sheets, start=1))
    words = [row.text for row in sorted(stored(database, OpenAnswer), key=lambda row: row.id)]
    matched = sum(
        f"话{sheet.packed[0] - 1}" == text for sheet, text in zip(sheets, words, strict=True)
    )
    assert in_place < 8  # by chance one on average; eight or more once in 100 000 runs
    assert matched < 8


def test_the_newest_batch_is_held_and_releases_the_one_before(database):
    with database.writing() as session:
        campaign, unit = a_cell(session, 10)
        elsewhere, _ = a_cell(session, 10)
    mix_ready_cells(database, NOON)
    assert {sheet.is_held for sheet in stored(database, AnswerSheet)} == {True}

    with database.writing() as session:
        add_to_inbox(session, campaign, unit, range(100, 111))
    mix_ready_cells(database, NOON)

    held = [s for s in stored(database, AnswerSheet) if s.is_held]
    assert sorted(s.packed[0] for s in held if s.campaign_id == campaign.id) == [*range(101, 112)]
    assert sum(s.campaign_id == elsewhere.id for s in held) == 10


def test_a_failed_mixing_leaves_the_inbox_as_it_was(database):
    with database.writing() as session:
        campaign, unit = a_cell(session, 10)
    before = stored(database, InboxSheet)

    with pytest.raises(ZeroDivisionError), database.writing() as session:  # noqa: PT012
        assert mix_cell(session, campaign.id, unit.id, NOON) == 10
        raise ZeroDivisionError

    assert stored(database, InboxSheet) == before
    assert stored(database, AnswerSheet) == []


def test_two_mixers_at_once_move_each_sheet_once(database):
    with database.writing() as session:
        a_cell(session, 40)
    both = threading.Barrier(2)

    def mix(_):
        both.wait()
        return mix_ready_cells(database, NOON)

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(mix, range(2)))

    assert sorted(counts) == [0, 40]
    assert len(stored(database, AnswerSheet)) == 40


def test_nothing_of_the_inbox_is_left_in_the_files(sqlite_database):
    mark = "留言只在收件箱里的样子"
    with sqlite_database.writing() as session:
        campaign, unit = a_cell(session, 9)
        ids = [builders.an_inbox_sheet(session, campaign, unit, texts=json.dumps({"Q4": mark})).id]
    folder = sqlite_database.settings.data_dir
    needles = [json.dumps({"Q4": mark}).encode(), *(found.bytes for found in ids)]
    assert all(is_in_files(folder, needle) for needle in needles)

    mix_ready_cells(sqlite_database, NOON)

    assert [is_in_files(folder, needle) for needle in needles] == [False, False]
    assert mark in {row.text for row in stored(sqlite_database, OpenAnswer)}


def is_in_files(folder, needle):
    return any(needle in path.read_bytes() for path in folder.iterdir() if path.is_file())
