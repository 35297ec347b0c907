"""The console over HTTP, with one evaluation and two officers."""

from collections.abc import Iterator

import pytest
from answering import StandingClock
from console_visit import Visit, add_evaluation, add_people
from starlette.testclient import TestClient

from survey.settings import Settings
from survey.storage.database import open_database
from web.app import create_app


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def client(sqlite_settings: Settings, clock: StandingClock) -> Iterator[TestClient]:
    database = open_database(sqlite_settings)
    with database.writing() as session:
        add_people(session)
        add_evaluation(session)
    database.close()
    app = create_app(sqlite_settings, clock)
    with TestClient(app, base_url=sqlite_settings.public_origin, follow_redirects=False) as client:
        yield client


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
