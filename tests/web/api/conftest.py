"""The feed over HTTP, with a token that opens it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from answering import StandingClock
from builders import NOON
from conftest import settings_in
from console_visit import NAME, add_evaluation, add_people
from starlette.testclient import TestClient

from survey.people import issue_token
from survey.storage.database import open_database
from web.app import create_app


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("feed")
    settings = settings_in(folder)
    database = open_database(settings)
    with database.writing() as session:
        add_people(session)
        add_evaluation(session)
        key = settings.key("tokens")
        token = issue_token(session, name=NAME, key=key, now=NOON, actor="test")
    database.close()
    headers = {"authorization": f"Bearer {token}"}
    app = create_app(settings, StandingClock())
    with TestClient(app, base_url=settings.public_origin, headers=headers) as client:
        yield client
