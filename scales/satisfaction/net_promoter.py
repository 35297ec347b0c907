"""net_promoter_score: promoters minus detractors on the scale from 0 to 10, with interval."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer, Undefined
from scales.satisfaction.shares import normal_quantile

LAST_DETRACTOR, FIRST_PROMOTER, POINTS = 6, 9, 11


@dataclass(frozen=True)
class NetPromoterScore:
    """The score and its interval, from −100 to 100, with the answers behind it."""

    n: int
    n_promoters: int
    n_detractors: int
    score: float
    ci95: tuple[float, float]


def net_promoter_score(counts: NDArray[np.int64]) -> NetPromoterScore:
    """Return the net promoter score of one item answered from 0 to 10.

    Parameters
    ----------
    counts : (11,) array of answers
        By aligned point, 0 first.

    Returns
    -------
    NetPromoterScore
        The limits never leave −100…100.

    Raises
    ------
    InvalidAnswer
        If there are not eleven counts.
    Undefined
        ``nobody_answered``.

    Notes
    -----
    ``NPS = 100 · (share of 9–10 − share of 0–6)``. The interval is the adjusted Wald interval:
    three answers are added, ¾ promoter, ¾ detractor and 1½ between;
    ``d ± z · √((p + q − d²)/n)`` with those shares p, q, their difference d and n.
    R: ``100 * (mean(x >= 9) - mean(x <= 6))``

    References
    ----------
    Reichheld, F. F. (2003). The one number you need to grow. *Harvard Business Review*, 81(12).
    Rocks, B. (2016). Interval estimation for the “net promoter score”. *The American
    Statistician*, 70, 365–372.
    """
    if np.shape(counts) != (POINTS,):
        raise InvalidAnswer(f"{POINTS} counts needed, got shape {np.shape(counts)}")
    n = int(counts.sum())
    if not n:
        raise Undefined("nobody_answered")
    promoters = int(counts[FIRST_PROMOTER:].sum())
    detractors = int(counts[: LAST_DETRACTOR + 1].sum())
    p, q = ((number + 0.75) / (n + 3) for number in (promoters, detractors))
    difference = p - q
    half_width = normal_quantile(0.95) * math.sqrt((p + q - difference**2) / (n + 3))
    limits = (100 * max(-1.0, difference - half_width), 100 * min(1.0, difference + half_width))
    return NetPromoterScore(n, promoters, detractors, 100 * (promoters - detractors) / n, limits)
