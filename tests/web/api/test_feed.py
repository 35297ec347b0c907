"""The feed: what another system reads, and what it never gets."""

import csv
import io

import pytest
from builders import NOON
from console_visit import EVALUATION, NAME
from sqlmodel import select

from survey.people import disable_officer, issue_token
from survey.storage.tables import ApiToken

BASE = f"/api/v1/evaluations/{EVALUATION}"
LISTS = ["units", "campaigns", "scores", "indicator-values", "totals"]


def table(reply):
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))


def test_evaluations_are_listed_under_their_codes(feed):
    (evaluation,) = feed.get("/api/v1/evaluations").json()

    assert (evaluation["code"], evaluation["unit_count"]) == (EVALUATION, 3)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_comes_as_json_and_as_csv(feed, name):
    assert feed.get(f"{BASE}/{name}").headers["content-type"] == "application/json"
    assert len(table(feed.get(f"{BASE}/{name}?format=csv"))) >= 3
    assert feed.get(f"{BASE}/{name}?format=xml").status_code == 422


@pytest.mark.parametrize("name", LISTS)
def test_no_internal_key_leaves(feed, name):
    text = feed.get(f"{BASE}/{name}").text

    for key in ('"id":', "_id", "token", "hash"):
        assert key not in text.replace('"questionnaire_id"', "")


def test_scores_are_unrounded_and_carry_what_they_stand_on(feed):
    scores = feed.get(f"{BASE}/scores").json()
    unit = next(unit for unit in scores["units"] if unit["code"] == "U1")
    citizen = next(cell for cell in unit["cells"] if cell["audience"] == "citizen")
    (score,) = citizen["scores"]

    assert score["n"] == 40
    assert score["mean_percent"] != round(score["mean_percent"], 4)
    assert score["ci95_percent"][0] < score["mean_percent"] < score["ci95_percent"][1]
    assert scores["run"]["inputs_digest"].startswith("sha256:")
    campaign = next(c for c in scores["campaigns"] if c["audience"] == "citizen")
    analysis = campaign["scales"][0]["analysis"]
    assert {"alpha", "alpha_ci95", "by_item", "warnings"} <= set(analysis)


def test_a_cell_of_too_few_gives_nothing_but_the_reason(feed):
    scores = feed.get(f"{BASE}/scores").json()
    unit = next(unit for unit in scores["units"] if unit["code"] == "U3")
    staff = next(cell for cell in unit["cells"] if cell["audience"] == "staff")

    assert staff["not_shown"] == {"code": "too_few", "minimum": 5}
    assert staff["sheet_count"] is None
    assert all(score["n"] is None and score["mean_percent"] is None for score in staff["scores"])
    row = next(
        row
        for row in table(feed.get(f"{BASE}/scores?format=csv"))
        if (row["unit_code"], row["audience"]) == ("U3", "staff")
    )
    assert (row["n"], row["mean_percent"], row["not_shown"]) == ("", "", "too_few")


def test_csv_and_json_hold_the_same_figures(feed):
    totals = {t["unit"]: t["total_points"] for t in feed.get(f"{BASE}/totals").json()["totals"]}

    rows = table(feed.get(f"{BASE}/totals?format=csv"))

    assert {row["unit"]: row["total_points"] for row in rows} == {
        unit: "" if total is None else repr(total) for unit, total in totals.items()
    }


def test_a_value_names_its_evidence_and_the_evidence_is_there(feed):
    values = feed.get(f"{BASE}/indicator-values").json()["values"]
    value = next(v for v in values if (v["unit"], v["indicator"]) == ("U1", "A11"))

    evidence = feed.get(value["evidence_path"]).json()

    assert evidence["value"]["points"] == value["points"]
    assert evidence["sources"][0]["source"]["n"] == 40
    assert evidence["sources"][0]["reliability"]["analysis"]["alpha"] is not None
    (same,) = (
        v
        for v in feed.get(f"{BASE}/indicator-values?unit=U1").json()["values"]
        if v["indicator"] == "A11"
    )
    assert same["evidence"] == evidence


def test_what_is_not_there_is_said_in_json(feed):
    for path in (
        "/api/v1/evaluations/nope/units",
        "/api/v1/nope",
        f"{BASE}/evidence/U1/nope",
        f"{BASE}/evidence/nope/A11",
    ):
        reply = feed.get(path)

        assert reply.status_code == 404, path
        assert set(reply.json()) == {"error", "message"}


def test_the_description_fits_what_is_served(feed):
    described = feed.get("/api/openapi.json").json()

    assert described["openapi"].startswith("3.")
    assert {f"/api/v1/evaluations/{{code}}/{name}" for name in LISTS} <= set(described["paths"])
    assert not any(path.startswith(("/console", "/a/")) for path in described["paths"])
    page = feed.get("/api/docs").text
    for path in described["paths"]:
        assert path in page


def test_a_revoked_token_or_a_closed_account_opens_nothing(feed):
    state = feed.app.state
    key = state.settings.key("tokens")
    with state.database.writing() as session:
        token = issue_token(session, name="李审", key=key, now=NOON, actor="test")
    headers = {"authorization": f"Bearer {token}"}
    assert feed.get("/api/v1/evaluations", headers=headers).status_code == 200

    with state.database.writing() as session:
        kept = session.exec(select(ApiToken).where(ApiToken.name == "李审")).one()
        assert token.encode() not in kept.token_hash
        kept.revoked_at = NOON
    assert feed.get("/api/v1/evaluations", headers=headers).status_code == 401

    with state.database.writing() as session:
        token = issue_token(session, name="李审", key=key, now=NOON, actor="test")
        disable_officer(session, name="李审", now=NOON, actor="test")
    headers = {"authorization": f"Bearer {token}"}
    assert feed.get("/api/v1/evaluations", headers=headers).status_code == 401


def test_the_feed_is_read_only(feed):
    headers = {"origin": "http://127.0.0.1:8000"}

    for method in ("POST", "PUT", "PATCH", "DELETE"):
        reply = feed.request(method, f"{BASE}/units", data={"a": "b"}, headers=headers)

        assert reply.status_code == 405
    assert NAME not in feed.get("/api/v1/evaluations").text


def test_a_wrong_format_is_named_with_the_ones_there_are(feed):
    reply = feed.get(f"{BASE}/totals?format=xml")

    assert reply.status_code == 422
    assert all(word in reply.json()["message"] for word in ("format", "json, csv"))
