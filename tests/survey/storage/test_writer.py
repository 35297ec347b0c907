import json
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import builders
import pytest
from sqlmodel import select

from survey.errors import WriterFull
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, LinkState
from survey.storage.tables import (
    AnswerSheet,
    Campaign,
    InboxSheet,
    Link,
    OfficeSheet,
    OpenAnswer,
)
from survey.storage.writer import Outcome, Writer


@pytest.fixture
def writer(database):
    writer = Writer(database)
    writer.start()
    yield writer
    writer.stop()


@pytest.fixture
def ways(database):
    """One way of each kind, to the same unit in campaigns of three audiences."""
    with database.writing() as session:
        unit = builders.a_unit(session)
        return {
            kind: builders.a_way(
                session, builders.a_campaign(session, [unit], audience), unit, kind
            )
            for kind, audience in [
                (LinkKind.OPEN, Audience.CITIZEN),
                (LinkKind.PERSONAL, Audience.STAFF),
                (LinkKind.PARTNER, Audience.PARTNER),
            ]
        }


def rows(database, model):
    with database.reading() as session:
        return session.exec(select(model)).all()


def state_of(database, way):
    with database.reading() as session:
        return session.get_one(Link, way.link_id).state


def submitted_at_once(writer, sheets):
    """Submit every sheet from a thread of its own, all at the same moment."""
    barrier = threading.Barrier(len(sheets))

    def submit(sheet):
        barrier.wait()
        return writer.submit(sheet).result(10)

    with ThreadPoolExecutor(len(sheets)) as threads:
        return list(threads.map(submit, sheets))


def test_an_open_sheet_is_stored_as_it_came(database, writer, ways):
    way = replace(ways[LinkKind.OPEN], place="一号窗口")
    sheet = builders.a_waiting_sheet(way, bytes([1, 0, 255]), texts={"Q4": "多开一个窗口"})

    assert writer.submit(sheet).result(10) is Outcome.STORED

    [row] = rows(database, AnswerSheet)
    assert row == AnswerSheet(
        campaign_id=way.campaign_id,
        unit_id=way.unit_id,
        id=sheet.sheet_id,
        packed=bytes([1, 0, 255]),
        bucket_at=builders.NOON,
        seconds_bucket=30,
        place="一号窗口",
        is_held=False,
    )
    [words] = rows(database, OpenAnswer)
    assert (words.campaign_id, words.unit_id, words.item_id, words.text) == (
        way.campaign_id,
        way.unit_id,
        "Q4",
        "多开一个窗口",
    )
    assert words.id != sheet.sheet_id


def test_one_sheet_sent_fifty_times_at_once_is_one_row(database, writer, ways):
    sheet = builders.a_waiting_sheet(ways[LinkKind.OPEN], texts={"Q4": "好"})

    outcomes = submitted_at_once(writer, [sheet] * 50)

    assert Counter(outcomes) == {Outcome.STORED: 1, Outcome.SAME_AGAIN: 49}
    assert len(rows(database, AnswerSheet)) == 1
    assert len(rows(database, OpenAnswer)) == 1


def test_other_answers_under_the_same_id_are_refused_and_the_first_stay(database, writer, ways):
    first = builders.a_waiting_sheet(ways[LinkKind.OPEN], bytes([5, 1, 5]))
    other = replace(first, packed=bytes([1, 5, 1]), texts={"Q4": "改了"})

    assert writer.submit(first).result(10) is Outcome.STORED
    assert writer.submit(other).result(10) is Outcome.OTHER_ANSWERS
    assert writer.submit(first).result(10) is Outcome.SAME_AGAIN

    [row] = rows(database, AnswerSheet)
    assert row.packed == bytes([5, 1, 5])
    assert rows(database, OpenAnswer) == []


def test_other_answers_under_the_same_id_at_the_same_moment_leave_one_row(database, writer, ways):
    sheet = builders.a_waiting_sheet(ways[LinkKind.OPEN])
    others = [replace(sheet, packed=bytes([1, 1, k % 5 + 1])) for k in range(50)]

    outcomes = submitted_at_once(writer, others)

    [row] = rows(database, AnswerSheet)
    counts = Counter(outcomes)
    assert counts[Outcome.STORED] == 1
    assert counts[Outcome.SAME_AGAIN] == 9
    assert counts[Outcome.OTHER_ANSWERS] == 40
    assert others[outcomes.index(Outcome.STORED)].packed == row.packed


