"""The real `minyi` command, in a process of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def minyi(*arguments: object, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run `minyi` with these arguments in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "survey", *map(str, arguments)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
