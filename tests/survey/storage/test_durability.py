import logging
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import quote

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from survey.errors import (
    DatabaseInUse,
    DatabaseRefused,
    DatabaseUrlRefused,
    SetupError,
    SqliteWalDefect,
    TooManySqliteWriters,
    UnsafeDurability,
)
from survey.language import LOCALES, messages
from survey.storage import sqlite
from survey.storage.database import open_database


def test_sqlite_is_opened_to_keep_what_it_confirms(sqlite_database):
    with sqlite_database.writing() as session:
        values = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "mmap_size",
            )
        }

    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "mmap_size": 0,
    }


@pytest.mark.parametrize(
    ("weaker", "name"),
    [
        ("PRAGMA synchronous=NORMAL", "synchronous"),
        ("PRAGMA synchronous=OFF", "synchronous"),
        ("PRAGMA journal_mode=MEMORY", "journal_mode"),
        ("PRAGMA journal_mode=DELETE", "journal_mode"),
        ("PRAGMA foreign_keys=OFF", "foreign_keys"),
        ("PRAGMA secure_delete=OFF", "secure_delete"),
    ],
)
def test_a_weaker_sqlite_connection_is_refused_by_name(tmp_path, weaker, name):
    connection = sqlite3.connect(tmp_path / "weak.sqlite3", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    sqlite.check_durability(connection)

    connection.execute(weaker)

    with pytest.raises(UnsafeDurability) as refused:
        sqlite.check_durability(connection)
    assert refused.value.values["name"] == name
    connection.close()


@pytest.mark.parametrize("option", ["synchronous=normal", "mode=memory", "cache=shared", "vfs=x"])
def test_options_in_an_sqlite_address_are_refused(sqlite_settings, option):
    url = f"{sqlite_settings.database_url}?{option}"

    with pytest.raises(DatabaseUrlRefused):
        open_database(replace(sqlite_settings, database_url=url))


@pytest.mark.postgresql
@pytest.mark.parametrize("where", ["address", "database"])
def test_a_postgresql_that_confirms_early_is_refused(postgresql_settings, where):
    url = postgresql_settings.database_url
    if where == "address":
        url += "&options=" + quote("-c synchronous_commit=off")
    else:
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            name = connection.execute(text("SELECT current_database()")).scalar_one()
            connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
        engine.dispose()

    with pytest.raises(UnsafeDurability) as refused:
        open_database(replace(postgresql_settings, database_url=url))

    assert refused.value.values == {"name": "synchronous_commit", "value": "off", "wanted": "on"}


@pytest.mark.postgresql
@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
def test_a_postgresql_server_without_safe_writes_is_refused(
    postgresql_settings, postgresql_url, name
):
    with server_setting(postgresql_url, name), pytest.raises(UnsafeDurability) as refused:
        open_database(postgresql_settings)

    assert refused.value.values["name"] == name
    open_database(postgresql_settings).close()


@contextmanager
def server_setting(url, name):
    """Switch a setting of the whole server off, and on again at the end."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    _alter(engine, f"ALTER SYSTEM SET {name} = off", name, "off")
    yield
    _alter(engine, f"ALTER SYSTEM RESET {name}", name, "on")


def _alter(engine, statement, name, value):
    with engine.connect() as connection:
        connection.execute(text(statement))
        connection.execute(text("SELECT pg_reload_conf()"))
    for _ in range(100):
        with engine.connect() as connection:
            if connection.execute(text(f"SHOW {name}")).scalar_one() == value:
                return
        time.sleep(0.05)
    pytest.fail(f"{name} did not become {value}")


@pytest.mark.parametrize(
    ("version", "refusal"),
    [
        ((3, 7, 0), SqliteWalDefect),
        ((3, 40, 1), SqliteWalDefect),
        ((3, 51, 2), SqliteWalDefect),
        ((3, 51, 3), TooManySqliteWriters),
        ((3, 54, 1), TooManySqliteWriters),
    ],
)
@pytest.mark.parametrize("more", [{"workers": 2}, {"writing_connections": 2}])
def test_more_than_one_sqlite_writer_is_refused_with_the_reason(
    sqlite_settings, version, refusal, more
):
    with pytest.raises(SetupError) as refused:
        sqlite.check_writers(replace(sqlite_settings, **more), version)

    assert type(refused.value) is refusal
    for locale in LOCALES:
        sentence = messages().phrase(f"errors.{refusal.code}", locale, **refused.value.values)
        assert "MINYI_WORKERS" in sentence
        assert ("3." in sentence) is (refusal is SqliteWalDefect)


@pytest.mark.parametrize("more", [{"workers": 2}, {"writing_connections": 2}])
def test_the_start_is_refused_before_a_file_is_made(sqlite_settings, more):
    sqlite_settings.sqlite_path.unlink()

    with pytest.raises(TooManySqliteWriters):
        open_database(replace(sqlite_settings, **more))

    assert not sqlite_settings.sqlite_path.exists()


@pytest.mark.parametrize(
    ("version", "warnings"),
    [((3, 6, 23), 0), ((3, 7, 0), 1), ((3, 40, 1), 1), ((3, 51, 2), 1), ((3, 51, 3), 0)],
)
def test_a_single_writer_is_warned_of_a_defective_sqlite(
    sqlite_settings, caplog, version, warnings
):
    sqlite.warn_of_defect.cache_clear()
    with caplog.at_level(logging.WARNING):
        sqlite.check_writers(sqlite_settings, version)
        sqlite.check_writers(sqlite_settings, version)

    assert len(caplog.records) == warnings
    assert all(".".join(map(str, version)) in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize(
    "refusal",
    [
        UnsafeDurability(name="fsync", value="off", wanted="on"),
        DatabaseInUse(path="/data/minyi.sqlite3", process="4711"),
        DatabaseRefused("database_missing", path="/data/minyi.sqlite3"),
        DatabaseRefused("database_not_migrated"),
        DatabaseRefused("database_too_new", revision="0009", newest="0001"),
        DatabaseRefused("database_unreachable", reason="connection refused"),
        DatabaseRefused("foreign_keys_broken", count=3),
    ],
    ids=lambda refusal: refusal.code,
)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_refusal_says_what_is_wrong_in_both_languages(refusal, locale):
    sentence = messages().phrase(f"errors.{refusal.code}", locale, **refusal.values)

    assert "{" not in sentence
    assert all(str(value) in sentence for value in refusal.values.values())