def test_a_group_answers_each_of_its_sheets_rightly(database, writer, ways):
    way = ways[LinkKind.OPEN]
    stored, twice, alone = (builders.a_waiting_sheet(way) for _ in range(3))
    writer.submit(stored).result(10)
    changed = bytes([1, 1, 1])
    with database.writing():  # nothing is written meanwhile, so that these make one group
        waiting = [
            writer.submit(sheet)
            for sheet in (
                replace(stored, packed=changed),
                twice,
                stored,
                twice,
                replace(twice, packed=changed),
                alone,
            )
        ]

    assert [future.result(10).value for future in waiting] == [
        "other_answers",
        "stored",
        "same_again",
        "same_again",
        "other_answers",
        "stored",
    ]
    assert len(rows(database, AnswerSheet)) == 3


def test_the_same_id_in_another_unit_is_another_sheet(database, writer, ways):
    way = ways[LinkKind.OPEN]
    with database.writing() as session:
        other_unit = builders.a_unit(session).id
    sheet = builders.a_waiting_sheet(way)

    outcomes = submitted_at_once(
        writer, [sheet, replace(sheet, way=replace(way, unit_id=other_unit))]
    )

    assert outcomes == [Outcome.STORED, Outcome.STORED]


def test_a_personal_link_is_used_up_and_its_sheet_waits_without_it(database, writer, ways):
    way = ways[LinkKind.PERSONAL]
    sheet = builders.a_waiting_sheet(way, texts={"Q4": "多开会"})

    assert writer.submit(sheet).result(10) is Outcome.STORED

    assert state_of(database, way) == LinkState.USED
    assert rows(database, AnswerSheet) == []
    assert rows(database, OpenAnswer) == []
    [row] = rows(database, InboxSheet)
    assert (row.campaign_id, row.unit_id, row.packed) == (
        way.campaign_id,
        way.unit_id,
        sheet.packed,
    )
    assert json.loads(row.texts) == {"Q4": "多开会"}
    assert row.id != sheet.sheet_id


def test_a_used_link_takes_no_second_sheet(database, writer, ways):
    sheet = builders.a_waiting_sheet(ways[LinkKind.PERSONAL])
    writer.submit(sheet).result(10)

    again = writer.submit(sheet).result(10)
    other = writer.submit(replace(sheet, sheet_id=uuid4(), packed=bytes([1, 1, 1]))).result(10)

    assert (again, other) == (Outcome.LINK_USED, Outcome.LINK_USED)
    assert len(rows(database, InboxSheet)) == 1


def test_two_at_once_by_one_personal_link_are_one_sheet_200_times(database, writer):
    with database.writing() as session:
        unit = builders.a_unit(session)
        campaign = builders.a_campaign(session, [unit], Audience.STAFF)
        ways = [builders.a_way(session, campaign, unit, LinkKind.PERSONAL) for _ in range(200)]

    for round_number, way in enumerate(ways, start=1):
        pair = [builders.a_waiting_sheet(way, bytes([k, k, k])) for k in (1, 2)]
        outcomes = submitted_at_once(writer, pair)

        assert set(outcomes) == {Outcome.STORED, Outcome.LINK_USED}
        if round_number % 50 == 0:
            assert len(rows(database, InboxSheet)) == round_number
    assert all(state_of(database, way) == LinkState.USED for way in ways)


def test_a_void_link_takes_nothing_and_says_so(database, writer, ways):
    way = ways[LinkKind.PERSONAL]
    with database.writing() as session:
        session.get_one(Link, way.link_id).state = LinkState.VOID

    assert writer.submit(builders.a_waiting_sheet(way)).result(10) is Outcome.CLOSED

    assert rows(database, InboxSheet) == []
    assert state_of(database, way) == LinkState.VOID


def test_a_partner_sheet_is_kept_with_its_office(database, writer, ways):
    way = ways[LinkKind.PARTNER]
    sheet = builders.a_waiting_sheet(way, texts={"Q4": "回复快一点"})

    assert writer.submit(sheet).result(10) is Outcome.STORED

    assert state_of(database, way) == LinkState.UNUSED  # it may be replaced until close
    [row] = rows(database, OfficeSheet)
    assert row == OfficeSheet(
        rating_pair_id=way.rating_pair_id,
        quota_place=1,
        revision=1,
        sheet_id=sheet.sheet_id,  # the page's: sent again it is known
        packed=sheet.packed,
        received_at=builders.NOON,
        seconds_bucket=30,
        texts='{"Q4": "回复快一点"}',
    )
    assert rows(database, OpenAnswer) == []  # words are taken apart at the close


