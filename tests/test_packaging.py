"""What the wheel contains, and what must never be in a lock file."""

import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return zipfile.ZipFile(next(folder.glob("*.whl"))).namelist()


def test_the_wheel_holds_our_three_packages_and_nothing_else(wheel_names):
    tops = {name.split("/")[0] for name in wheel_names}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"scales", "survey", "web"}


@pytest.mark.parametrize(
    "name",
    [
        "scales/questionnaires/citizen-service.v1.toml",
        "scales/py.typed",
        "survey/locales/zh-Hans.toml",
        "survey/trees/yearly.v1.toml",
        "survey/storage/migrations/script.py.mako",
        "web/locales/en.toml",
        "web/templates/layout.html",
        "web/static/vendor/versions.toml",
    ],
)
def test_the_wheel_carries_what_the_code_reads(wheel_names, name):
    assert name in wheel_names


@pytest.mark.parametrize("package", ["scales", "survey", "web"])
def test_no_other_distribution_brings_our_names(package):
    assert set(packages_distributions().get(package, ["minyi"])) == {"minyi"}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locks_have_hashes_and_no_address(name):
    text = (ROOT / name).read_text("utf-8")
    pins = re.findall(r"^\S+==", text, re.MULTILINE)

    assert len(pins) > 20
    assert all(
        "--hash=sha256:" in block for block in re.split(r"\n(?=\S+==)", text) if "==" in block
    )
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)


def test_a_running_service_needs_none_of_the_development_part():
    runtime = (ROOT / "requirements.txt").read_text("utf-8")

    assert not re.search(r"^(pytest|playwright|pingouin|pixeltable)", runtime, re.MULTILINE)
