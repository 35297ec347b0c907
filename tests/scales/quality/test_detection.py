"""ACCEPTANCE 53: a thousand fabricated sheets among a thousand honest ones, answers alone.

Limits are the defaults. Decision 0008 says which of them were set after a look at `honest`, that
`honest_by_tree` was tried only afterwards, and what falls short; all figures:
`python -m bench.detection`.
"""

import numpy as np
import pytest
from simulated_sheets import KINDS, a_long_questionnaire, honest, honest_by_tree

from scales import flag_sheets, load_questionnaire, sheet_quality, shipped_questionnaires

PEOPLE = 1000


def shipped(name):
    return load_questionnaire(shipped_questionnaires()[name])


def flagged_shares(questionnaire, seed, people=honest):
    """Return the share flagged of honest people, and of each kind of fabrication."""
    rng = np.random.default_rng(seed)
    parts = {"honest": people(PEOPLE, questionnaire, rng)}
    parts |= {kind: make(PEOPLE // len(KINDS), questionnaire, rng) for kind, make in KINDS.items()}
    flags = flag_sheets(sheet_quality(np.vstack(list(parts.values())), questionnaire)).any
    ends = np.cumsum([len(part) for part in parts.values()])[:-1]
    return dict(zip(parts, [part.mean() for part in np.split(flags, ends)], strict=True))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_thirty_items_tell_straight_lines_and_random_ticks_from_honest_people(seed):
    found = flagged_shares(a_long_questionnaire(), seed)

    assert found["straight"] >= 0.95
    assert found["random"] >= 0.95
    assert found["pattern"] >= 0.8  # the others say what the keys say
    assert found["honest"] <= 0.02


@pytest.mark.parametrize("name", ["partner-cooperation", "staff-establishment"])
def test_eleven_and_sixteen_items_tell_straight_lines_and_most_random_ticks(name):
    found = flagged_shares(shipped(name), 1)

    assert found["straight"] >= 0.95
    assert found["random"] >= 0.6
    assert found["honest"] <= 0.02


def test_seven_items_tell_straight_lines_only():
    found = flagged_shares(shipped("citizen-service"), 1)

    assert found["straight"] >= 0.95
    assert found["random"] <= 0.5  # said in decision 0008; if it rises, say so there
    assert found["honest"] <= 0.02


def test_people_of_another_model_are_flagged_more_often_than_they_should_be():
    found = flagged_shares(a_long_questionnaire(), 1, honest_by_tree)

    assert found["straight"] >= 0.95
    assert found["random"] >= 0.8
    assert found["honest"] <= 0.06  # over the 0.02 aimed at: said in decision 0008


def test_a_bot_with_a_trait_of_its_own_passes():
    found = flagged_shares(a_long_questionnaire(), 1)

    assert found["bot"] <= 0.05  # said in decision 0008; if it rises, say so there


@pytest.mark.parametrize("kind", ["straight", "random"])
def test_a_flood_of_one_kind_as_large_as_the_honest_does_not_hide(kind):
    questionnaire = a_long_questionnaire()
    rng = np.random.default_rng(4)
    raw = np.vstack([honest(PEOPLE, questionnaire, rng), KINDS[kind](PEOPLE, questionnaire, rng)])

    flags = flag_sheets(sheet_quality(raw, questionnaire)).any

    assert flags[PEOPLE:].mean() >= 0.95
    assert flags[:PEOPLE].mean() <= 0.02


@pytest.mark.parametrize(
    "questionnaire",
    [shipped("citizen-service"), shipped("staff-establishment"), a_long_questionnaire()],
    ids=["7 items", "16 items", "30 items"],
)
@pytest.mark.parametrize("content", [-0.5, 0.5, 1.5, 2.5])
def test_honest_people_among_themselves_are_left_alone(questionnaire, content):
    raw = honest(PEOPLE, questionnaire, np.random.default_rng(5), content)

    assert flag_sheets(sheet_quality(raw, questionnaire)).any.mean() <= 0.02
