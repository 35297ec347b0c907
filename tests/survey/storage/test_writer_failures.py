import os
import time
from collections import Counter
from dataclasses import replace

import builders
import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from survey.errors import DatabaseUnavailable
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, LinkState
from survey.storage.database import open_database
from survey.storage.tables import AnswerSheet, Campaign, InboxSheet, Link, OfficeSheet
from survey.storage.writer import Outcome, Writer


@pytest.fixture
def writer(database):
    yield from running(Writer(database))


def running(writer):
    writer.start()
    yield writer
    writer.stop()


@pytest.fixture
def way(database):
    return a_way_of(database, Audience.CITIZEN, LinkKind.OPEN)


def a_way_of(database, audience, kind):
    with database.writing() as session:
        unit = builders.a_unit(session)
        campaign = builders.a_campaign(session, [unit], audience)
        return builders.a_way(session, campaign, unit, kind)


def stored_ids(database):
    with database.reading() as session:
        return set(session.exec(select(AnswerSheet.id)))


def test_nothing_is_confirmed_before_it_is_committed(database, writer, way):
    with database.writing() as session:
        session.get_one(Campaign, way.campaign_id, with_for_update=True)
        waiting = [writer.submit(builders.a_waiting_sheet(way)) for _ in range(5)]
        time.sleep(0.2)

        assert not any(future.done() for future in waiting)

    for future in waiting:
        future.result(10)
        assert len(stored_ids(database)) >= 1
    assert len(stored_ids(database)) == 5


@pytest.mark.parametrize("kind", [LinkKind.OPEN, LinkKind.PERSONAL])
def test_a_sheet_that_cannot_be_stored_fails_alone(database, writer, kind):
    audience = Audience.CITIZEN if kind is LinkKind.OPEN else Audience.STAFF
    ways = [a_way_of(database, audience, kind) for _ in range(3)]
    good, bad, late = (builders.a_waiting_sheet(way) for way in ways)
    bad = replace(bad, way=replace(bad.way, unit_id=4711))
    with database.writing():
        waiting = [writer.submit(sheet) for sheet in (good, bad, late)]

    assert waiting[0].result(10) is Outcome.STORED
    assert isinstance(waiting[1].exception(10), SQLAlchemyError)
    assert waiting[2].result(10) is Outcome.STORED
    with database.reading() as session:
        model = AnswerSheet if kind is LinkKind.OPEN else InboxSheet
        assert len(session.exec(select(model)).all()) == 2
        if kind is LinkKind.PERSONAL:
            states = [session.get_one(Link, way.link_id).state for way in ways]
            assert states == [LinkState.USED, LinkState.UNUSED, LinkState.USED]


def test_two_offices_whose_pages_had_one_id_are_both_stored(database, writer):
    ways = [a_way_of(database, Audience.PARTNER, LinkKind.PARTNER) for _ in range(2)]
    first = builders.a_waiting_sheet(ways[0])
    same_id = builders.a_waiting_sheet(ways[1], sheet_id=first.sheet_id)
    with database.writing():
        waiting = [writer.submit(sheet) for sheet in (first, same_id)]

    assert [future.result(10) for future in waiting] == [Outcome.STORED] * 2
    with database.reading() as session:
        assert len(session.exec(select(OfficeSheet)).all()) == 2


def test_a_full_disk_confirms_nobody_and_later_everybody(sqlite_database):
    way = a_way_of(sqlite_database, Audience.CITIZEN, LinkKind.OPEN)
    sheets = [builders.a_waiting_sheet(way, os.urandom(3000)) for _ in range(100)]
    allowed = limit_pages(sqlite_database, 1)  # SQLite takes at least what it has
    limit_pages(sqlite_database, allowed + 5)
    for writer in running(Writer(sqlite_database)):
        with sqlite_database.writing():
            waiting = [writer.submit(sheet) for sheet in sheets]
        for future in waiting:
            assert isinstance(future.exception(10), DatabaseUnavailable)
        assert stored_ids(sqlite_database) == set()

        limit_pages(sqlite_database, 100_000)

        assert {writer.submit(sheet).result(10) for sheet in sheets} == {Outcome.STORED}
    with sqlite_database.reading() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


def limit_pages(database, count):
    with database.writing() as session:
        return session.execute(text(f"PRAGMA max_page_count={count}")).scalar_one()


@pytest.mark.postgresql
def test_a_failing_commit_confirms_nobody(postgresql_database):
    way = a_way_of(postgresql_database, Audience.CITIZEN, LinkKind.OPEN)
    with postgresql_database.writing() as session:
        session.execute(
            text(
                "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'commit fails'; END $$"
            )
        )
        session.execute(
            text(
                "CREATE CONSTRAINT TRIGGER failing AFTER INSERT ON answer_sheet "
                "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()"
            )
        )
    for writer in running(Writer(postgresql_database)):
        waiting = [writer.submit(builders.a_waiting_sheet(way)) for _ in range(5)]

        for future in waiting:
            assert "commit fails" in str(future.exception(10))
        assert stored_ids(postgresql_database) == set()

        with postgresql_database.writing() as session:
            session.execute(text("DROP TRIGGER failing ON answer_sheet"))
        assert writer.submit(builders.a_waiting_sheet(way)).result(10) is Outcome.STORED


