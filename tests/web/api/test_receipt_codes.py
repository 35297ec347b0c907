"""Receipt codes over the feed: a batch for a key, once, by those who may change things."""

import pytest
from answering import ANSWERS, StandingClock, open_form
from console_visit import Visit, add_evaluation, add_people
from sqlmodel import select
from starlette.testclient import TestClient

from survey.people import issue_token
from survey.rules.ways_in.short_code import read_short_code
from survey.storage.database import open_database
from survey.storage.tables import AuditEntry, CodeBatch, InboxSheet, Link
from web.app import create_app

ADDRESS = "/api/v1/campaigns/camp-citizen/receipt-codes"
ORDER = {"unit": "U1", "count": 20, "place": "3 号窗口"}


@pytest.fixture
def clock():
    return StandingClock()


@pytest.fixture
def client(settings, clock):
    database = open_database(settings)
    with database.writing() as session:
        add_people(session)
        add_evaluation(session)
    database.close()
    app = create_app(settings, clock)
    with TestClient(app, base_url=settings.public_origin, follow_redirects=False) as made:
        yield made


@pytest.fixture
def officer(client):
    visit = Visit(client)
    assert visit.sign_in().status_code == 303
    return visit


@pytest.fixture
def database(client):
    return client.app.state.database


@pytest.fixture
def ask(client, database, clock):
    """Ask for codes with a token of the officer named."""

    def token_of(name):
        key = client.app.state.settings.key("tokens")
        with database.writing() as session:
            return issue_token(session, name=name, key=key, now=clock(), actor="test")

    tokens = {name: token_of(name) for name in ("王敏", "李审")}

    def ask(order=ORDER, key="window-3-monday", name="王敏", **headers):
        given = {"authorization": f"Bearer {tokens[name]}", "idempotency-key": key} | headers
        return client.post(ADDRESS, json=order, headers=given)

    return ask


def rows(database, table):
    with database.reading() as session:
        return session.exec(select(table)).all()


def test_codes_are_issued_in_a_batch_and_open_the_questionnaire_of_their_window(
    ask, client, database
):
    reply = ask()

    codes = reply.json()["codes"]
    assert reply.status_code == 201
    assert reply.headers["cache-control"] == "no-store"
    assert len({read_short_code(one["code"]) for one in codes}) == 20
    path = codes[0]["address"].removeprefix(client.app.state.settings.public_origin)
    assert "3 号窗口" in client.get(path).text
    form = open_form(client, path.removeprefix("/a/"))
    assert client.post(path, data=form | ANSWERS).status_code == 303
    assert rows(database, InboxSheet)[-1].channel == "receipt"
    [batch] = rows(database, CodeBatch)
    assert (batch.count, batch.issued_by) == (20, "王敏")
    assert rows(database, AuditEntry)[-1].action == "receipts.issued"


def test_the_same_key_gets_codes_once_and_another_key_gets_others(ask, database):
    first, again, other = ask(), ask(), ask(key="window-3-tuesday")

    assert [first.status_code, again.status_code, other.status_code] == [201, 409, 201]
    assert again.json()["error"] == "batch_handed_out"
    assert "codes" not in again.json()
    assert len([link for link in rows(database, Link) if link.kind == "receipt"]) == 40


@pytest.mark.parametrize(
    "order",
    [
        {**ORDER, "count": 0},
        {**ORDER, "count": 10_001},
        {**ORDER, "count": "many"},
        {"unit": "U1"},
        {**ORDER, "window": "3"},
        {**ORDER, "place": "x" * 41},
    ],
)
def test_an_order_that_makes_no_sense_issues_nothing(ask, database, order):
    assert ask(order).status_code == 422
    assert rows(database, CodeBatch) == []


def test_only_an_evaluators_token_has_codes_issued(ask, client, database):
    nobody = client.post(ADDRESS, json=ORDER, headers={"idempotency-key": "x"})
    auditor = ask(name="李审")
    wrong = ask(authorization="Bearer minyi_wrong")
    unknown = ask({**ORDER, "unit": "U9"})

    assert nobody.status_code in (401, 403)
    assert [auditor.status_code, wrong.status_code, unknown.status_code] == [403, 401, 404]
    assert rows(database, CodeBatch) == []


def test_the_console_hands_out_a_file_and_its_ledger_adds_up(ask, client, database, officer):
    path = "/console/campaigns/camp-citizen/receipts"

    file = officer.handed_out(path, {"count-U1": "7", "count-U2": "5", "place": ""})
    too_many = officer.post(path, {"count-U1": "9000", "count-U2": "2000"})
    none = officer.post(path, {"count-U1": ""})

    lines = file.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 13
    assert lines[1].startswith("U1,")
    assert too_many.status_code == none.status_code == 422
    assert 'value="9000"' in too_many.text
    page = officer.get(path)
    assert "一个不差" in page.text
    assert sum(batch.count for batch in rows(database, CodeBatch)) == 12
