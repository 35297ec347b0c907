"""A solved challenge is good once, for one code and one sheet, for half an hour (ACCEPTANCE 41)."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import altcha
import pytest
from builders import NOON

from survey.collect.challenge import (
    VALID_FOR,
    check_proof,
    forget_expired_challenges,
    make_challenge,
    spend,
)
from survey.errors import ProofRefused
from survey.storage.tables import SpentChallenge

KEY = b"a key of thirty-two bytes, made up"
PURPOSE = "sheet abcdefgh 00ff"


def solve(challenge):
    """Solve a challenge as a phone does."""
    asked = altcha.Challenge.from_dict(json.loads(challenge))
    return altcha.Payload(asked, altcha.solve_challenge(asked)).to_base64()


@pytest.fixture(scope="module")
def solved():
    return solve(make_challenge(KEY, PURPOSE, NOON))


def altered(payload, change):
    """The payload with one thing changed."""
    content = json.loads(base64.b64decode(payload))
    change(content["challenge"]["parameters"], content["solution"])
    return base64.b64encode(json.dumps(content).encode()).decode()


def test_a_solved_challenge_is_good_until_it_expires(solved):
    check_proof(KEY, solved, PURPOSE, NOON + VALID_FOR - timedelta(seconds=1))

    with pytest.raises(ProofRefused):
        check_proof(KEY, solved, PURPOSE, NOON + VALID_FOR)


@pytest.mark.parametrize(
    "purpose", ["sheet abcdefgj 00ff", "sheet abcdefgh 00fe", "open abcdefgh", ""]
)
def test_it_is_no_good_for_another_code_or_sheet(solved, purpose):
    with pytest.raises(ProofRefused):
        check_proof(KEY, solved, purpose, NOON)


@pytest.mark.parametrize(
    "change",
    [
        lambda asked, _: asked.update(keyPrefix="00"),
        lambda asked, _: asked.update(cost=1),
        lambda asked, _: asked["data"].update(until=2_000_000_000),
        lambda asked, _: asked["data"].update({"for": "sheet abcdefgj 00ff"}),
        lambda asked, _: asked.pop("data"),
        lambda _, found: found.update(counter=found["counter"] + 1),
        lambda _, found: found.update(derivedKey="00" * 32),
    ],
)
def test_an_altered_one_is_refused(solved, change):
    for purpose in (PURPOSE, "sheet abcdefgj 00ff"):
        with pytest.raises(ProofRefused):
            check_proof(KEY, altered(solved, change), purpose, NOON)


@pytest.mark.parametrize("payload", ["", "x", "bnVsbA==", "e30=", "W10=", "{" * 5_000, "口令"])
def test_what_is_no_payload_at_all_is_refused(payload):
    with pytest.raises(ProofRefused):
        check_proof(KEY, payload, PURPOSE, NOON)


def test_another_service_key_signs_nothing_here(solved):
    with pytest.raises(ProofRefused):
        check_proof(b"another", solved, PURPOSE, NOON)


def test_of_a_hundred_replays_at_once_one_is_taken(database, solved):
    proof = check_proof(KEY, solved, PURPOSE, NOON)

    def replay(_):
        try:
            with database.writing() as session:
                spend(session, proof)
        except ProofRefused:
            return False
        return True

    with ThreadPoolExecutor(16) as threads:
        taken = list(threads.map(replay, range(100)))

    assert taken.count(True) == 1


def test_spent_challenges_are_forgotten_when_nobody_could_use_them(database, solved):
    with database.writing() as session:
        spend(session, check_proof(KEY, solved, PURPOSE, NOON))

    assert forget_expired_challenges(database, NOON) == 0
    assert forget_expired_challenges(database, NOON + VALID_FOR) == 1
    with database.reading() as session:
        assert (
            session.get(SpentChallenge, check_proof(KEY, solved, PURPOSE, NOON).challenge_hash)
            is None
        )
