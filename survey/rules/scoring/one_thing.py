"""Whether the items of a scale seem to hold two things, which no reliability tells."""

from math import sqrt

from scales import ScaleAnalysis
from survey.rules.scoring.judgement import (
    DEFAULT_LIMITS,
    TWO_THINGS,
    Judgement,
    JudgementLimits,
    judge,
)
from survey.rules.scoring.judgement_figures import Tone

_STANDS_OUT = 3.0  # times the second eigenvalue is the first, where one thing is behind the items


def seems_two_things(analysis: ScaleAnalysis) -> bool:
    """Whether a second component is beyond chance and not much smaller than the first.

    Items that have nothing in common have, of n people, eigenvalues up to (1 + √(k/n))² (Marchenko
    and Pastur); one that is smaller may be chance.
    """
    first, second = analysis.first_eigenvalue, analysis.second_eigenvalue
    if first is None or second is None or not analysis.n:
        return False
    by_chance = (1.0 + sqrt(len(analysis.items) / analysis.n)) ** 2
    return second > by_chance and first < _STANDS_OUT * second


def judge_reliability(
    figure: str,
    value: float | None,
    analysis: ScaleAnalysis,
    limits: JudgementLimits = DEFAULT_LIMITS,
) -> Judgement:
    """Return the band of a reliability; one that looks fine may be that of two things."""
    found = judge(figure, value, n=analysis.n, limits=limits)
    if found.tone in (Tone.GOOD, Tone.FAIR) and seems_two_things(analysis):
        return Judgement(found.figure, TWO_THINGS, Tone.WEAK)
    return found
