"""Write a new numbered migration from the tables: `make migration NAME=add_something`."""

import os
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from survey.storage.migrations.upgrade import migration_config
from survey.storage.sqlite import migrating_engine

VERSIONS = Path(__file__).parent / "versions"


def make_migration(name: str, folder: Path = VERSIONS) -> Path:
    """Write the difference between the migrations and the tables, and return the file."""
    config = migration_config()
    config.set_main_option("version_locations", os.pathsep.join({str(VERSIONS), str(folder)}))
    newest = ScriptDirectory.from_config(config).get_current_head()
    number = f"{int(newest or 0) + 1:04d}"
    with tempfile.TemporaryDirectory() as empty:
        engine = migrating_engine(Path(empty) / "empty.sqlite3")
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            if newest is not None:
                command.upgrade(config, "head")
            script = command.revision(
                config, name, autogenerate=True, rev_id=number, version_path=str(folder)
            )
    return Path(script.path)  # type: ignore[union-attr]


if __name__ == "__main__":
    sys.stdout.write(f"{make_migration(sys.argv[1])}\n")
