from datetime import timedelta

import pytest
from builders import NOON

from survey.rules.audience import Audience
from survey.rules.campaign import Phase, phase_at
from survey.rules.ways_in.link import (
    CODE_LETTERS,
    LinkKind,
    LinkState,
    Standing,
    Way,
    is_code,
    is_token,
    new_code,
    new_token,
    standing_of,
    token_hash,
)

OPENS, CLOSES = NOON - timedelta(days=1), NOON + timedelta(days=1)


def a_way(state=LinkState.UNUSED, **given):
    values = {
        "kind": LinkKind.PERSONAL,
        "link_id": 1,
        "campaign_id": 1,
        "unit_id": 1,
        "unit_name": "局",
        "place": None,
        "audience": Audience.STAFF,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "is_paused": False,
        "is_wound_up": False,
        "questionnaire_version_id": 1,
        "rating_pair_id": None,
        "state": state,
        "evaluation_name": "评估",
    }
    return Way(**(values | given))


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (OPENS - timedelta.resolution, Phase.UPCOMING),
        (OPENS, Phase.OPEN),
        (CLOSES - timedelta.resolution, Phase.OPEN),
        (CLOSES, Phase.CLOSED),
    ],
)
def test_the_opening_instant_is_open_and_the_closing_instant_is_closed(at, phase):
    assert phase_at(OPENS, CLOSES, at) is phase


def test_a_pause_shows_until_the_close():
    instants = [OPENS - timedelta(1), NOON, CLOSES]

    phases = [phase_at(OPENS, CLOSES, at, is_paused=True) for at in instants]

    assert phases == [Phase.PAUSED, Phase.PAUSED, Phase.CLOSED]


@pytest.mark.parametrize("state", list(LinkState))
def test_once_closed_every_link_stands_the_same(state):
    assert standing_of(a_way(state), CLOSES) is Standing.CLOSED
    assert standing_of(a_way(state, is_wound_up=True), NOON) is Standing.CLOSED


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (LinkState.OPEN, Standing.OPEN),
        (LinkState.UNUSED, Standing.OPEN),
        (LinkState.USED, Standing.USED),
        (LinkState.VOID, Standing.VOID),
    ],
)
def test_while_open_a_link_stands_as_its_state_says(state, standing):
    assert standing_of(a_way(state), NOON) is standing


def test_a_used_link_stays_used_in_a_pause_and_an_unused_one_waits():
    assert standing_of(a_way(LinkState.USED, is_paused=True), NOON) is Standing.USED
    assert standing_of(a_way(is_paused=True), NOON) is Standing.PAUSED


def test_public_codes_have_eight_letters_without_look_alikes():
    codes = {new_code() for _ in range(500)}

    assert len(codes) == 500
    assert all(is_code(code) and not is_token(code) for code in codes)
    assert not set("".join(codes)) & set("ilo01")
    assert len(CODE_LETTERS) == len(set(CODE_LETTERS)) == 31


@pytest.mark.parametrize("code", ["", "abcdefg", "abc defg", "abcdefgé", "abcd\x00efg", "a/bcdefg"])
def test_what_is_not_shaped_like_a_code_is_none(code):
    assert not is_code(code)


def test_tokens_carry_128_bits_and_only_their_keyed_hash_is_kept():
    token = new_token()

    hashed = token_hash(b"key", token)

    assert is_token(token)
    assert len({new_token() for _ in range(500)}) == 500
    assert hashed == token_hash(b"key", token)
    assert hashed != token_hash(b"other key", token)
    assert token.encode() not in hashed
