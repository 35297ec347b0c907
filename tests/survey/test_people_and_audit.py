"""Accounts, tokens and the trail, on both databases."""

import threading
from datetime import timedelta

import pytest
from builders import NOON
from sqlmodel import select

from survey.audit import BEGINNING, is_whole, record
from survey.errors import NameTaken, NotSignedIn, OfficerNotFound, TokenRefused, WeakPassword
from survey.passwords import hash_password, is_password
from survey.people import (
    Role,
    add_officer,
    begin_attempt,
    issue_token,
    reader_of_token,
    sign_in,
    signed_in,
)
from survey.storage.tables import AuditEntry, Officer, SignInFailure

KEY = b"a key of sessions in these tests"
TRIES = (b"name", b"prefix")


def an_officer(session, name="王敏"):
    add_officer(
        session,
        name=name,
        password="seven plain words",
        role=Role.EVALUATOR,
        now=NOON,
        actor="test",
    )


def test_a_name_is_given_once(session):
    an_officer(session)

    with pytest.raises(NameTaken):
        an_officer(session)


def test_the_password_is_kept_as_an_argon2_hash_only(session):
    an_officer(session)

    kept = session.exec(select(Officer)).one()

    assert kept.password_hash.startswith("$argon2id$")
    assert is_password("seven plain words", kept.password_hash)
    assert not is_password("seven plain word", kept.password_hash)


@pytest.mark.parametrize("password", ["", "short", "a" * 40, "abababababab", "x" * 201])
def test_a_weak_password_is_refused(password):
    with pytest.raises(WeakPassword):
        hash_password(password)


def test_nobodys_password_is_never_right():
    assert not is_password("the password of nobody", None)


def test_a_session_is_found_by_its_token_and_key_only(session):
    an_officer(session)
    begin_attempt(session, TRIES, NOON)
    token = sign_in(session, name="王敏", key=KEY, tries=TRIES, now=NOON)

    assert signed_in(session, KEY, token, NOON + timedelta(minutes=29)).name == "王敏"
    for key, given in ((b"another key", token), (KEY, token + "x"), (KEY, "")):
        with pytest.raises(NotSignedIn):
            signed_in(session, key, given, NOON)


def test_tries_count_for_names_that_do_not_exist(session):
    for _ in range(5):
        assert begin_attempt(session, TRIES, NOON)

    assert not begin_attempt(session, TRIES, NOON)
    assert {kept.count for kept in session.exec(select(SignInFailure)).all()} == {5}
    assert begin_attempt(session, TRIES, NOON + timedelta(minutes=15))


def test_tries_at_the_same_instant_are_all_counted(database):
    """Twenty at once: five are looked at, fifteen are not."""
    allowed = []

    def attempt():
        with database.writing() as session:
            allowed.append(begin_attempt(session, TRIES, NOON))

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert allowed.count(True) == 5


def test_a_token_opens_the_feed_for_the_officer_it_was_made_for(session):
    an_officer(session)
    token = issue_token(session, name="王敏", key=KEY, now=NOON, actor="test")

    assert reader_of_token(session, KEY, token) == "王敏"
    with pytest.raises(TokenRefused):
        reader_of_token(session, KEY, token[:-1])
    with pytest.raises(OfficerNotFound):
        issue_token(session, name="nobody", key=KEY, now=NOON, actor="test")


def entries(session, count=4):
    for number in range(count):
        record(
            session,
            actor="王敏",
            action="values.entered",
            subject=f"evaluation {number}",
            now=NOON + timedelta(seconds=number),
            details={"before": None, "after": 1.5, "备注": "现场核查"},
        )
    return session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()


def test_each_entry_holds_the_digest_of_the_one_before(session):
    trail = entries(session)

    assert trail[0].previous_digest == BEGINNING
    assert [e.previous_digest for e in trail[1:]] == [e.digest for e in trail[:-1]]


def test_a_trail_read_back_from_the_database_is_whole(database):
    with database.writing() as session:
        entries(session)

    with database.reading() as session:
        assert is_whole(session)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("actor", "李审"),
        ("action", "values.imported"),
        ("subject", "another"),
        ("details", {"after": 2.5}),
        ("at", NOON),
    ],
)
def test_an_altered_entry_breaks_the_chain(session, field, value):
    trail = entries(session)

    setattr(trail[2], field, value)
    session.flush()

    assert not is_whole(session)


def test_a_missing_entry_breaks_the_chain(session):
    trail = entries(session)

    session.delete(trail[1])
    session.flush()

    assert not is_whole(session)


def test_entries_written_at_the_same_time_make_one_chain(database):
    def write(number):
        with database.writing() as session:
            record(session, actor=f"{number}", action="x", subject="x", now=NOON)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as session:
        assert len(session.exec(select(AuditEntry)).all()) == 12
        assert is_whole(session)
