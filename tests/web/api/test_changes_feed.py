"""Before and after in the feed, with nothing that a page hides."""

import csv
import io

import pytest
from answering import StandingClock
from builders import NOON
from change_builders import two_years
from conftest import settings_in
from console_visit import NAME, add_people
from starlette.testclient import TestClient

from survey.people import issue_token
from survey.storage.database import open_database
from web.app import create_app

CHANGES = "/api/v1/evaluations/year2026/changes"


@pytest.fixture(scope="module")
def two_years_feed(tmp_path_factory):
    settings = settings_in(tmp_path_factory.mktemp("changes"))
    database = open_database(settings)
    with database.writing() as session:
        add_people(session)
        two_years(session)
        key = settings.key("tokens")
        token = issue_token(session, name=NAME, key=key, now=NOON, actor="test")
    database.close()
    headers = {"authorization": f"Bearer {token}"}
    app = create_app(settings, StandingClock())
    with TestClient(app, base_url=settings.public_origin, headers=headers) as client:
        yield client


def test_changes_come_with_interval_size_and_band(two_years_feed):
    found = two_years_feed.get(CHANGES, params={"with": "year2025"}).json()

    assert (found["before"]["code"], found["after"]["code"]) == ("year2025", "year2026")
    (scale,) = found["scales"]
    risen = scale["units"][0]
    assert risen["ci95_percent"][0] > 0
    assert risen["hedges_g_ci95"][0] < risen["hedges_g"] < risen["hedges_g_ci95"][1]
    assert risen["band"] == "large"


def test_a_hidden_side_is_null_with_a_reason(two_years_feed):
    found = two_years_feed.get(CHANGES, params={"with": "year2025"}).json()

    for unit, reason in zip(
        found["scales"][0]["units"][3:], ("withheld_before", "withheld_after"), strict=True
    ):
        assert unit.pop("not_shown")["code"] == reason
        assert {name for name, value in unit.items() if value is not None} == {
            "unit",
            "name",
            "category",
        }


def test_the_same_as_csv(two_years_feed):
    reply = two_years_feed.get(CHANGES, params={"with": "year2025", "format": "csv"})

    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert [row["unit"] for row in rows] == ["C1", "C2", "C3", "C4", "C5"]
    assert float(rows[0]["ci95_percent_low"]) < float(rows[0]["change_percent"])
    assert (rows[3]["not_shown"], rows[3]["before_percent"]) == ("withheld_before", "")
    assert {row["run_after"] for row in rows} != {""}


@pytest.mark.parametrize(
    ("query", "status"), [({"with": "year2026"}, 404), ({"with": "nothing"}, 404), ({}, 422)]
)
def test_another_evaluation_has_to_be_named(two_years_feed, query, status):
    assert two_years_feed.get(CHANGES, params=query).status_code == status


def test_counts_by_total_score_never_leave(two_years_feed):
    reply = two_years_feed.get("/api/v1/evaluations/year2026/scores")

    assert '"rows"' not in reply.text
    assert '"totals"' not in reply.text
