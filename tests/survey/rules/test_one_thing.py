"""Items that hold two things have a high alpha too; the second eigenvalue tells."""

import numpy as np
import pytest
from scale_builders import a_scale, pack

from scales import analyse_scale
from survey.rules.scoring.one_thing import judge_reliability, seems_two_things

ITEMS = "abcdefghijklmnop"


def analysed(factors, people, seed=1, noise=0.7):
    """Sixteen items, in blocks of as many factors, cut into five points."""
    draw = np.random.default_rng(seed)
    traits = draw.normal(size=(people, factors))
    answers = np.repeat(traits, len(ITEMS) // factors, axis=1)
    answers = answers + noise * draw.normal(size=answers.shape)
    scale = a_scale(ITEMS)
    return analyse_scale(pack(np.clip(np.rint(answers * 1.2 + 3), 1, 5), scale), scale)


def test_two_factors_of_eight_items_are_not_praised_for_their_alpha():
    found = analysed(factors=2, people=400)

    assert found.alpha > 0.8
    assert found.second_eigenvalue > 4
    assert judge_reliability("alpha", found.alpha, found).band == "two_things"


@pytest.mark.parametrize("people", [30, 100, 1000])
@pytest.mark.parametrize("noise", [0.5, 1.5])
def test_one_factor_is_one_thing_with_few_people_too(people, noise):
    said = [seems_two_things(analysed(1, people, seed, noise)) for seed in range(20)]

    assert not any(said)


def test_a_low_reliability_and_few_people_are_said_first():
    low, few = analysed(factors=8, people=400, noise=3.0), analysed(factors=2, people=20)

    assert judge_reliability("alpha", low.alpha, low).band == "poor"
    assert judge_reliability("alpha", few.alpha, few).band == "few"
