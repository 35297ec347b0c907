import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

import builders
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from survey.errors import (
    DatabaseInUse,
    DatabaseRefused,
    DatabaseUnavailable,
)
from survey.storage.database import open_database
from survey.storage.tables import InboxSheet, Unit

OPEN_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from survey.errors import DatabaseInUse
from survey.settings import Settings
from survey.storage.database import open_database

settings = Settings(sys.argv[1], b"k" * 32, "http://127.0.0.1", Path("."))
try:
    open_database(settings)
except DatabaseInUse as error:
    print(error.values["process"])
"""


def test_a_reading_session_sees_what_was_committed_before(database):
    with database.writing() as session:
        builders.a_unit(session, name="民政局𠮷")

    with database.reading() as session:
        assert session.exec(select(Unit.name)).all() == ["民政局𠮷"]


def test_a_reading_session_sees_one_state_to_its_end(database):
    with database.reading() as reading:
        before = len(reading.exec(select(Unit)).all())
        with database.writing() as session:
            builders.a_unit(session)

        assert len(reading.exec(select(Unit)).all()) == before
    with database.reading() as reading:
        assert len(reading.exec(select(Unit)).all()) == before + 1


def test_a_failed_transaction_leaves_nothing(database):
    def fail_after_writing(session):
        builders.a_unit(session)
        raise RuntimeError

    with pytest.raises(RuntimeError), database.writing() as session:
        fail_after_writing(session)

    with database.reading() as session:
        assert session.exec(select(Unit)).all() == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM unit",
        "INSERT INTO cycle VALUES (1, 'x', '2024-01-01', '2024-12-31')",
        "CREATE TABLE extra (id integer)",
    ],
)
def test_a_reading_session_cannot_write(database, statement):
    with pytest.raises(DBAPIError, match=r"read-?only"), database.reading() as session:
        session.execute(text(statement))


def test_a_database_opened_for_reading_sees_what_the_service_writes(database):
    beside = open_database(database.settings, writable=False)
    with database.writing() as session:
        builders.a_unit(session)

    with beside.reading() as session:
        assert len(session.exec(select(Unit)).all()) == 1
    with pytest.raises(RuntimeError), beside.writing():
        pass
    beside.close()


def test_foreign_keys_are_enforced(database):
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), database.writing() as session:
        builders.a_campaign(session, units=[], questionnaire_version_id=4711)


def test_writers_in_many_threads_lose_no_update(database):
    with database.writing() as session:
        unit_id = builders.a_unit(session, level="0").id

    def count_up(_):
        with database.writing() as session:
            unit = session.exec(select(Unit).where(Unit.id == unit_id).with_for_update()).one()
            unit.level = str(int(unit.level) + 1)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count_up, range(80)))

    with database.reading() as session:
        assert session.get_one(Unit, unit_id).level == "80"


def test_a_writing_session_owns_the_file_from_its_first_statement(sqlite_database):
    foreign = sqlite3.connect(sqlite_database.settings.sqlite_path, timeout=0, isolation_level=None)
    with sqlite_database.writing() as session:
        session.execute(text("SELECT 1"))

        with pytest.raises(sqlite3.OperationalError, match="locked"):
            foreign.execute("BEGIN IMMEDIATE")
    foreign.execute("BEGIN IMMEDIATE")
    foreign.close()


def test_readers_do_not_wait_for_a_writer(database):
    with database.writing() as session:
        builders.a_unit(session)
        with database.reading() as reading:
            assert reading.exec(select(Unit)).all() == []


def test_too_many_readers_are_told_to_come_later_within_two_seconds(database):
    with ExitStack() as readers:
        for _ in range(16):
            readers.enter_context(database.reading()).execute(text("SELECT 1"))
        started = time.monotonic()

        with pytest.raises(DatabaseUnavailable), database.reading() as session:
            session.execute(text("SELECT 1"))

        assert time.monotonic() - started < 2.5
    with database.reading() as session:
        assert session.execute(text("SELECT 1")).scalar_one() == 1


def test_waiting_for_the_writing_connection_ends(sqlite_database, monkeypatch):
    monkeypatch.setattr("survey.storage.database._TURN_SECONDS", 0.05)
    is_held, is_done = threading.Event(), threading.Event()

    def hold():
        with sqlite_database.writing():
            is_held.set()
            is_done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    is_held.wait(10)
    with pytest.raises(DatabaseUnavailable), sqlite_database.writing():
        pass
    is_done.set()
    holder.join()
    with sqlite_database.writing() as session:
        builders.a_unit(session)


def test_a_second_process_is_refused_and_told_who_holds_the_database(sqlite_database):
    url = sqlite_database.settings.database_url
    command = [sys.executable, "-W", "error", "-c", OPEN_IN_ANOTHER_PROCESS, url]

    said = subprocess.run(command, capture_output=True, text=True, check=True)

    assert said.stdout.strip() == (lock_holder(sqlite_database))


def lock_holder(database):
    path = database.settings.sqlite_path
    return path.with_name(f"{path.name}.lock").read_text().strip()


def test_a_second_opening_in_the_same_process_is_refused(sqlite_database):
    with pytest.raises(DatabaseInUse):
        open_database(sqlite_database.settings)

    with sqlite_database.writing() as session:
        builders.a_unit(session)


def test_a_closed_database_can_be_opened_again(settings):
    for _ in range(2):
        database = open_database(settings)
        with database.writing() as session:
            builders.a_unit(session)
        database.close()

    database = open_database(settings, writable=False)
    with database.reading() as session:
        assert len(session.exec(select(Unit)).all()) == 2
    database.close()


def test_a_failed_opening_gives_the_lock_back(sqlite_settings, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("survey.storage.sqlite._WANTED", {"journal_mode": "delete"})
        with pytest.raises(Exception, match="unsafe_durability"):
            open_database(sqlite_settings)

    open_database(sqlite_settings).close()


def test_reading_a_file_that_is_not_there_makes_none(tmp_path, sqlite_settings):
    path = tmp_path / "other.sqlite3"
    settings = replace(sqlite_settings, database_url=f"sqlite:///{path}")

    with pytest.raises(DatabaseRefused, match="database_missing"):
        open_database(settings, writable=False)

    assert not path.exists()


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path, sqlite_settings):
    path = tmp_path / "letter.sqlite3"
    path.write_bytes(b"not a database" * 1000)
    settings = replace(sqlite_settings, database_url=f"sqlite:///{path}")

    with pytest.raises(DatabaseRefused, match=r"database_unreachable.*not a database"):
        open_database(settings)

    assert path.read_bytes() == b"not a database" * 1000


def test_a_folder_that_cannot_be_made_is_named(tmp_path, sqlite_settings):
    (tmp_path / "file").touch()
    settings = replace(sqlite_settings, database_url=f"sqlite:///{tmp_path}/file/x.sqlite3")

    with pytest.raises(DatabaseRefused, match=r"database_unreachable.*file"):
        open_database(settings)


@pytest.mark.postgresql
def test_a_server_that_does_not_answer_is_named(postgresql_settings):
    url = postgresql_settings.database_url.partition("?")[0] + "?host=/nowhere"

    with pytest.raises(DatabaseRefused, match=r"database_unreachable.*/nowhere"):
        open_database(replace(postgresql_settings, database_url=url))


def test_odd_characters_in_the_path_are_no_url(tmp_path, sqlite_settings):
    path = tmp_path / "数据 50%20#1.sqlite3"
    database = open_database(replace(sqlite_settings, database_url=f"sqlite:///{path}"))
    database.close()

    assert path.is_file()


def test_erased_inbox_rows_leave_no_trace_in_the_files(sqlite_database):
    marker = bytes(range(64, 96))
    path = sqlite_database.settings.sqlite_path
    with sqlite_database.writing() as session:
        unit = builders.a_unit(session)
        campaign = builders.a_campaign(session, [unit])
        for _ in range(20):
            builders.an_inbox_sheet(session, campaign, unit, packed=marker)
    assert marker in on_disk(path)

    with sqlite_database.writing() as session:
        for row in session.exec(select(InboxSheet)):
            session.delete(row)

    assert sqlite_database.scrub("inbox")
    assert marker not in on_disk(path)


def on_disk(path):
    files = [path.with_name(path.name + suffix) for suffix in ("", "-wal")]
    return b"".join(file.read_bytes() for file in files if file.exists())


def test_scrubbing_gives_way_to_readers_and_works_later(database):
    with database.writing() as session:
        unit = builders.a_unit(session)
        builders.an_inbox_sheet(session, builders.a_campaign(session, [unit]), unit)
    with database.reading() as reading:
        assert len(reading.exec(select(InboxSheet)).all()) == 1
        with database.writing() as session:
            session.delete(session.exec(select(InboxSheet)).one())

        assert not database.scrub("inbox")
    assert database.scrub("inbox")


@pytest.mark.postgresql
def test_rows_are_written_anew_when_the_inbox_is_scrubbed(postgresql_database):
    with postgresql_database.writing() as session:
        file_before = inbox_file(session)

    assert postgresql_database.scrub("inbox")

    with postgresql_database.writing() as session:
        assert inbox_file(session) != file_before
        assert session.execute(text("SHOW lock_timeout")).scalar_one() == "0"


def inbox_file(session: Session) -> str:
    return session.execute(text("SELECT pg_relation_filepath('inbox')")).scalar_one()
