"""`minyi serve`, `user` and `demo` as an administrator meets them."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GOOD = {
    "MINYI_SECRET_KEY": "q7f2kx81mzw93bvh5ndt60cjry4glsap",
    "MINYI_PUBLIC_ORIGIN": "http://127.0.0.1:8000",
}


def environment(folder, **given):
    values = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MINYI_DATA_DIR": str(folder)}
    return values | GOOD | given


def run(folder, *arguments, stdin="", **settings):
    return subprocess.run(
        [sys.executable, "-m", "survey", *arguments],
        cwd=folder,
        env=environment(folder, **settings),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    return number


@pytest.fixture
def service(tmp_path, port):
    """A running `minyi serve`, its folder and its address."""
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "survey", "serve", "--port", str(port)],
        env=environment(tmp_path, MINYI_PUBLIC_ORIGIN=address),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield process, tmp_path, address
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)


@pytest.mark.parametrize(
    "settings",
    [
        {"MINYI_SECRET_KEY": ""},
        {"MINYI_SECRET_KEY": "changeme-changeme-changeme-changeme"},
        {"MINYI_SECRET_KEY": "q7f2kx81mzw93bvh"},
        {"MINYI_DEBUG": "1"},
        {"MINYI_PUBLIC_ORIGIN": "http://minyi.example.cn"},
        {"MINYI_PUBLIC_ORIGIN": "http://192.168.1.5:8000"},
        {"MINYI_PUBLIC_ORIGIN": ""},
        {"MINYI_WORKERS": "2"},
        {"MINYI_DATABASE_URL": "mysql://x/y"},
    ],
    ids=lambda values: "=".join(*values.items()),
)
def test_a_service_that_would_be_unsafe_does_not_start(tmp_path, settings):
    done = run(tmp_path, "serve", **settings)

    assert done.returncode == 3
    (name,) = settings
    assert name in done.stderr or name == "MINYI_WORKERS"
    assert "Traceback" not in done.stderr


def test_several_workers_on_sqlite_are_refused_with_the_reason(tmp_path):
    done = run(tmp_path, "serve", "--workers", "2")

    assert done.returncode == 3
    assert "SQLite" in done.stderr


def test_a_running_service_keeps_other_writers_out(service):
    _, folder, address = service

    added = run(folder, "user", "add", "王敏", "--password-stdin", stdin="seven plain words\n")
    second = run(folder, "serve", MINYI_PUBLIC_ORIGIN=address)

    assert (added.returncode, second.returncode) == (3, 3)
    assert "停止" in added.stderr


def test_a_service_stops_when_it_is_told_to(tmp_path, port):
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "survey", "serve", "--port", str(port)],
        env=environment(tmp_path, MINYI_PUBLIC_ORIGIN=address),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    said = process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=20)

    assert address in said
    assert "Traceback" not in errors


def test_an_account_is_added_once_and_a_token_made_for_it(tmp_path):
    added = run(tmp_path, "user", "add", "王敏", "--password-stdin", stdin="seven plain words\n")
    again = run(tmp_path, "user", "add", "王敏", "--password-stdin", stdin="seven plain words\n")
    token = run(tmp_path, "user", "token", "王敏")

    assert (added.returncode, again.returncode, token.returncode) == (0, 1, 0)
    assert "王敏" in again.stderr
    assert token.stdout.startswith("minyi_")
    assert len(token.stdout.split()) == 1
    assert "seven plain words" not in added.stdout + added.stderr


@pytest.mark.parametrize("password", ["short", "", "aaaaaaaaaaaaaaa"])
def test_a_weak_password_makes_no_account(tmp_path, password):
    done = run(tmp_path, "user", "add", "王敏", "--password-stdin", stdin=f"{password}\n")

    assert done.returncode == 1
    assert "10" in done.stderr


def test_a_token_for_nobody_is_refused(tmp_path):
    done = run(tmp_path, "user", "token", "nobody", "--lang", "en")

    assert done.returncode == 1
    assert "minyi user add" in done.stderr


def test_wrong_usage_ends_with_two(tmp_path):
    assert run(tmp_path, "user", "add").returncode == 2
    assert run(tmp_path, "user", "add", "x", "--role", "king").returncode == 2
    assert run(tmp_path, "serve", "--port", "99999").returncode == 2


def test_the_demo_is_made_once_and_its_sign_in_kept_privately(tmp_path):
    first = run(tmp_path, "demo", MINYI_DEMO="1")
    moved = "http://127.0.0.1:9000"
    again = run(tmp_path, "demo", MINYI_DEMO="1", MINYI_PUBLIC_ORIGIN=moved)

    file = tmp_path / "demo-sign-in.txt"
    assert (first.returncode, again.returncode) == (0, 0)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = first.stdout.split("密码")[1].split()[0]
    assert password in again.stdout
    assert f"{moved}/console/" in again.stdout
    assert file.stat().st_uid == os.getuid()
