"""Answers beside the people there are: response rate, and the correction for a small population."""

import math

from scales.errors import InvalidAnswer, Undefined
from scales.satisfaction.scores import t_interval


def response_rate(answers: int, head_count: int) -> float:
    """Return the share of the people asked who answered.

    Parameters
    ----------
    answers : int
        Sheets received.
    head_count : int
        People asked, or entitled to answer.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    InvalidAnswer
        If a count is negative.
    Undefined
        ``nobody_asked``; ``more_answers_than_people``, when the head count is wrong or the way in
        was open to others.

    Notes
    -----
    ``answers/head count``, the AAPOR response rate RR1 where a received sheet is a complete one

    References
    ----------
    American Association for Public Opinion Research (2023). *Standard definitions*, 10th ed.
    """
    if answers < 0 or head_count < 0:
        raise InvalidAnswer("counts are not negative")
    if head_count == 0:
        raise Undefined("nobody_asked")
    if answers > head_count:
        raise Undefined("more_answers_than_people")
    return answers / head_count


def finite_population_factor(n: int, head_count: int) -> float:
    """Return by what factor a standard error shrinks because n of few people have answered.

    Who did not answer is taken for a random rest; the factor does not mend a biased one.

    Parameters
    ----------
    n : int
        People behind the mean.
    head_count : int
        People there are.

    Returns
    -------
    float
        1 for a few of very many, 0 once everybody has answered.

    Raises
    ------
    InvalidAnswer, Undefined
        As `response_rate`.

    Notes
    -----
    ``√(1 − n/N)``, N people there are
    R: ``survey::svydesign(fpc = ~N)``

    References
    ----------
    Cochran, W. G. (1977). *Sampling techniques* (3rd ed.), § 2.6. Wiley.
    """
    return math.sqrt(1.0 - response_rate(n, head_count))


def corrected_interval(
    mean: float, sd: float, n: int, head_count: int, level: float = 0.95
) -> tuple[float, float]:
    """Return the interval of a mean where the head count is known.

    Parameters
    ----------
    mean, sd : float
        In the same unit; `sd` with n − 1.
    n : int
        People behind the mean.
    head_count : int
        People there are.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper limit, in the unit of `mean`; both are the mean once all have answered.

    Raises
    ------
    InvalidAnswer
        If a count is negative.
    Undefined
        As `response_rate`; ``too_few_for_interval`` with fewer than two people.

    Notes
    -----
    ``mean ± t·√(1 − n/N)·sd/√n`` with ``n − 1`` degrees of freedom
    R: ``survey::svymean`` in a design with ``fpc = ~N``, its interval with ``df = n − 1``

    References
    ----------
    Cochran, W. G. (1977). *Sampling techniques* (3rd ed.), § 2.6. Wiley.
    """
    return t_interval(mean, sd * finite_population_factor(n, head_count), n, level)
