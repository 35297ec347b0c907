from datetime import UTC, datetime

import builders
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from first_release import LITERALS, POPULATE, engine_of
from sqlalchemy import inspect, text
from sqlmodel import SQLModel, select

from survey.errors import DatabaseRefused
from survey.storage.database import open_database
from survey.storage.migrations.make import make_migration
from survey.storage.migrations.upgrade import head, migration_config
from survey.storage.tables import (
    AnswerSheet,
    AuditEntry,
    InboxSheet,
    Link,
    LinkToken,
    OpenAnswer,
    Unit,
)

RELEASED = [
    script.revision
    for script in reversed(list(ScriptDirectory.from_config(migration_config()).walk_revisions()))
]


def differences(database):
    with database.reading() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_type": True, "compare_server_default": True}
        )
        return compare_metadata(context, SQLModel.metadata)


def test_an_empty_database_gets_the_tables_of_the_models(empty_settings):
    database = open_database(empty_settings)

    assert differences(database) == []
    database.close()


@pytest.mark.parametrize("revision", RELEASED)
def test_a_populated_database_of_any_release_is_upgraded_and_keeps_its_rows(
    empty_settings, revision
):
    engine = engine_of(empty_settings)
    with engine.begin() as connection:
        config = migration_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in POPULATE:
            connection.exec_driver_sql(statement.format(**LITERALS[connection.dialect.name]))
    engine.dispose()

    database = open_database(empty_settings)

    assert differences(database) == []
    with database.reading() as session:
        assert session.exec(select(Unit)).one().name == "民政局"
        assert session.exec(select(AnswerSheet)).one().packed == b"\x04\x02\x04"
    database.close()


def test_migrations_are_numbered_without_a_gap():
    assert [f"{number:04d}" for number in range(1, len(RELEASED) + 1)] == RELEASED


def test_opening_an_upgraded_database_changes_nothing(settings):
    open_database(settings).close()
    database = open_database(settings)

    assert differences(database) == []
    database.close()


def test_a_database_of_a_newer_program_is_refused(settings):
    database = open_database(settings)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()

    with pytest.raises(DatabaseRefused, match="database_too_new") as refused:
        open_database(settings)

    assert refused.value.values == {"revision": "9999", "newest": head()}


def test_reading_a_database_without_its_tables_is_refused(empty_settings):
    engine = engine_of(empty_settings)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (id integer)"))
    engine.dispose()

    with pytest.raises(DatabaseRefused, match="database_not_migrated"):
        open_database(empty_settings, writable=False)


def test_a_failed_migration_leaves_the_database_as_it_was(empty_settings, monkeypatch):
    engine = engine_of(empty_settings)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE open_answer (id integer)"))  # in the way

    with pytest.raises(Exception, match="open_answer"):
        open_database(empty_settings)

    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["open_answer"]
    engine.dispose()


def test_every_constraint_has_a_name():
    nameless = [
        f"{table.name}: {constraint!r}"
        for table in SQLModel.metadata.tables.values()
        for constraint in [*table.constraints, *table.indexes]
        if not constraint.name
    ]

    assert nameless == []


def test_answers_are_stored_by_random_id_and_not_by_arrival(sqlite_database):
    with sqlite_database.reading() as session:
        tables = dict(
            session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        )

    for model in (AnswerSheet, InboxSheet, OpenAnswer):
        assert tables[model.__tablename__].rstrip().endswith("WITHOUT ROWID")


def test_single_use_links_keep_no_time_and_no_batch():
    allowed = {"id", "campaign_id", "unit_id", "kind", "state", "code", "place", "is_kiosk",
               "rater_id", "quota_place"}  # fmt: skip

    assert set(Link.__table__.columns.keys()) == allowed
    assert set(LinkToken.__table__.columns.keys()) == {"token_hash", "link_id"}


def test_rows_come_back_as_they_were(session):
    at = datetime(2026, 6, 1, 12, 30, 0, 123457, tzinfo=UTC)
    session.add(
        AuditEntry(
            at=at,
            actor="王",
            action="a",
            subject="s",
            details={"数": [1, None]},
            previous_digest="",
            digest="d",
        )
    )
    unit = builders.a_unit(session)
    sheet = builders.an_answer_sheet(session, builders.a_campaign(session, [unit]), unit)
    sheet_id = sheet.id
    session.flush()
    session.expunge_all()

    entry = session.exec(select(AuditEntry)).one()
    again = session.exec(select(AnswerSheet)).one()

    assert (entry.at, entry.details) == (at, {"数": [1, None]})
    assert (again.id, again.bucket_at, again.is_held) == (sheet_id, builders.NOON, False)


def test_a_naive_instant_is_refused(session):
    with pytest.raises(Exception, match="naive datetime"):
        builders.an_evaluation(session, created_at=datetime(2026, 6, 1, 12))  # noqa: DTZ001


def test_a_new_migration_is_numbered_and_holds_the_difference(tmp_path):
    path = make_migration("nothing new", tmp_path)

    assert path.name == f"{len(RELEASED) + 1:04d}_nothing_new.py"
    assert "op." not in path.read_text("utf-8").partition("def upgrade")[2]
