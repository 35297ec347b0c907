"""The application over HTTP, with one campaign of each audience to answer."""

from collections.abc import Iterator

import pytest
from answering import Codes, StandingClock, seed
from starlette.testclient import TestClient

from survey.settings import Settings
from web.app import create_app


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def codes(settings: Settings) -> Codes:
    return seed(settings)


@pytest.fixture
def client(settings: Settings, codes: Codes, clock: StandingClock) -> Iterator[TestClient]:
    app = create_app(settings, clock)
    with TestClient(app, base_url=settings.public_origin, follow_redirects=False) as client:
        yield client
