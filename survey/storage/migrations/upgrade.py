"""Bring a database to the newest migration, or say why not."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection

from survey.errors import DatabaseRefused

_FOLDER = Path(__file__).parent


def upgrade_to_head(engine: Engine, before: Callable[[Connection], None] | None = None) -> None:
    """Run the migrations that are missing, all in one transaction."""
    with engine.begin() as connection:
        if before is not None:
            before(connection)
        revision = _revision(connection)
        if revision == head():
            return
        config = migration_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _check_foreign_keys(connection)


def require_head(connection: Connection) -> None:
    """Refuse a database that is not at the newest migration."""
    if _revision(connection) != head():
        raise DatabaseRefused("database_not_migrated")


@cache
def head() -> str:
    """Return the newest migration's number."""
    newest = ScriptDirectory.from_config(migration_config()).get_current_head()
    if newest is None:
        raise RuntimeError(f"no migrations in {_FOLDER}")
    return newest


def migration_config() -> Config:
    """Return Alembic's configuration; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str | None:
    """Return the number the database is at; None when it is empty."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and revision > head():
        raise DatabaseRefused("database_too_new", revision=revision, newest=head())
    return revision


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise DatabaseRefused("foreign_keys_broken", count=len(broken))
