"""Rules that look at one sheet alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from quality_builders import keyed

from scales import (
    RULE_BITS,
    SHEET_RULES,
    InvalidAnswer,
    QualityLimits,
    flag_sheets,
    load_questionnaire,
    rejected_by,
    sheet_quality,
    shipped_questionnaires,
)
from scales.quality.verdict import reasons

TWELVE = keyed("++--", "++--", "++--")
DK = 255


def rules_of(sheet, questionnaire=TWELVE, seconds=None, **limits):
    bits = rejected_by(
        np.array([sheet], dtype=np.uint8),
        questionnaire,
        None if seconds is None else np.array([seconds]),
        QualityLimits(**limits),
        SHEET_RULES,
    )
    return reasons(bits[0])


def test_an_ordinary_sheet_is_valid():
    assert rules_of([4, 5, 2, 1] * 3, seconds=60.0) == ()


def test_eight_of_twelve_ticked_items_are_two_thirds():
    assert rules_of([4, 5, 2, 1] * 2 + [0] * 4) == ()
    assert rules_of([4, 5, 2, 1, 4, 5, 2] + [0] * 5) == ("incomplete",)


def test_dont_know_is_no_answer_but_the_item_was_not_left_out():
    assert rules_of([DK] * 12) == ()
    assert rules_of([DK] * 7 + [0] * 5) == ("incomplete",)


def test_a_sheet_faster_than_two_seconds_an_answered_item_is_too_fast():
    assert rules_of([4, 5, 2, 1] * 3, seconds=24.0) == ()
    assert rules_of([4, 5, 2, 1] * 3, seconds=23.9) == ("too_fast",)
    assert rules_of([4, 5, 2, 1] * 2 + [DK] * 4, seconds=16.0) == ()


def test_a_short_form_may_be_answered_in_one_second_an_item():
    assert rules_of([4, 5, 2, 1] * 2, keyed("++--", "++--"), seconds=8.0) == ()
    assert rules_of([4, 5, 2, 1] * 2, keyed("++--", "++--"), seconds=7.9) == ("too_fast",)


def test_seconds_that_are_not_known_are_never_too_few():
    assert rules_of([4, 5, 2, 1] * 3, seconds=float("nan")) == ()


@pytest.mark.parametrize("point", [1, 3, 5])
def test_one_point_throughout_is_a_straight_line(point):
    assert "straight_line" in rules_of([point] * 12)


def test_a_gap_does_not_break_a_straight_line_and_another_point_does():
    assert "straight_line" in rules_of([2] * 10 + [0, DK])
    assert "straight_line" not in rules_of([2] * 11 + [3])


def test_fewer_than_ten_answers_are_no_straight_line():
    assert "straight_line" not in rules_of([2] * 9 + [DK] * 3)


def test_without_reverse_items_one_point_throughout_is_an_opinion():
    assert rules_of([5] * 12, keyed("+" * 12)) == ()
    assert rules_of([5] * 12, keyed("-" * 12)) == ()


def test_pairs_that_are_both_agreed_with_contradict_each_other():
    # of each scale's four pairs: all four; two; none
    assert rules_of([5, 4, 4, 5] * 3) == ("contradictory",)
    assert rules_of([5, 4, 4, 1] * 3) == ()
    assert rules_of([5, 4, 1, 2] * 3) == ()
    assert "contradictory" not in rules_of([3, 3, 3, 3] * 3)


def test_both_disagreed_with_contradict_each_other_too():
    assert rules_of([1, 2, 2, 1] * 3) == ("contradictory",)


def test_contradiction_waits_for_enough_pairs():
    two_scales = keyed("+-", "+-+++")

    assert rules_of([5, 5, 5, 5, 5, 5, 5], two_scales, contradiction_pairs=6) == ()
    assert rules_of([5, 5, 5, 5, 5, 5, 5], two_scales, contradiction_pairs=5) == ("contradictory",)


def test_only_the_chosen_rules_reject():
    sheet = np.full((1, 12), 5, dtype=np.uint8)

    chosen = rejected_by(sheet, TWELVE, None, QualityLimits(), ("contradictory",))
    none = rejected_by(sheet, TWELVE, None, QualityLimits(), ())

    assert chosen.tolist() == [RULE_BITS["contradictory"]]
    assert none.tolist() == [0]


def test_a_rule_that_needs_the_other_sheets_is_refused():
    with pytest.raises(InvalidAnswer, match="outlying"):
        rejected_by(np.zeros((1, 12), np.uint8), TWELVE, None, QualityLimits(), ("outlying",))


def test_what_does_not_fit_the_questionnaire_is_refused():
    with pytest.raises(InvalidAnswer):
        rejected_by(np.zeros((1, 11), np.uint8), TWELVE, None, QualityLimits(), SHEET_RULES)
    with pytest.raises(InvalidAnswer):
        rejected_by(np.zeros((1, 12), np.uint8), TWELVE, np.zeros(2), QualityLimits(), SHEET_RULES)


def test_choice_items_are_neither_answered_nor_missed():
    staff = load_questionnaire(shipped_questionnaires()["staff-establishment"])
    scaled = [staff.columns[f"S{number:02}"] for number in range(1, 17)]
    sheet = np.zeros(len(staff.packed_items), dtype=np.uint8)
    sheet[scaled[:11]] = 4

    assert "incomplete" not in rules_of(sheet, staff)


@given(
    arrays(np.uint8, (20, 12), elements=st.sampled_from([0, 1, 2, 3, 4, 5, DK])),
    arrays(np.float64, 20, elements=st.floats(0, 60)),
)
def test_a_verdict_depends_on_its_own_sheet_and_is_the_flag_of_the_sheet(packed, seconds):
    limits = QualityLimits()
    together = rejected_by(packed, TWELVE, seconds, limits, SHEET_RULES)
    alone = [
        rejected_by(packed[[row]], TWELVE, seconds[[row]], limits, SHEET_RULES)[0]
        for row in range(len(packed))
    ]
    raw = np.where((packed == 0) | (packed == DK), np.nan, packed.astype(np.float64))
    flags = flag_sheets(sheet_quality(raw, TWELVE, seconds=seconds, is_dont_know=packed == DK))

    assert together.tolist() == alone
    for rule in SHEET_RULES:
        np.testing.assert_array_equal(flags.by_rule[rule], (together & RULE_BITS[rule]) > 0)