def test_a_second_sending_of_an_office_makes_the_next_revision(database, writer, ways):
    way = ways[LinkKind.PARTNER]
    writer.submit(builders.a_waiting_sheet(way)).result(10)

    again = builders.a_waiting_sheet(way, bytes([1, 1, 1]))

    assert writer.submit(again).result(10) is Outcome.STORED
    assert sorted((row.revision, row.packed) for row in rows(database, OfficeSheet)) == [
        (1, bytes([4, 2, 4])),
        (2, bytes([1, 1, 1])),
    ]


def test_a_wound_up_campaign_takes_nothing_more(database, writer, ways):
    with database.writing() as session:
        for way in ways.values():
            session.get_one(Campaign, way.campaign_id).wound_up_at = builders.NOON

    outcomes = submitted_at_once(writer, [builders.a_waiting_sheet(way) for way in ways.values()])

    assert outcomes == [Outcome.CLOSED] * 3
    for model in (AnswerSheet, InboxSheet, OfficeSheet):
        assert rows(database, model) == []
    assert state_of(database, ways[LinkKind.PERSONAL]) == LinkState.UNUSED


def test_one_wound_up_campaign_does_not_close_the_others_of_its_group(database, writer, ways):
    with database.writing() as session:
        session.get_one(Campaign, ways[LinkKind.OPEN].campaign_id).wound_up_at = builders.NOON
    with database.writing():
        waiting = [writer.submit(builders.a_waiting_sheet(way)) for way in ways.values()]

    assert [future.result(10) for future in waiting] == [
        Outcome.CLOSED,
        Outcome.STORED,
        Outcome.STORED,
    ]


def test_every_sheet_of_a_crowd_is_stored(database, writer, ways):
    sheets = [builders.a_waiting_sheet(ways[LinkKind.OPEN]) for _ in range(1600)]

    def send(some):
        return [writer.submit(sheet).result(30) for sheet in some]

    with ThreadPoolExecutor(32) as threads:
        outcomes = [
            o for part in threads.map(send, (sheets[k::32] for k in range(32))) for o in part
        ]

    assert outcomes == [Outcome.STORED] * 1600
    assert {row.id for row in rows(database, AnswerSheet)} == {sheet.sheet_id for sheet in sheets}


def test_a_full_queue_refuses_and_forgets_nothing(database, ways):
    writer = Writer(database, queue_length=3)
    writer.start()
    with database.writing() as session:
        session.get_one(Campaign, ways[LinkKind.OPEN].campaign_id, with_for_update=True)
        first = writer.submit(builders.a_waiting_sheet(ways[LinkKind.OPEN]))
        while not first.running():
            time.sleep(0.001)  # until the writer has taken it and waits for its turn
        waiting = [writer.submit(builders.a_waiting_sheet(ways[LinkKind.OPEN])) for _ in range(3)]
        with pytest.raises(WriterFull):
            writer.submit(builders.a_waiting_sheet(ways[LinkKind.OPEN]))

    assert [future.result(10) for future in (first, *waiting)] == [Outcome.STORED] * 4
    assert writer.submit(builders.a_waiting_sheet(ways[LinkKind.OPEN])).result(10)
    writer.stop()


def test_stopping_writes_what_waits_and_refuses_what_comes_later(database, ways):
    writer = Writer(database)
    writer.start()
    waiting = [writer.submit(builders.a_waiting_sheet(ways[LinkKind.OPEN])) for _ in range(300)]

    writer.stop()

    assert all(future.result(0) is Outcome.STORED for future in waiting)
    with pytest.raises(WriterFull):
        writer.submit(builders.a_waiting_sheet(ways[LinkKind.OPEN]))


def test_a_sheet_whose_sender_gave_up_is_not_written(database, writer, ways):
    with database.writing() as session:
        session.get_one(Campaign, ways[LinkKind.OPEN].campaign_id, with_for_update=True)
        first = writer.submit(builders.a_waiting_sheet(ways[LinkKind.OPEN]))
        while not first.running():
            time.sleep(0.001)
        given_up = writer.submit(builders.a_waiting_sheet(ways[LinkKind.OPEN]))
        assert given_up.cancel()

    assert first.result(10) is Outcome.STORED
    assert writer.submit(builders.a_waiting_sheet(ways[LinkKind.OPEN])).result(10)
    assert len(rows(database, AnswerSheet)) == 2
