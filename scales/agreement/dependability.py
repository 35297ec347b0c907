"""How dependable a unit's mean is, and how many answers would make it so."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scales.errors import InvalidAnswer, Undefined

TARGETS = (0.7, 0.8, 0.9)
"""The reliabilities of a unit's mean that are asked for."""


def reliability_of_unit_mean(n: ArrayLike, icc1: float) -> NDArray[np.float64]:
    """Return how much of the differences between means of n answers is between the units.

    Parameters
    ----------
    n : int or array of people
        Who stand behind the mean.
    icc1 : float
        ICC(1) of the scale over all units; one of 0 or less counts as 0.

    Returns
    -------
    array, the shape of `n`
        0 to 1, also the weight of the unit's own mean in its shrunken mean.

    Notes
    -----
    ``n·r/(1 + (n − 1)·r)`` with ``r = ICC(1)``
    R: ``psychometric::SBrel``

    References
    ----------
    Spearman, C. (1910). Correlation calculated from faulty data. *British Journal of Psychology*,
    3, 271–295.
    """
    people, r = np.asarray(n, dtype=np.float64), max(icc1, 0.0)
    return np.asarray(people * r / (1.0 + np.maximum(people - 1.0, 0.0) * r))


def answers_needed(icc1: float, target: float) -> int:
    """Return from how many answers on a unit's mean reaches a reliability.

    Parameters
    ----------
    icc1 : float
        ICC(1) of the scale over all units.
    target : float
        The reliability wanted, above 0 and below 1.

    Returns
    -------
    int
        People, at least 1.

    Raises
    ------
    InvalidAnswer
        If the target is not between 0 and 1.
    Undefined
        ``units_do_not_differ`` if ICC(1) is 0 or less: no number of answers is enough.

    Notes
    -----
    ``t(1 − r)/((1 − t)r)`` rounded up, with ``r = ICC(1)`` and t the reliability wanted

    References
    ----------
    Spearman, C. (1910). Correlation calculated from faulty data. *British Journal of Psychology*,
    3, 271–295.
    """
    needed = answers_before_rounding(icc1, target)
    nearest = round(needed)
    # 0.8 · 0.5 / (0.2 · 0.5) is 4.000000000000001 in float64, and 4 answers are enough.
    is_whole = math.isclose(needed, nearest, rel_tol=1e-12)
    return max(1, nearest if is_whole else math.ceil(needed))


def answers_before_rounding(icc1: float, target: float) -> float:
    """Return `answers_needed` as the fraction it is before rounding up.

    Parameters, errors and source are those of `answers_needed`.

    Returns
    -------
    float
        People.

    Notes
    -----
    ``t(1 − r)/((1 − t)r)`` with ``r = ICC(1)`` and t the reliability wanted
    """
    if not 0 < target < 1:
        raise InvalidAnswer(f"a reliability of {target} cannot be reached or is no aim")
    if not icc1 > 0:
        raise Undefined("units_do_not_differ")
    return target * (1.0 - icc1) / ((1.0 - target) * icc1)


def more_answers_needed(n: int, icc1: float, target: float) -> int:
    """Return how many answers a unit still lacks until its mean reaches a reliability.

    Parameters
    ----------
    n : int
        People with a score now.
    icc1 : float
        ICC(1) of the scale over all units.
    target : float
        The reliability wanted, above 0 and below 1.

    Returns
    -------
    int
        People; 0 if the mean is dependable already.

    Raises
    ------
    InvalidAnswer, Undefined
        As `answers_needed`.

    Notes
    -----
    ``max(0, answers needed − n)``

    References
    ----------
    Spearman, C. (1910). Correlation calculated from faulty data. *British Journal of Psychology*,
    3, 271–295.
    """
    return max(0, answers_needed(icc1, target) - n)
