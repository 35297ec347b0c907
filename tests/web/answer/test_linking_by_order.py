"""The attacker knows who answered when, and gets the whole database after the close."""

from collections.abc import Sequence

import numpy as np
import pytest
from answering import StandingClock
from raw_storage import RawStorage
from scipy import stats
from sqlmodel import select
from staff_in_order import SIZES, Staff
from starlette.testclient import TestClient

from survey.rules.ways_in.link import token_hash
from survey.storage.tables import AnswerSheet, Link, LinkToken, OpenAnswer
from web.app import create_app

ONCE_IN = 1e-6  # chance alone fails a test so often
KEPT = [unit for unit, size in enumerate(SIZES) if size >= 5]
UNDER_MINIMUM = [unit for unit, size in enumerate(SIZES) if size < 5]


@pytest.fixture
def closed(settings):
    """Everybody has answered, and the campaign is wound up."""
    clock = StandingClock()
    with TestClient(
        create_app(settings, clock), base_url=settings.public_origin, follow_redirects=False
    ) as client:
        staff = Staff(client, clock)
        staff.answer_in_order()
        staff.close()
        yield staff


def most_matched_by_chance(units: int) -> float:
    """Return how many pairs random assignment within so many units matches, at the very most.

    Of one unit one pair on average, whatever its size; so many units add up.
    """
    return stats.poisson.isf(ONCE_IN, units)


def check_no_better_than_chance(guesses: Sequence[Sequence[int]]) -> None:
    """Each guess is a unit's people as somebody puts them in order; 0, 1, 2 … is the truth."""
    for turned in (guesses, [guess[::-1] for guess in guesses]):
        matched = sum(n == place for guess in turned for place, n in enumerate(guess))
        assert matched <= most_matched_by_chance(len(guesses))
    weights = np.array([len(guess) - 1 for guess in guesses])
    alike = np.array([stats.spearmanr(range(len(guess)), guess).statistic for guess in guesses])
    assert abs((weights * alike).sum()) / np.sqrt(weights.sum()) < stats.norm.isf(ONCE_IN / 2)


def put_in_order(keys, owners, staff) -> list[list[int]]:
    """Return the people of each unit that is kept, in the order of the rows that are theirs."""
    orders = []
    for unit in KEPT:
        people = [id(person) for person in staff.in_unit(unit)]
        theirs = [owners[key] for key in keys if owners.get(key) in people]
        present = [person for person in people if person in theirs]
        orders.append([present.index(person) for person in theirs])
    assert all(len(order) > 1 for order in orders)
    return orders


def rows_of(staff, table):
    with staff.client.app.state.database.reading() as session:
        return session.exec(select(table)).all()


def owners_of(staff, rows, told_by):
    """Return whose row is whose, by the rows' keys; only the test can know."""
    people = {(staff.unit_ids[p.unit], told_by(p)): id(p) for p in staff.people}
    return {row.id.bytes: people[row.unit_id, getattr(row, TOLD[type(row)])] for row in rows}


TOLD = {AnswerSheet: "packed", OpenAnswer: "text"}


def check_order_of_sheets_and_words(closed, raw):
    sheets, words = rows_of(closed, AnswerSheet), rows_of(closed, OpenAnswer)
    assert len(sheets) == len(words) == sum(SIZES[unit] for unit in KEPT)
    owners = {
        "answer_sheet": owners_of(closed, sheets, lambda person: person.packed),
        "open_answer": owners_of(closed, words, lambda person: person.words),
    }
    orders = {}
    for table, owned in owners.items():
        laid = raw.laid(table, "id")
        orders[table] = put_in_order([key for _, key in laid], owned, closed)
        check_no_better_than_chance(orders[table])
        check_no_better_than_chance(put_in_order(sorted(owned), owned, closed))
        assert_one_transaction_a_unit(laid, owned, closed)

    together = [
        [sheets_of.index(n) for n in words_of]
        for sheets_of, words_of in zip(orders["answer_sheet"], orders["open_answer"], strict=True)
    ]
    check_no_better_than_chance(together)


def check_kept_links(closed, raw, key):
    """Whoever kept copies of the links meets no order that use has made."""
    hashes = {token_hash(key, p.token): id(p) for p in closed.people if p.token is not None}

    laid = raw.laid("link_token", "token_hash")
    check_no_better_than_chance(put_in_order([found for _, found in laid], hashes, closed))

    by_link = sorted(rows_of(closed, LinkToken), key=lambda row: row.link_id)
    order = [bytes(row.token_hash) for row in by_link]
    check_no_better_than_chance(put_in_order(order, hashes, closed))

    links = rows_of(closed, Link)
    assert len({(link.state, link.place, link.code, link.quota_place) for link in links}) == 1
    if not raw.is_sqlite:
        assert_one_transaction_a_unit(laid, hashes, closed)


def check_units_under_their_minimum(closed, raw):
    """They leave their counts; their words stand in no file."""
    ids = {closed.unit_ids[unit] for unit in UNDER_MINIMUM}
    words = [p.words.encode() for p in closed.people if p.unit in UNDER_MINIMUM]

    assert not ids & {sheet.unit_id for sheet in rows_of(closed, AnswerSheet)}
    assert raw.found(words) == set()


def check_counters(raw):
    """No counter numbers what was answered."""
    tables = ("inbox", "answer_sheet", "open_answer", "link_token", "sheet_draft", "answer_count")

    assert not [name for name in raw.counters() if name.startswith(tables)]


def assert_one_transaction_a_unit(laid, owners, staff):
    """No row of a unit was written before another: there are no two batches to tell apart."""
    units = {id(person): person.unit for person in staff.people}
    transactions = {}
    for transaction, key in laid:
        if key in owners:
            transactions.setdefault(units[owners[key]], set()).add(transaction)
    assert {len(found) for found in transactions.values()} == {1}


def test_whoever_gets_the_whole_database_can_link_nobody(closed, settings):
    raw = RawStorage(settings)
    check_order_of_sheets_and_words(closed, raw)
    check_kept_links(closed, raw, settings.key("links"))
    check_units_under_their_minimum(closed, raw)
    check_counters(raw)
