import os
import pwd
import stat
from pathlib import Path

import pytest
from postgresql_server import PostgresqlServer
from sqlalchemy import create_engine, text

pytestmark = pytest.mark.postgresql


def modes_of(folder: Path) -> dict[Path, int]:
    return {parent: stat.S_IMODE(parent.stat().st_mode) for parent in folder.parents}


def test_a_test_server_leaves_no_folder_user_mode_or_process_behind():
    users = pwd.getpwall()
    server = PostgresqlServer()
    modes = modes_of(server.folder)

    server.start()
    engine = create_engine(server.url("postgres"))
    with engine.connect() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        assert connection.execute(text("SHOW fsync")).scalar_one() == "on"
    owner = Path(f"/proc/{pid}").stat().st_uid if Path("/proc").exists() else os.geteuid()
    engine.dispose()
    server.stop()

    assert owner != 0
    assert not server.folder.exists()
    assert modes_of(server.folder) == modes
    assert pwd.getpwall() == users
    assert not Path(f"/proc/{pid}").exists()
