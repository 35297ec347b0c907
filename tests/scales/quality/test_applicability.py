"""A rule that cannot flag anybody says why, instead of finding nothing."""

import numpy as np
import pytest
from quality_builders import keyed
from simulated_sheets import a_long_questionnaire

from scales import (
    SAMPLE_RULES,
    SHEET_RULES,
    QualityLimits,
    flag_sheets,
    rules_not_checked,
    sheet_quality,
)

LONG = a_long_questionnaire(scale_count=10)
SHORT = keyed("+-", "+-+", "++")


def test_seven_items_are_too_few_for_the_straight_line_and_its_kin():
    found = rules_not_checked(SHORT)

    assert found == {
        "straight_line": "too_few_items",
        "contradictory": "too_few_items",
        "inconsistent": "too_few_scales",
        "synonyms": "too_few_items",
        "antonyms": "too_few_items",
        "identical": "too_few_items",
    }


def test_a_long_questionnaire_of_both_directions_is_checked_by_every_rule():
    assert rules_not_checked(LONG) == {}


def test_items_of_one_direction_show_no_straight_line_however_many():
    found = rules_not_checked(keyed("+" * 12))

    assert (found["straight_line"], found["contradictory"]) == ("one_direction", "one_direction")


def test_a_lower_limit_brings_the_rule_back():
    assert "straight_line" not in rules_not_checked(SHORT, QualityLimits(straight_line_items=7))


@pytest.mark.parametrize("questionnaire", [SHORT, keyed("+" * 12), keyed("+-" * 5)])
def test_no_sheet_breaks_a_rule_that_is_not_checked(questionnaire):
    count = sum(len(scale.items) for scale in questionnaire.scales)
    random = np.random.default_rng(3)
    raw = np.vstack([np.full((40, count), 5.0), random.integers(1, 6, (200, count)).astype(float)])
    quality = sheet_quality(raw, questionnaire, seconds=np.ones(240))

    flags = flag_sheets(quality).counts

    not_checked = rules_not_checked(questionnaire, quality=quality)
    assert not_checked.keys() <= {*SHEET_RULES, *SAMPLE_RULES}
    assert all(flags[rule] == 0 for rule in not_checked)


def test_sheets_without_times_and_too_few_of_them_are_said_to_be_so():
    raw = np.random.default_rng(4).integers(1, 6, (2, 60)).astype(float)

    found = rules_not_checked(LONG, quality=sheet_quality(raw, LONG))

    assert found["too_fast"] == "no_seconds"
    assert (found["random_like"], found["identical"]) == ("too_few_sheets", "too_few_sheets")
    assert found["outlying"] == "no_distance"
