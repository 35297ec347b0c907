"""Offices that had a link for each unit get one link; the old addresses lead to it."""

import pytest
from alembic import command
from first_release import LITERALS, POPULATE, engine_of
from sqlmodel import select

from survey.storage.database import open_database
from survey.storage.migrations.upgrade import migration_config
from survey.storage.tables import Link, LinkToken, OfficeSheet, Rater, RatingPair, Unit

OFFICES = [
    "INSERT INTO unit (id, code, name, category, level, tags) "
    "VALUES (2, 'U2', '图书馆', '事业单位', '', '{{}}')",
    "INSERT INTO rating_pair (id, campaign_id, unit_id, rater_code, rater_name) VALUES "
    "(1, 1, 1, 'CZ', '财政局'), (2, 1, 2, 'CZ', '财政局'), (3, 1, 1, 'JY', '教育局')",
    "INSERT INTO link (id, campaign_id, unit_id, kind, state, token_hash, rating_pair_id) VALUES "
    "(1, 1, 1, 'partner', 'used', {first}, 1), (2, 1, 2, 'partner', 'unused', {second}, 2), "
    "(3, 1, 1, 'partner', 'unused', {third}, 3)",
    "INSERT INTO link (id, campaign_id, unit_id, kind, state, code) "
    "VALUES (4, 1, 1, 'open', 'open', 'cdefghjk')",
    "INSERT INTO link (id, campaign_id, unit_id, kind, state, token_hash) "
    "VALUES (5, 1, 1, 'personal', 'used', {fourth})",
    "INSERT INTO office_sheet (rating_pair_id, revision, sheet_id, packed, received_at) "
    "VALUES (1, 1, {id}, {packed}, 0)",
]
TOKENS = {
    "sqlite": {"first": "X'0A'", "second": "X'0B'", "third": "X'0C'", "fourth": "X'0D'"},
    "postgresql": {
        "first": r"'\x0a'",
        "second": r"'\x0b'",
        "third": r"'\x0c'",
        "fourth": r"'\x0d'",
    },
}


@pytest.fixture
def upgraded(empty_settings):
    engine = engine_of(empty_settings)
    with engine.begin() as connection:
        config = migration_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        name = connection.dialect.name
        for statement in [*POPULATE, *OFFICES]:
            connection.exec_driver_sql(statement.format(**LITERALS[name], **TOKENS[name]))
    engine.dispose()
    database = open_database(empty_settings)
    yield database
    database.close()


def test_every_old_address_of_an_office_leads_to_its_one_link(upgraded):
    with upgraded.reading() as session:
        raters = {rater.code: rater for rater in session.exec(select(Rater))}
        links = {link.rater_id: link for link in session.exec(select(Link)) if link.rater_id}
        tokens = {bytes(row.token_hash): row.link_id for row in session.exec(select(LinkToken))}

    assert {code: rater.name for code, rater in raters.items()} == {"CZ": "财政局", "JY": "教育局"}
    finance, education = links[raters["CZ"].id], links[raters["JY"].id]
    assert (finance.unit_id, finance.quota_place, finance.state) == (None, 1, "unused")
    assert tokens == {b"\x0a": finance.id, b"\x0b": finance.id, b"\x0c": education.id, b"\x0d": 5}


def test_pairs_ratings_and_other_links_stay_as_they_were(upgraded):
    with upgraded.reading() as session:
        pairs = session.exec(select(RatingPair).order_by(RatingPair.id)).all()
        sheet = session.exec(select(OfficeSheet)).one()
        others = {link.id: link.state for link in session.exec(select(Link)) if not link.rater_id}

    assert [(pair.id, pair.unit_id, pair.quota) for pair in pairs] == [
        (1, 1, 1),
        (2, 2, 1),
        (3, 1, 1),
    ]
    assert (sheet.rating_pair_id, sheet.quota_place, sheet.revision) == (1, 1, 1)
    assert sheet.packed == b"\x04\x02\x04"
    assert others == {4: "open", 5: "used"}


def test_new_rows_get_numbers_of_their_own(upgraded):
    with upgraded.writing() as session:
        unit = session.get_one(Unit, 1)
        session.add(
            Link(campaign_id=1, unit_id=unit.id, kind="open", state="open", code="defghjkm")
        )
        session.flush()
