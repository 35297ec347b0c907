"""Database: sessions that read, sessions that write, on SQLite and on PostgreSQL."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from survey.errors import DatabaseRefused, DatabaseUnavailable, DatabaseUrlRefused, SetupError
from survey.settings import Settings
from survey.storage import postgresql, sqlite
from survey.storage.migrations.upgrade import require_head, upgrade_to_head

_TURN_SECONDS = 5.0
_SHEETS_TURN_SECONDS = 30.0  # sheets wait for the console rather than fail


class Database:
    """An open database; made by `open_database`.

    On SQLite one connection writes, and `writing` hands it to one thread at a time.
    """

    def __init__(
        self,
        settings: Settings,
        reading: Engine,
        writing: Engine | None = None,
        writing_sheets: Engine | None = None,
        lock: TextIO | None = None,
    ) -> None:
        self.settings = settings
        self.dialect = reading.dialect.name
        self._reading = reading
        self._writing = writing
        self._writing_sheets = writing_sheets
        self._lock = lock
        self._turn = threading.Lock() if self.dialect == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one committed state and cannot write."""
        with _named_failures(), Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session in one transaction that commits at the end, durably."""
        with self._transaction(self._writing, _TURN_SECONDS) as session:
            yield session

    @contextmanager
    def writing_sheets(self) -> Iterator[Session]:
        """Yield the same to the writer; on PostgreSQL it has a connection of its own."""
        with self._transaction(self._writing_sheets, _SHEETS_TURN_SECONDS) as session:
            yield session

    def scrub(self, *tables: str) -> bool:
        """Leave no trace of rows erased from tables in files; False if readers were in the way."""
        if self._writing is None:
            raise RuntimeError("the database was opened for reading only")
        with _named_failures(), self._own_turn(_TURN_SECONDS):
            if self.dialect == "sqlite":
                return sqlite.empty_write_ahead_log(self._writing)
            return all([postgresql.rewrite_table(self._writing, table) for table in tables])

    def close(self) -> None:
        """Close every connection and let others write."""
        for engine in (self._reading, self._writing, self._writing_sheets):
            if engine is not None:
                engine.dispose()
        if self._lock is not None:
            self._lock.close()

    @contextmanager
    def _transaction(self, engine: Engine | None, wait_seconds: float) -> Iterator[Session]:
        if engine is None:
            raise RuntimeError("the database was opened for reading only")
        with (
            _named_failures(),
            self._own_turn(wait_seconds),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def _own_turn(self, wait_seconds: float) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=wait_seconds):
            raise DatabaseUnavailable
        try:
            yield
        finally:
            self._turn.release()


def open_database(settings: Settings, *, writable: bool = True) -> Database:
    """Open the database of the settings and bring its tables up to date.

    Unsafe durability, a second writer of an SQLite file and an unknown version are refused.
    `writable=False` takes no lock and migrates nothing; it may stand beside a running service.
    """
    try:
        if settings.database_url.startswith("postgresql+psycopg://"):
            return _open_postgresql(settings, writable=writable)
        return _open_sqlite(settings, writable=writable)
    except (DBAPIError, sqlite3.Error, OSError) as error:
        reason = getattr(error, "orig", None) or error
        raise DatabaseRefused("database_unreachable", reason=str(reason).strip()) from error


def _open_sqlite(settings: Settings, *, writable: bool) -> Database:
    path = settings.sqlite_path
    if path is None or "?" in settings.database_url or not path.name or ":memory:" in path.name:
        raise DatabaseUrlRefused(name="MINYI_DATABASE_URL")
    if not writable:
        return _checked(Database(settings, sqlite.reading_engine(path)))
    sqlite.check_writers(settings, sqlite3.sqlite_version_info)
    lock = sqlite.lock_for_writing(path)
    try:
        upgrade_to_head(sqlite.migrating_engine(path))
        writing = sqlite.writing_engine(path)
        with writing.connect():
            pass  # makes the connection, which checks its durability
    except BaseException:
        lock.close()
        raise
    return Database(settings, sqlite.reading_engine(path), writing, writing, lock)


def _open_postgresql(settings: Settings, *, writable: bool) -> Database:
    engine = postgresql.pooled_engine(settings)
    try:
        if not writable:
            return _checked(Database(settings, postgresql.reading_options(engine)))
        with engine.connect() as connection:
            postgresql.check_durability(connection)
        upgrade_to_head(engine, before=postgresql.lock_migrations)
    except BaseException:
        engine.dispose()
        raise
    sheets = postgresql.single_engine(settings)
    return Database(settings, postgresql.reading_options(engine), engine, sheets)


def _checked(database: Database) -> Database:
    try:
        with database.reading() as session:
            require_head(session.connection())
    except SetupError:
        database.close()
        raise
    return database


@contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except PoolTimeout as error:
        raise DatabaseUnavailable from error
    except DBAPIError as error:
        if not _is_outage(error):
            raise
        raise DatabaseUnavailable from error


def _is_outage(error: DBAPIError) -> bool:
    """Whether the database failed (gone, busy, full), rather than the statement."""
    sqlite_code = getattr(error.orig, "sqlite_errorcode", None)
    if sqlite_code is not None:
        return sqlite.is_outage(sqlite_code)
    return error.connection_invalidated or isinstance(error, OperationalError)
