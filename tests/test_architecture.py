"""The import rules of the house, and what a reader may rely on in every file."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    p for package in ("scales", "survey", "web") for p in (ROOT / package).rglob("*.py")
)


def test_the_import_rules_hold():
    command = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_no_file_is_longer_than_400_lines():
    long = [p for p in SOURCES if len(p.read_text("utf-8").splitlines()) > 400]

    assert long == []


@pytest.mark.parametrize("folder", ["survey/storage/tables", "survey/rules", "scales"])
def test_every_module_says_what_it_is_for(folder):
    silent = [
        p.name for p in (ROOT / folder).glob("*.py") if not p.read_text("utf-8").startswith('"""')
    ]

    assert silent == []


def test_only_evaluate_and_results_read_figures():
    allowed = {ROOT / "survey/results.py", ROOT / "survey/storage/queries/figures.py"}
    readers = {
        p
        for p in SOURCES
        if "storage.queries.figures" in p.read_text("utf-8")
        and not p.is_relative_to(ROOT / "survey/evaluate")
        and not p.is_relative_to(ROOT / "survey/results")
    }

    assert readers <= allowed


def test_nothing_but_settings_reads_the_environment():
    readers = {
        p.relative_to(ROOT).as_posix()
        for p in SOURCES
        if "os.environ" in p.read_text("utf-8") or "getenv" in p.read_text("utf-8")
    }

    assert all(path.startswith(("survey/commands/", "web/app.py")) for path in readers), readers
