"""What somebody sees who gets the whole database: its bytes, and where in them a row lies."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import create_engine, text


class RawStorage:
    """The storage of a database, read past its service.

    An SQLite file is read as it lies on the disk, with all that lies beside it. PostgreSQL hands
    out its own files and the hidden columns of its rows.
    """

    def __init__(self, settings):
        self._settings = settings
        self.is_sqlite = settings.sqlite_path is not None

    def found(self, needles: Sequence[bytes]) -> set[bytes]:
        """Return which of the needles stand in a file: of tables, indexes, free pages, the log."""
        return {needle for content in self._contents() for needle in needles if needle in content}

    def found_in_server_log(self, needles: Sequence[bytes]) -> set[bytes]:
        """Return which of the needles stand in a server's write-ahead log."""
        if self.is_sqlite:
            return set()
        return {
            needle
            for content in self._read("'pg_wal/' || name FROM pg_ls_waldir()")
            for needle in needles
            if needle in content
        }

    def laid(self, table: str, key: str) -> list[tuple[str, bytes]]:
        """Return (transaction, key) of a table's rows in the order they lie in.

        SQLite keeps no transactions.
        """
        if self.is_sqlite:
            content = self._settings.sqlite_path.read_bytes()
            keys = [bytes(row[0]) for row in self._rows(f"SELECT {key} FROM {table}")]
            return [("", found) for found in sorted(keys, key=content.index)]
        rows = self._rows(f"SELECT xmin::text, {key} FROM {table} ORDER BY ctid")
        return [
            (xmin, found.bytes if isinstance(found, UUID) else bytes(found)) for xmin, found in rows
        ]

    def counters(self) -> set[str]:
        """Return the tables for which the database counts rows up."""
        if self.is_sqlite:
            rows = self._rows("SELECT name FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%'")
            return {name for (name,) in rows}
        return {name for (name,) in self._rows("SELECT sequencename FROM pg_sequences")}

    def gather_statistics(self) -> None:
        """Let a server take samples of its columns, as it does by itself now and then."""
        if not self.is_sqlite:
            self._rows("ANALYZE")

    def _contents(self) -> Iterator[bytes]:
        if self.is_sqlite:
            for path in sorted(self._settings.data_dir.rglob("*")):
                if path.is_file():
                    yield path.read_bytes()
            return
        self._rows("CHECKPOINT")
        yield from self._read(
            "folder || '/' || pg_ls_dir(folder) FROM (SELECT 'base/' || oid AS folder"
            " FROM pg_database WHERE datname = current_database()) AS here"
        )

    def _read(self, names: str) -> Iterator[bytes]:
        rows = self._rows(
            "SELECT pg_read_binary_file(name, 0, 1 << 29, true)"
            f" FROM (SELECT {names}) AS files(name)"
        )
        return (bytes(content or b"") for (content,) in rows)

    def _rows(self, statement, **given):
        with self._connected() as connection:
            result = connection.execute(text(statement), given)
            return result.all() if result.returns_rows else []

    @contextmanager
    def _connected(self):
        engine = create_engine(self._settings.database_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection
        engine.dispose()
