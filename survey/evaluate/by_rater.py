"""Mean of each office first, then over the offices: one with many quota places outvotes nobody."""

from collections.abc import Mapping
from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scales import Moments, Scale, ScoreSummary, scale_moments

Sums = Mapping[str, Any]


def sum_by_rater(
    packed: NDArray[np.uint8], raters: NDArray[np.int64], scale: Scale
) -> dict[str, Any]:
    """Return how many offices have a score on a scale, and the exact sums of their means.

    `packed` holds the scale's columns; fractions are written as text.
    """
    means = [_mean(scale_moments(packed[raters == r], scale), scale) for r in np.unique(raters)]
    known = [mean for mean in means if mean is not None]
    squares = [mean * mean for mean in known]
    return {
        "n": len(known),
        "percent": str(sum(known, Fraction())),
        "percent_squared": str(sum(squares, Fraction())),
    }


def summary_by_rater(sums: Sums) -> ScoreSummary:
    """Return mean and deviation over the offices, rounded once."""
    n = int(sums["n"])
    percent, squared = Fraction(sums["percent"]), Fraction(sums["percent_squared"])
    sd = sqrt((squared - percent**2 / n) / (n - 1)) if n > 1 else None
    return ScoreSummary(n, None, None, float(percent / n) if n else None, sd)


def _mean(moments: Moments, scale: Scale) -> Fraction | None:
    """Return the mean percent of one office's places that have a score."""
    unit = moments.percent_denominator
    scored = list(enumerate(moments.scores))[max(scale.needed_count, 1) :]
    people = sum(sums.people for _, sums in scored)
    if not people:
        return None
    return (
        sum((Fraction(s.percent, answered * unit) for answered, s in scored), Fraction()) / people
    )
