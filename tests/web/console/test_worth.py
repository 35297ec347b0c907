"""What a unit's scores are worth: which two judgements look like a contradiction."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from survey.results import RankedBy, Ranking
from survey.rules.scoring.judgement_figures import Tone
from web.console.figures.worth import CellWorth, ScoreWorth, Words, rests_on_weak_means

CELL = SimpleNamespace(campaign="camp-staff")
EASE = SimpleNamespace(scale="ease")


def worth(mean, response=None):
    """One scale of one campaign, with the tones of its mean and of who answered."""
    said = Words(mean.value, "", "")
    score = ScoreWorth(EASE, None, said, said, said, ())
    return CellWorth(CELL, Words(response.value, "", "") if response else None, (score,))


@pytest.mark.parametrize(
    ("response", "mean", "is_said"),
    [
        (Tone.WEAK, Tone.GOOD, True),
        (Tone.FAIR, Tone.FAIR, True),
        (Tone.GOOD, Tone.GOOD, False),
        (Tone.WEAK, Tone.WEAK, False),
        (None, Tone.GOOD, False),
    ],
)
def test_a_steady_mean_of_few_answers_is_explained(response, mean, is_said):
    assert worth(mean, response).is_steady_of_few is is_said


def test_a_place_is_a_hint_where_the_mean_it_rests_on_is_not_dependable():
    both = (worth(Tone.WEAK), replace(worth(Tone.GOOD), cell=SimpleNamespace(campaign="other")))

    def by(campaign):
        how = RankedBy.TOTAL if campaign is None else RankedBy.SCALE
        return Ranking(how, campaign, None, "ease", {}, None, ())

    assert [rests_on_weak_means(both, by(c)) for c in (None, "camp-staff", "other")] == [
        True,
        True,
        False,
    ]
    assert not rests_on_weak_means(both[1:])
