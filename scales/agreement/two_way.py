"""Two-way analysis of variance of ratings: mean squares of targets, raters and the rest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer, Undefined


@dataclass(frozen=True)
class TwoWay:
    """The mean squares of a table of ratings, one in each cell.

    Attributes
    ----------
    n, k : int
        Targets, raters.
    targets, raters, error, within : float
        Mean squares; `within` is of raters and error together.
    """

    n: int
    k: int
    targets: float
    raters: float
    error: float
    within: float


def two_way(ratings: NDArray[np.float64]) -> TwoWay:
    """Return the mean squares of ratings.

    Parameters
    ----------
    ratings : (n_targets, n_raters) array
        Every rating present.

    Returns
    -------
    TwoWay

    Raises
    ------
    InvalidAnswer
        If a rating is missing, or the array is not a table.
    Undefined
        ``too_few_targets``, ``too_few_raters`` with fewer than two; ``ratings_do_not_vary``,
        ``targets_do_not_differ`` where their mean square is 0.

    Notes
    -----
    ``T = k·Σ(target mean − mean)²/(n − 1)``, ``R = n·Σ(rater mean − mean)²/(k − 1)``,
    ``E = Σ(rating − target mean − rater mean + mean)²/((n − 1)(k − 1))``, W of both together over
    ``n(k − 1)``
    R: ``aov(rating ~ target + rater)``

    References
    ----------
    Shrout, P. E., & Fleiss, J. L. (1979). Intraclass correlations: Uses in assessing rater
    reliability. *Psychological Bulletin*, 86, 420–428.
    """
    if ratings.ndim != 2 or not np.isfinite(ratings).all():
        raise InvalidAnswer("ratings are a table of targets by raters without a gap")
    n, k = ratings.shape
    if n < 2 or k < 2:
        raise Undefined("too_few_targets" if n < 2 else "too_few_raters")
    by_target, by_rater = ratings.mean(axis=1), ratings.mean(axis=0)
    centre = ratings.mean()
    rest = ratings - by_target[:, np.newaxis] - by_rater + centre
    between_raters = n * float(((by_rater - centre) ** 2).sum())
    error = float((rest**2).sum())
    squares = (
        k * float(((by_target - centre) ** 2).sum()) / (n - 1),
        between_raters / (k - 1),
        error / ((n - 1) * (k - 1)),
        (between_raters + error) / (n * (k - 1)),
    )
    noise = n * k * (1e-15 * float(np.abs(ratings).max())) ** 2  # of the last float64 digit
    targets, raters, error, within = (0.0 if square <= noise else square for square in squares)
    if targets == 0:
        raise Undefined("targets_do_not_differ" if within else "ratings_do_not_vary")
    return TwoWay(n, k, targets, raters, error, within)
