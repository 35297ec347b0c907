"""A list of who rates whom, and what an office gave, looked over side by side."""

import pytest
from builders import QUESTIONNAIRE

from scales import read_questionnaire
from survey.rules.ways_in.own_ratings import compare_given
from survey.rules.ways_in.rating_pairs import (
    KnownPairs,
    PairDefinition,
    RatingState,
    check_pairs,
    state_of_sending,
)

KNOWN = KnownPairs(units=frozenset({"U1", "U2"}), raters={"CZ": "市财政局"})


def codes(pairs, known=KNOWN):
    return [(cell.row, cell.code) for cell in check_pairs(pairs, known)]


def test_a_sound_list_has_no_fault():
    pairs = [PairDefinition("CZ", "市财政局", "U1", 2, 2), PairDefinition("U2", "二局", "U1", 1, 3)]

    assert codes(pairs) == []


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        (PairDefinition("CZ", "市财政局", "U9", 1, 3), "pair_unit_unknown"),
        (PairDefinition("U1", "一局", "U1", 1, 3), "pair_own_unit"),
        (PairDefinition("FG", "发改委", "U1", 1, 3), "pair_twice"),
        (PairDefinition("FG", "发展改革委", "U2", 1, 3), "pair_two_names"),
        (PairDefinition("CZ", "财政局", "U1", 1, 3), "pair_two_names"),
        (PairDefinition("FG", "发改委", "U2", 0, 3), "pair_quota"),
        (PairDefinition("FG", "发改委", "U2", 21, 3), "pair_quota"),
    ],
)
def test_each_fault_is_named_with_its_row(pair, code):
    first = PairDefinition("FG", "发改委", "U1", 1, 2)

    assert codes([first, pair]) == [(3, code)]


def test_a_pair_of_the_campaign_is_not_taken_twice():
    known = KnownPairs(KNOWN.units, KNOWN.raters, frozenset({("CZ", "U1")}))

    assert codes([PairDefinition("CZ", "市财政局", "U1", 1, 2)], known) == [(2, "pair_known")]


def test_only_a_unit_itself_may_assess_itself():
    known = KnownPairs(KNOWN.units, is_self=True)

    assert codes([PairDefinition("U1", "一局", "U1", 1, 2)], known) == []
    assert codes([PairDefinition("U2", "二局", "U1", 1, 2)], known) == [(2, "pair_other_unit")]


def test_a_returned_sheet_is_to_be_done_again_whatever_it_said():
    assert state_of_sending(0) is RatingState.NOT_YET
    assert state_of_sending(1) is RatingState.RATED
    assert state_of_sending(2, has_no_dealings=True) is RatingState.NO_DEALINGS
    returned = state_of_sending(2, has_no_dealings=True, is_returned=True)
    assert returned is RatingState.RETURNED


def test_units_are_compared_by_percent_with_reverse_items_turned_round():
    questionnaire = read_questionnaire(QUESTIONNAIRE)

    compared = compare_given(
        {"U1": bytes([5, 1, 5]), "U2": bytes([3, 3, 255]), "U3": bytes([0, 0, 0])}, questionnaire
    )

    assert [(one.unit, one.mean_percent) for one in compared.given] == [
        ("U1", 100.0),
        ("U2", 50.0),
        ("U3", None),
    ]
    assert (compared.highest, compared.lowest, compared.mean) == (100.0, 50.0, 75.0)
    assert not compared.is_all_same


def test_the_same_for_every_unit_is_said_so():
    questionnaire = read_questionnaire(QUESTIONNAIRE)

    compared = compare_given({"U1": bytes([4, 2, 4]), "U2": bytes([4, 2, 4])}, questionnaire)

    assert compared.is_all_same
