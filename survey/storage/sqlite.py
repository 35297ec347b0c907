"""SQLite: one connection that writes, others that only read, and the lock that keeps it so."""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from survey.errors import (
    DatabaseInUse,
    DatabaseRefused,
    SqliteWalDefect,
    TooManySqliteWriters,
    UnsafeDurability,
)
from survey.language import LOCALES, messages
from survey.settings import Settings

_DEFECT_FROM, _DEFECT_TO = (3, 7, 0), (3, 51, 2)  # WAL reset, mended in 3.51.3
_BUSY_SECONDS = 5.0
_LOG_WAIT_MILLISECONDS = 200
_OUTAGES = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
)
_READERS, _MORE_READERS, _READER_WAIT_SECONDS = 8, 8, 2.0
_WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}

_log = logging.getLogger(__name__)


def check_writers(settings: Settings, version: tuple[int, int, int]) -> None:
    """Refuse more than one writing process or connection; warn of a defect one cannot meet."""
    has_defect = _DEFECT_FROM <= version <= _DEFECT_TO
    number = ".".join(map(str, version))
    if settings.workers > 1 or settings.writing_connections > 1:
        refusal = SqliteWalDefect if has_defect else TooManySqliteWriters
        raise refusal(
            version=number,
            workers=settings.workers,
            writing_connections=settings.writing_connections,
        )
    if has_defect:
        warn_of_defect(number)


@cache
def warn_of_defect(number: str) -> None:
    """Say once in a process that the linked SQLite has a defect, which one writer cannot meet."""
    sentences = [messages().phrase("serve.sqlite_defect", each, version=number) for each in LOCALES]
    _log.warning("\n".join(sentences))


def lock_for_writing(path: Path) -> TextIO:
    """Hold the lock beside the database file; another holder means a refusal."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock_path = path.with_name(f"{path.name}.lock")
    lock = lock_path.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip() or "?"
        lock.close()
        raise DatabaseInUse(path=str(path), process=holder) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def migrating_engine(path: Path) -> Engine:
    """Return an engine for migrations: foreign keys rest while tables are rebuilt."""

    def connect() -> sqlite3.Connection:
        connection = _connect(path, mode="rwc")
        _set(connection, journal_mode="WAL", synchronous="FULL", foreign_keys="OFF")
        return connection

    return _begin_with("BEGIN IMMEDIATE", _engine(connect, poolclass=NullPool))


def writing_engine(path: Path) -> Engine:
    """Return the engine of the one connection that writes and checkpoints."""

    def connect() -> sqlite3.Connection:
        connection = _connect(path, mode="rwc")
        _set(
            connection,
            journal_mode="WAL",
            synchronous="FULL",
            foreign_keys="ON",
            secure_delete="ON",
            mmap_size="0",
        )
        check_durability(connection)
        return connection

    return _begin_with("BEGIN IMMEDIATE", _engine(connect, poolclass=StaticPool))


def reading_engine(path: Path) -> Engine:
    """Return the engine of the connections that cannot write."""
    if not path.is_file():
        raise DatabaseRefused("database_missing", path=str(path))

    def connect() -> sqlite3.Connection:
        connection = _connect(path, mode="ro")
        _set(connection, query_only="ON", wal_autocheckpoint="0", mmap_size="0")
        return connection

    engine = _engine(
        connect,
        poolclass=QueuePool,
        pool_size=_READERS,
        max_overflow=_MORE_READERS,
        pool_timeout=_READER_WAIT_SECONDS,
    )
    return _begin_with("BEGIN", engine)


def check_durability(connection: sqlite3.Connection) -> None:
    """Read the settings back: the database may have kept others than those asked for."""
    for name, wanted in _WANTED.items():
        (value,) = connection.execute(f"PRAGMA {name}").fetchone()
        if value != wanted:
            raise UnsafeDurability(name=name, value=value, wanted=wanted)


def empty_write_ahead_log(engine: Engine) -> bool:
    """Move the log into the database file and cut it off; False if a reader holds on to it."""
    pooled = engine.raw_connection()
    connection = pooled.driver_connection
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError(f"not an SQLite connection: {connection!r}")
    try:
        _set(connection, busy_timeout=str(_LOG_WAIT_MILLISECONDS))
        (is_busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        _set(connection, busy_timeout=str(round(_BUSY_SECONDS * 1000)))
        pooled.close()
    return not is_busy


def is_outage(code: int) -> bool:
    """Whether an SQLite error is the file's or the disk's, and not the statement's."""
    return code & 0xFF in _OUTAGES


def _engine(connect: Callable[[], sqlite3.Connection], **pool: Any) -> Engine:
    """Return an engine over connections made by hand; its errors carry no answers into a log."""
    return create_engine("sqlite://", creator=connect, hide_parameters=True, **pool)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,  # transactions begin as _begin_with says
        check_same_thread=False,
        cached_statements=256,
    )


def _set(connection: sqlite3.Connection, **pragmas: str) -> None:
    for name, value in pragmas.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()


def _begin_with(statement: str, engine: Engine) -> Engine:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return engine
