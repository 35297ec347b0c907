import math

import numpy as np
import pytest

from scales import one_way
from survey.errors import PlanRefused
from survey.language import LOCALES, messages
from survey.report.judging import sentence_of, word_of
from survey.rules.scoring.judgement import (
    CHANCE,
    NO_FIGURE,
    TOO_FEW_PEOPLE,
    TWO_THINGS,
    JudgementLimits,
    judge,
)
from survey.rules.scoring.judgement_figures import FAMILIES, LADDERS, Tone


def bands_of(figure):
    ladder = LADDERS[figure]
    bands = [step.band for step in (*ladder.steps, ladder.beyond)]
    if ladder.needs_people:
        bands.append(TOO_FEW_PEOPLE)
    if ladder.may_be_chance:
        bands.append(CHANCE)
    if figure == "reliability":
        bands.append(TWO_THINGS)
    return [*bands, NO_FIGURE]


@pytest.mark.parametrize(
    ("alpha", "band"),
    [
        (0.9, "excellent"),
        (math.nextafter(0.9, 0), "good"),
        (0.8, "good"),
        (0.7, "acceptable"),
        (0.6, "questionable"),
        (0.59, "poor"),
        (-3.0, "poor"),
        (None, "none"),
    ],
)
def test_reliability_falls_into_the_usual_bands(alpha, band):
    assert judge("alpha", alpha, n=30).band == band


@pytest.mark.parametrize(
    ("figure", "value"), [("omega_total", 0.95), ("alpha", -3.0), ("r_drop", -0.5)]
)
def test_a_figure_of_a_few_people_is_uncertain_whether_it_looks_fine_or_not(figure, value):
    assert judge(figure, value, n=29).band == "few"
    assert judge(figure, value, n=30).band != "few"
    assert judge(figure, value).band != "few"


@pytest.mark.parametrize(
    ("figure", "value", "p", "band"),
    [
        ("icc1", 0.4, 0.2, "chance"),
        ("icc1", 0.4, 0.05, "chance"),
        ("icc1", 0.4, 0.049, "large"),
        ("icc1", 0.4, None, "large"),
        ("icc1", 0.02, 0.5, "chance"),
        ("icc1", 0.008, 1e-9, "small"),
        ("icc1", 0.008, 0.5, "nothing"),
        ("icc1", -0.2, 0.9, "nothing"),
        ("icc1", None, None, "none"),
        ("icc2", 0.75, 0.06, "chance"),
        ("icc2", 0.75, 0.01, "acceptable"),
        ("icc2", 0.2, 0.3, "weak"),
        ("unit_reliability", 0.9, 0.2, "chance"),
    ],
)
def test_differences_chance_alone_could_make_are_not_called_differences(figure, value, p, band):
    assert judge(figure, value, p=p).band == band


def test_a_p_says_nothing_of_figures_that_are_no_differences_between_units():
    assert judge("alpha", 0.85, p=0.9).band == "good"


def test_units_of_pure_noise_are_hardly_ever_said_to_differ():
    draws = np.random.default_rng(3).normal(size=(400, 3, 3))
    bands = []
    for scores in draws:
        means, squares = scores.mean(axis=1), scores.var(axis=1) * 3
        found = one_way(np.full(3, 3), means, squares, float(scores.mean()))
        bands.append([judge("icc1", found.icc1(), p=p).band for p in (None, found.p())])
    without, guarded = np.isin(bands, ["large", "medium", "small"]).mean(axis=0)

    assert without > 0.2
    assert guarded < 0.08


def test_an_item_that_merely_asks_something_else_is_not_said_to_be_reversed():
    assert judge("r_drop", -0.05, n=40).band == "poor"
    assert judge("r_drop", -0.15, n=40).band == "reversed"


@pytest.mark.parametrize("figure", LADDERS)
def test_a_value_on_a_limit_is_in_the_better_band_and_one_beyond_it_in_the_next(figure):
    ladder, limits = LADDERS[figure], JudgementLimits().of(figure)
    later = [step.band for step in (*ladder.steps[1:], ladder.beyond)]
    away = math.inf if ladder.should_be_low else -math.inf

    for step, following, limit in zip(ladder.steps, later, limits, strict=True):
        assert judge(figure, limit).band == step.band
        if not (ladder.is_signless and limit == 0):
            assert judge(figure, math.nextafter(limit, away)).band == following


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("figure", LADDERS)
def test_every_band_has_a_word_and_a_sentence_of_its_own(figure, locale):
    sentences = [
        messages().phrase(f"judgement.{figure}.{band}", locale) for band in bands_of(figure)
    ]
    words = [
        messages().phrase(f"judgement_word.{figure}.{band}", locale) for band in bands_of(figure)
    ]

    assert len(set(sentences)) == len(sentences)
    assert len(set(words)) == len(words)
    assert all(sentence[-1] in "。." for sentence in sentences)


def test_the_catalogue_says_nothing_about_bands_that_do_not_exist():
    expected = {f"judgement.{figure}.{band}" for figure in LADDERS for band in bands_of(figure)}

    assert {key for key in messages().keys("en") if key.startswith("judgement.")} == expected


def test_weak_and_poor_bands_ask_for_something_to_be_done():
    assert [judge("alpha", alpha, n=99).is_action for alpha in (0.95, 0.75, 0.65, 0.2)] == [
        False,
        False,
        True,
        True,
    ]
    assert judge("alpha", None).tone is Tone.UNKNOWN


def test_a_judgement_is_said_in_the_language_of_the_reader():
    reversed_item = judge("r_drop", -0.2)

    assert word_of(reversed_item, "zh-Hans") == "相反"
    assert "direction may be set wrong" in sentence_of(reversed_item, "en")


def test_limits_come_back_as_they_were_kept_and_those_unsaid_have_their_default():
    strict = JudgementLimits(reliability_good=0.85)

    assert JudgementLimits.from_dict(strict.as_dict()) == strict
    assert JudgementLimits.from_dict({"reliability_good": 0.85}) == strict
    assert judge("alpha", 0.82, limits=strict).band == "acceptable"


@pytest.mark.parametrize(
    ("kept", "code"),
    [
        ({"reliability_good": 0.95}, "judgement_limits_order"),
        ({"missing_share_small": 0.2}, "judgement_limits_order"),
        ({"reliability_good": math.nan}, "judgement_limit_wrong"),
        ({"alpha_good": 0.8}, "judgement_limit_unknown"),
    ],
)
def test_limits_that_make_no_sense_are_refused_by_name(kept, code):
    with pytest.raises(PlanRefused) as refused:
        JudgementLimits.from_dict(kept)

    assert refused.value.code == code
    assert all(messages().has(f"errors.{code}", locale) for locale in LOCALES)


def test_every_key_of_the_result_that_shares_a_family_has_one():
    assert set(FAMILIES.values()) <= set(LADDERS)
