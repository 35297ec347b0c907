"""agreement_of_units, agreement_of_moments, agreement_of_points: one result, three ways in."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scales.agreement.dependability import TARGETS, answers_needed, reliability_of_unit_mean
from scales.agreement.one_way import one_way
from scales.agreement.result import Agreement
from scales.agreement.unit_points import scores_of_points
from scales.agreement.unit_scores import UnitScores, unit_scores
from scales.agreement.unit_sums import count_units, sums_of_moments
from scales.definition import Scale
from scales.figures.reasons import Reasons
from scales.moments import Moments
from scales.ranking.shrinkage import shrunken_means


def agreement_of_units(
    packed: NDArray[np.uint8],
    unit_of_row: NDArray[np.integer],
    scale: Scale,
    *,
    unit_count: int | None = None,
) -> Agreement:
    """Tell from packed answers whether units differ and whether each one's people agree.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        The scale's columns: 0 skipped, 1…k the position ticked, 255 don't know.
    unit_of_row : (n_respondents,) array of int
        The unit of each row, from 0; negative where it has none, such rows are left out.
    scale : Scale
        Gives keying, range and the missing-answer rule.
    unit_count : int, optional
        How many units there are, when the last ones may have no row.

    Returns
    -------
    Agreement
        ICC and means over people with a score; rwg(j), AD and alpha over each unit's complete
        people.

    Raises
    ------
    InvalidAnswer
        If the shapes do not match, or a position lies off the format.
    """
    units = _count(unit_of_row, unit_count)
    return _agreement(unit_scores(count_units(packed, unit_of_row, units, scale), scale))


def agreement_of_moments(units: Sequence[Moments], scale: Scale) -> Agreement:
    """Tell the same from the moments of each unit; no answer is read again.

    Parameters
    ----------
    units : sequence of Moments
        One for each unit.
    scale : Scale
        What was measured.

    Returns
    -------
    Agreement
        The figures of `agreement_of_units`, to the bit.

    Raises
    ------
    InvalidAnswer
        If moments are not of this scale.
    Undefined
        ``complete_not_counted`` if a unit's moments do not hold the counts of complete people.
    """
    return _agreement(unit_scores(sums_of_moments(units, scale), scale))


def agreement_of_points(
    raw: NDArray[np.float64],
    unit_of_row: NDArray[np.integer],
    scale: Scale,
    *,
    unit_count: int | None = None,
) -> Agreement:
    """Tell the same from points that may be fractions.

    Parameters
    ----------
    raw : (n_respondents, n_items) array of points
        Points as answered, in item order; NaN marks a missing answer.
    unit_of_row, scale, unit_count
        As in `agreement_of_units`.

    Returns
    -------
    Agreement

    Raises
    ------
    InvalidAnswer
        If the shapes do not match, or an answer lies off the format.
    """
    units = _count(unit_of_row, unit_count)
    return _agreement(scores_of_points(raw, unit_of_row, units, scale))


def _count(unit_of_row: NDArray[np.integer], unit_count: int | None) -> int:
    return int(unit_of_row.max(initial=-1)) + 1 if unit_count is None else unit_count


def _agreement(scores: UnitScores) -> Agreement:
    reasons = Reasons()
    squares = reasons.ask(
        lambda: one_way(scores.n, scores.means, scores.squares, scores.mean_points)
    )
    icc1 = None if squares is None else reasons.ask(squares.icc1)
    icc2 = None if squares is None else reasons.ask(squares.icc2)
    needed = {str(target): _needed(icc1, target, reasons) for target in TARGETS}
    reliability = shrunken = np.full(len(scores.n), np.nan)
    if icc1 is not None:
        reliability = np.where(scores.n > 0, reliability_of_unit_mean(scores.n, icc1), np.nan)
        shrunken = shrunken_means(scores.means, scores.n, icc1, scores.mean_points)
    return Agreement(
        None if np.isnan(scores.mean_points) else scores.mean_points,
        icc1,
        icc2,
        needed,
        squares,
        reasons.codes,
        scores.n,
        scores.n_complete,
        scores.means,
        scores.rwg,
        scores.ad,
        scores.alpha_complete,
        reliability,
        shrunken,
    )


def _needed(icc1: float | None, target: float, reasons: Reasons) -> int | None:
    return None if icc1 is None else reasons.ask(lambda: answers_needed(icc1, target))
