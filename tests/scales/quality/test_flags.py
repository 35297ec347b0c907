"""Flags of every rule, and when a rule is silent."""

from dataclasses import replace

import numpy as np
import pytest
from quality_builders import keyed
from simulated_sheets import a_long_questionnaire, honest, patterned, random_ticks, straight_lined

from scales import (
    SAMPLE_RULES,
    SHEET_RULES,
    InvalidAnswer,
    QualityLimits,
    flag_sheets,
    sheet_quality,
)

LONG = a_long_questionnaire()
RNG = np.random.default_rng(11)
HONEST = honest(400, LONG, RNG)


def flags_of(raw, questionnaire=LONG, limits=None, **more):
    return flag_sheets(sheet_quality(raw, questionnaire), limits, **more)


def test_every_rule_has_a_flag_for_each_sheet():
    flags = flags_of(HONEST)

    assert tuple(flags.by_rule) == SHEET_RULES + SAMPLE_RULES
    assert {mask.shape for mask in flags.by_rule.values()} == {(400,)}
    assert {mask.dtype for mask in flags.by_rule.values()} == {np.dtype(bool)}


def test_a_sheet_names_the_rules_that_flag_it():
    raw = np.vstack([HONEST, np.full((1, 30), 4.0)])

    flags = flags_of(raw)

    assert {"straight_line", "contradictory"} <= set(flags.rules_of(400))
    assert flags.any[400]
    assert flags.counts["straight_line"] == 1


def test_arrivals_are_judged_outside_and_only_shown_here():
    in_burst = np.zeros(400, dtype=bool)
    in_burst[7] = True

    assert flags_of(HONEST, in_burst=in_burst).rules_of(7) == ("burst",)
    with pytest.raises(InvalidAnswer):
        flags_of(HONEST, in_burst=in_burst[1:])


def test_too_few_sheets_or_items_are_not_judged_as_random():
    few = np.vstack([HONEST[:60], random_ticks(39, LONG, RNG)])
    short = keyed("+-", "+-+-")
    short_sheets = np.vstack([honest(200, short, RNG), random_ticks(200, short, RNG)])

    assert flags_of(few).counts["random_like"] == 0
    assert flags_of(short_sheets, short).counts["random_like"] == 0
    assert flags_of(few, limits=QualityLimits(random_like_sheets=99)).counts["random_like"] > 20


def test_equal_sheets_are_flagged_together():
    ticks = random_ticks(8, LONG, RNG)
    raw = np.vstack([HONEST, np.repeat(ticks, 5, axis=0)])

    found = flags_of(raw).by_rule["random_like"][400:].reshape(8, 5)

    assert (found.all(axis=1) | ~found.any(axis=1)).all()
    assert found.any()


def test_flags_do_not_depend_on_the_order_of_the_sheets():
    raw = np.vstack([HONEST, random_ticks(60, LONG, RNG), patterned(30, LONG, RNG)])
    order = RNG.permutation(len(raw))

    flags, shuffled = flags_of(raw), flags_of(raw[order])

    for rule, mask in flags.by_rule.items():
        np.testing.assert_array_equal(shuffled.by_rule[rule], mask[order], err_msg=rule)


def test_an_outlying_sheet_is_flagged():
    raw = np.vstack([HONEST, np.tile([1.0, 5.0, 5.0, 1.0, 3.0], 6)])

    assert flags_of(raw).by_rule["outlying"][400]


def test_where_the_average_is_not_a_readers_nobody_is_compared_with_it():
    raw = np.vstack([HONEST, straight_lined(400, LONG, RNG)])  # makes every pair synonymous

    strict = QualityLimits(synonyms=0.3)
    always = replace(strict, unread_share=1.0)

    assert flags_of(raw, limits=always).by_rule["synonyms"][:400].sum() > 100
    assert flags_of(raw, limits=strict).counts["synonyms"] == 0


def test_synonyms_and_antonyms_are_judged_over_enough_pairs():
    questionnaire = keyed(*["+-+-+-"] * 5)  # 30 pairs of the same key, 45 of different keys
    is_reverse = np.tile([False, True], 15)
    level = RNG.integers(2, 5, (300, 5)).repeat(6, axis=1)
    readers = np.where(is_reverse, 6 - level, level) + (RNG.random((300, 30)) < 0.05)
    aligned = np.tile([1.0, 5.0, 1.0, 5.0, 1.0, 5.0], 5)  # of each pair, often one 1 and one 5
    raw = np.vstack([readers, np.where(is_reverse, 6 - aligned, aligned)])

    flags = flags_of(raw, questionnaire)
    strict = flags_of(raw, questionnaire, QualityLimits(synonym_pairs=76, antonym_pairs=46))

    assert flags.by_rule["synonyms"].nonzero()[0].tolist() == [300]
    assert not flags.by_rule["antonyms"][:300].any()
    assert not strict.by_rule["synonyms"].any()
    assert not strict.by_rule["antonyms"].any()


def test_even_and_odd_items_that_disagree_are_flagged_over_ten_scales():
    ten, nine = keyed(*["+-"] * 10), keyed(*["+-"] * 9)
    halves = np.array([1, 2, 3, 4, 5, 1, 2, 3, 4, 5])
    disagreeing = (
        np.column_stack([halves, halves]).reshape(1, 20).astype(float)
    )  # aligned: x, 6 − x

    assert flags_of(disagreeing, ten).by_rule["inconsistent"].tolist() == [True]
    assert flags_of(disagreeing[:, :18], nine).by_rule["inconsistent"].tolist() == [False]


def test_answers_between_points_are_flagged_too_but_never_as_copies():
    questionnaire = keyed("+-+--+", "-++-+-", "+--++-", "-+-+-+", "++--+-", fractional=True)
    raw = np.nan_to_num(HONEST, nan=3.0)
    raw[0] = 2.5
    raw[1:5] = raw[1]

    flags = flags_of(raw, questionnaire)

    assert flags.by_rule["straight_line"][0]
    assert flags.counts["identical"] == 0


def test_nobody_has_no_flags():
    assert flags_of(np.empty((0, 30))).any.tolist() == []