@pytest.mark.postgresql
def test_a_connection_lost_in_the_middle_confirms_nobody_and_is_made_anew(postgresql_database):
    database = postgresql_database
    way = a_way_of(database, Audience.CITIZEN, LinkKind.OPEN)
    for writer in running(Writer(database)):
        with database.writing() as session:
            session.get_one(Campaign, way.campaign_id, with_for_update=True)
            waiting = [writer.submit(builders.a_waiting_sheet(way)) for _ in range(5)]
            end_waiting_connections(database)
            for future in waiting[:1]:
                assert isinstance(future.exception(10), DatabaseUnavailable)

        again = writer.submit(builders.a_waiting_sheet(way))

        assert again.result(10) is Outcome.STORED
        lost = [future for future in waiting if future.exception(10) is not None]
        assert len(stored_ids(database)) == 1 + len(waiting) - len(lost)


def end_waiting_connections(database):
    """End the connections of this database that wait for a lock, once there is one."""
    statement = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    for _ in range(200):
        with database.writing() as session:
            if session.execute(statement).scalar_one():
                return
        time.sleep(0.02)
    pytest.fail("the writer did not wait for the lock")


@pytest.mark.postgresql
def test_a_connection_lost_while_idle_is_not_noticed(postgresql_database):
    way = a_way_of(postgresql_database, Audience.CITIZEN, LinkKind.OPEN)
    for writer in running(Writer(postgresql_database)):
        writer.submit(builders.a_waiting_sheet(way)).result(10)
        with postgresql_database.writing() as session:
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

        assert writer.submit(builders.a_waiting_sheet(way)).result(10) is Outcome.STORED


@pytest.mark.postgresql
def test_two_processes_together_store_each_sheet_once(postgresql_database):
    database = postgresql_database
    other = open_database(database.settings)
    way = a_way_of(database, Audience.CITIZEN, LinkKind.OPEN)
    single = [a_way_of(database, Audience.STAFF, LinkKind.PERSONAL) for _ in range(30)]
    sheets = [builders.a_waiting_sheet(way) for _ in range(600)]
    outcomes = Counter()
    for writer in running(Writer(database)):
        for second in running(Writer(other)):
            for k in range(3):
                some = sheets[200 * k : 200 * (k + 1)]
                some += [builders.a_waiting_sheet(one) for one in single[10 * k : 10 * (k + 1)]]
                with database.writing() as session:  # until both have taken theirs
                    session.get_one(Campaign, way.campaign_id, with_for_update=True)
                    waiting = [writer.submit(sheet) for sheet in some]
                    waiting += [second.submit(sheet) for sheet in reversed(some)]
                    time.sleep(0.05)
                outcomes.update(future.result(30) for future in waiting)
    other.close()

    assert outcomes == {Outcome.STORED: 630, Outcome.SAME_AGAIN: 600, Outcome.LINK_USED: 30}
    assert stored_ids(database) == {sheet.sheet_id for sheet in sheets}


@pytest.mark.postgresql
def test_two_processes_with_the_same_sheets_in_opposite_order_do_not_block_each_other(
    postgresql_database,
):
    database = postgresql_database
    other = open_database(database.settings)
    way = a_way_of(database, Audience.CITIZEN, LinkKind.OPEN)
    sheets = [
        builders.a_waiting_sheet(way, sheet_id=builders.a_sheet_id(number)) for number in range(21)
    ]
    for writer in running(Writer(database)):
        for second in running(Writer(other)):
            with database.writing() as session:  # both stop half way, at the sheet in the middle
                campaign = session.get_one(Campaign, way.campaign_id)
                unit = session.get_one(builders.Unit, way.unit_id)
                builders.an_answer_sheet(session, campaign, unit, id=sheets[10].sheet_id)
                waiting = [writer.submit(sheet) for sheet in sheets]
                waiting += [second.submit(sheet) for sheet in reversed(sheets)]
                await_locks(database, 2)
            outcomes = Counter(future.result(30) for future in waiting)
    other.close()

    assert outcomes == {Outcome.STORED: 20, Outcome.SAME_AGAIN: 22}


def await_locks(database, count):
    """Wait until so many connections of this database wait for a lock."""
    statement = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    for _ in range(200):
        with database.reading() as session:
            if session.execute(statement).scalar_one() == count:
                return
        time.sleep(0.02)
    pytest.fail(f"fewer than {count} connections waited for a lock")


@pytest.mark.postgresql
def test_pages_that_hold_every_connection_do_not_stop_the_writer(postgresql_database):
    way = a_way_of(postgresql_database, Audience.CITIZEN, LinkKind.OPEN)
    contexts = [postgresql_database.reading() for _ in range(16)]
    for context in contexts:
        context.__enter__().execute(text("SELECT 1"))

    for writer in running(Writer(postgresql_database)):
        assert writer.submit(builders.a_waiting_sheet(way)).result(10) is Outcome.STORED

    for context in contexts:
        context.__exit__(None, None, None)
