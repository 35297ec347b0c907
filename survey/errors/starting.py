"""Why the service does not start: a setting, or the database."""

from survey.errors.family import SetupError


class SettingMissing(SetupError):
    """A setting without a default was not given."""

    code = "setting_missing"


class SettingInvalid(SetupError):
    """A setting is not of the form it must have."""

    code = "setting_invalid"


class SecretTooWeak(SetupError):
    """The secret key is short, guessable, or one that everybody knows."""

    code = "secret_too_weak"


class DebugRefused(SetupError):
    """Debug mode would show the inside of the service to everybody."""

    code = "debug_refused"


class PlainHttpRefused(SetupError):
    """The public address has no encryption."""

    code = "plain_http_refused"


class DatabaseUrlRefused(SetupError):
    """The database address names something that is not supported, or weakens it."""

    code = "database_url_refused"


class UnsafeDurability(SetupError):
    """The database might lose what it has confirmed."""

    code = "unsafe_durability"


class TooManySqliteWriters(SetupError):
    """SQLite is written by one process through one connection."""

    code = "too_many_sqlite_writers"


class SqliteWalDefect(TooManySqliteWriters):
    """The linked SQLite may corrupt a database that more than one connection writes."""

    code = "sqlite_wal_defect"


class DatabaseInUse(SetupError):
    """Another process writes this SQLite database."""

    code = "database_in_use"


class DatabaseRefused(SetupError):
    """The database is missing, out of reach, damaged or of another version; `code` says which."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        super().__init__(**values)
