"""PostgreSQL: the pool, read-only transactions, and the check that nothing confirmed is lost."""

from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from survey.errors import UnsafeDurability
from survey.settings import Settings

_CONNECTIONS, _MORE_CONNECTIONS, _WAIT_SECONDS = 8, 8, 2.0
_CONNECT_SECONDS, _SILENCE_MILLISECONDS = 2, 10_000
_LOCK_WAIT_MILLISECONDS = 500
_MIGRATION_LOCK = 0x6D696E7969  # "minyi"
_UNSAFE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def pooled_engine(settings: Settings) -> Engine:
    """Return the engine of a process."""
    return _engine(settings, _CONNECTIONS, _MORE_CONNECTIONS)


def single_engine(settings: Settings) -> Engine:
    """Return an engine with one connection, which pages cannot use up."""
    return _engine(settings, 1, 0)


def _engine(settings: Settings, connections: int, more: int) -> Engine:
    return create_engine(
        settings.database_url,
        hide_parameters=True,  # an error that reaches a log carries no answers
        pool_size=connections,
        max_overflow=more,
        pool_timeout=_WAIT_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "tcp_user_timeout": _SILENCE_MILLISECONDS,
            "application_name": "minyi",
        },
    )


def reading_options(engine: Engine) -> Engine:
    """Return the same pool for transactions that read one state and cannot write."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def check_durability(connection: Connection) -> None:
    """Refuse a server, database or role that confirms before it has stored."""
    for name, unsafe in _UNSAFE.items():
        value = connection.execute(text(f"SHOW {name}")).scalar_one()
        if value == unsafe:
            raise UnsafeDurability(name=name, value=value, wanted="on")


def lock_migrations(connection: Connection) -> None:
    """Let one process migrate at a time, until its transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def rewrite_table(engine: Engine, table: str) -> bool:
    """Write a table anew without the rows erased from it; False if readers were in the way."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            connection.execute(text(f"SET lock_timeout = {_LOCK_WAIT_MILLISECONDS}"))
            connection.execute(text(f"VACUUM (FULL) {table}"))
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable):
                raise
            return False
        finally:
            if not connection.invalidated:
                connection.execute(text("RESET lock_timeout"))
    return True
