"""Raters of the same targets: the part of the file in which every rater rated every target."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from scales import RaterAgreement as Iccs
from scales import Undefined, rater_agreement
from survey.exchange.answers_file import AnswersFile
from survey.item_analysis.groups import Rows
from survey.item_analysis.person import PersonScores
from survey.item_analysis.result import RaterAgreement, RaterIcc

LEFT_OUT = "not_balanced"
RATED_TWICE = "rated_twice"

Matrix = NDArray[np.float64]


def rater_agreements(
    answers: AnswersFile,
    counted: Rows,
    scores: Mapping[str, PersonScores],
    columns: tuple[str, str],
) -> dict[str, RaterAgreement]:
    """Return the intraclass correlations of each scale's scores; a score is a rating."""
    labels = [answers.labels[column] for column in columns]
    rows = [row for row in counted.tolist() if labels[0][row] and labels[1][row]]
    target, rater = ([column[row] for row in rows] for column in labels)
    return {
        scale: _agreement(*ratings_of(target, rater, found.points[rows]))
        for scale, found in scores.items()
    }


def ratings_of(target: list[str], rater: list[str], points: Matrix) -> tuple[Matrix, bool]:
    """Return the ratings as (targets, raters), NaN where none, and whether a pair came twice.

    Of a target rated twice by one rater, the first rating that has a score counts.
    """
    places = [
        {name: place for place, name in enumerate(sorted(set(names)))} for names in (target, rater)
    ]
    ratings = np.full((len(places[0]), len(places[1])), np.nan)
    came_twice = False
    for one_target, one_rater, score in zip(target, rater, points.tolist(), strict=True):
        at = places[0][one_target], places[1][one_rater]
        if np.isnan(ratings[at]):
            ratings[at] = score
        elif not np.isnan(score):
            came_twice = True
    return ratings, came_twice


def balanced_part(ratings: Matrix) -> Matrix:
    """Leave out, one after the other, the target or rater with most gaps until there is none."""
    is_gap = np.isnan(ratings)
    kept = [np.ones(size, dtype=bool) for size in ratings.shape]
    gaps = [is_gap.sum(axis=1), is_gap.sum(axis=0)]
    while gaps[0].any():
        shares = [gaps[axis] / kept[1 - axis].sum() for axis in (0, 1)]
        axis = int(shares[1].max() > shares[0].max())
        worst = int(shares[axis].argmax())
        kept[axis][worst] = False
        gaps[1 - axis] -= is_gap.take(worst, axis) & kept[1 - axis]
        gaps[axis][worst] = 0
    return ratings[np.ix_(*kept)]


def _agreement(ratings: Matrix, came_twice: bool) -> RaterAgreement:
    part = balanced_part(ratings)
    targets, raters = part.shape
    is_part = part.shape != ratings.shape
    warnings = (*((LEFT_OUT,) if is_part else ()), *((RATED_TWICE,) if came_twice else ()))
    try:
        iccs = _iccs(rater_agreement(part))
    except Undefined as reason:
        return RaterAgreement(targets, raters, {}, (*warnings, reason.code))
    return RaterAgreement(targets, raters, iccs, warnings)


def _iccs(found: Iccs) -> dict[str, RaterIcc]:
    return {
        kind: RaterIcc(one.icc, one.interval, one.f, one.df1, one.df2, one.p)
        for kind, one in found.icc.items()
    }
