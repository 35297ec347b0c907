"""The console over HTTP, with one scored evaluation and two officers."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from answering import StandingClock
from conftest import settings_in
from console_visit import Visit, add_evaluation, add_people
from starlette.testclient import TestClient

from survey.settings import Settings
from survey.storage.database import open_database
from web.app import create_app


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
def _seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = settings_in(tmp_path_factory.mktemp("seeded"))
    database = open_database(settings)
    with database.writing() as session:
        add_people(session)
        add_evaluation(session)
    database.close()
    assert settings.sqlite_path is not None
    return settings.sqlite_path


@pytest.fixture
def console_settings(tmp_path: Path, _seeded_file: Path) -> Settings:
    shutil.copy(_seeded_file, tmp_path / "minyi.sqlite3")
    return settings_in(tmp_path)


@pytest.fixture
def client(console_settings: Settings, clock: StandingClock) -> Iterator[TestClient]:
    app = create_app(console_settings, clock)
    with TestClient(app, base_url=console_settings.public_origin, follow_redirects=False) as made:
        yield made


@pytest.fixture
def https_client(console_settings: Settings, clock: StandingClock) -> Iterator[TestClient]:
    settings = replace(console_settings, public_origin="https://minyi.example.cn")
    app = create_app(settings, clock)
    with TestClient(app, base_url=settings.public_origin, follow_redirects=False) as made:
        yield made


@pytest.fixture
def stranger(client: TestClient) -> Visit:
    """Nobody is signed in."""
    return Visit(client)


@pytest.fixture
def officer(client: TestClient) -> Visit:
    """An evaluator, signed in."""
    visit = Visit(client)
    assert visit.sign_in().status_code == 303
    return visit


@pytest.fixture
def auditor(client: TestClient) -> Visit:
    """An auditor, signed in: reads and changes nothing."""
    visit = Visit(client)
    assert visit.sign_in(name="李审").status_code == 303
    return visit
