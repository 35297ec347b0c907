"""Real databases for every test: a migrated copy of SQLite's file, a migrated PostgreSQL database.

- `settings`, `database`, `session`: each test runs twice, on SQLite and on PostgreSQL;
- `sqlite_settings`, `sqlite_database`, `sqlite_session`: where one database is enough;
- `postgresql_settings`, `postgresql_database`: what only a server shows.

- `empty_settings`: before any migration, on both.

`…settings` name a migrated database that nobody has open; `…database` is open; `…session` is one
writing transaction of it: while a test holds it, nothing else writes.
"""

import itertools
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from postgresql_server import PostgresqlServer, ServerFailed
from sqlalchemy import create_engine, text
from sqlmodel import Session

from survey.settings import Settings
from survey.storage.database import Database, open_database

SECRET_KEY = b"9f2c61d07ab84e35a1f0c6d2b7e8493a"
_numbers = itertools.count(1)

# a property is about what is right, not how fast a busy machine shows it
hypothesis_settings.register_profile("minyi", deadline=None)
hypothesis_settings.load_profile("minyi")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgresql: needs a PostgreSQL server")


def settings_in(folder: Path) -> Settings:
    """Settings of a new SQLite file in a folder."""
    return Settings(
        database_url=f"sqlite:///{folder / 'minyi.sqlite3'}",
        secret_key=SECRET_KEY,
        public_origin="http://127.0.0.1:8000",
        data_dir=folder,
    )


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = settings_in(tmp_path_factory.mktemp("migrated"))
    open_database(settings).close()
    assert settings.sqlite_path is not None
    return settings.sqlite_path


@pytest.fixture
def sqlite_settings(tmp_path: Path, _migrated_file: Path) -> Settings:
    settings = settings_in(tmp_path)
    shutil.copy(_migrated_file, tmp_path / "minyi.sqlite3")
    return settings


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of a server's database that tests may make others from."""
    given = os.environ.get("MINYI_TEST_DATABASE_URL")
    if given:
        yield f"postgresql+psycopg://{given.partition('://')[2]}"
        return
    server = PostgresqlServer()
    reason = _reason_why_not_started(server)
    if reason is not None:
        server.stop()
        pytest.fail(
            f"PostgreSQL does not start, and these tests need it: {reason}\n"
            "Remedy: `make test` installs it, or name a server in MINYI_TEST_DATABASE_URL "
            "(its user must be allowed to create databases).",
            pytrace=False,
        )
    yield server.url("postgres")
    server.stop()


@pytest.fixture(scope="session")
def _migrated_database(
    postgresql_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    name = f"minyi_{os.getpid()}_migrated"
    _administer(postgresql_url, f"CREATE DATABASE {name}")
    folder = tmp_path_factory.mktemp("postgresql")
    settings = replace(settings_in(folder), database_url=_beside(postgresql_url, name))
    open_database(settings).close()
    yield name
    _administer(postgresql_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_settings(
    tmp_path: Path, postgresql_url: str, _migrated_database: str
) -> Iterator[Settings]:
    name = f"minyi_{os.getpid()}_{next(_numbers)}"
    _administer(postgresql_url, f"CREATE DATABASE {name} TEMPLATE {_migrated_database}")
    yield replace(settings_in(tmp_path), database_url=_beside(postgresql_url, name))
    _administer(postgresql_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def settings(request: pytest.FixtureRequest) -> Settings:
    chosen: Settings = request.getfixturevalue(f"{request.param}_settings")
    return chosen


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database that has no tables yet."""
    if request.param == "sqlite":
        yield settings_in(tmp_path)
        return
    url = request.getfixturevalue("postgresql_url")
    name = f"minyi_{os.getpid()}_{next(_numbers)}"
    _administer(url, f"CREATE DATABASE {name}")
    yield replace(settings_in(tmp_path), database_url=_beside(url, name))
    _administer(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    yield from _opened(settings)


@pytest.fixture
def sqlite_database(sqlite_settings: Settings) -> Iterator[Database]:
    yield from _opened(sqlite_settings)


@pytest.fixture
def postgresql_database(postgresql_settings: Settings) -> Iterator[Database]:
    yield from _opened(postgresql_settings)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def sqlite_session(sqlite_database: Database) -> Iterator[Session]:
    with sqlite_database.writing() as session:
        yield session


def _opened(settings: Settings) -> Iterator[Database]:
    database = open_database(settings)
    yield database
    database.close()


def _reason_why_not_started(server: PostgresqlServer) -> str | None:
    try:
        server.start()
    except (ServerFailed, OSError) as error:
        return str(error)
    return None


def _administer(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _beside(url: str, database: str) -> str:
    """Return the address of another database on the same server."""
    head, question, options = url.partition("?")
    return f"{head.rpartition('/')[0]}/{database}{question}{options}"
