"""burst_buckets: when far more sheets came than that place and that hour explain."""

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer
from scales.quality.limits import QualityLimits

Counts = NDArray[np.integer]
Matrix = NDArray[np.float64]


def burst_buckets(counts: Counts, limits: QualityLimits | None = None) -> NDArray[np.bool_]:
    """Tell in which time buckets a place received a burst.

    What is usual for a place is the median of its buckets that are not empty, so that a flood does
    not make itself usual as long as it fills less than half of them. A bucket in which the *other*
    places are busy too, after a call to take part or in the morning, may be busier by as much.
    Arrivals vary more than chance alone: the tail is that of the negative binomial distribution.

    Parameters
    ----------
    counts : (n_places, n_buckets) array of integers
        Sheets received at each place in each bucket.
    limits : QualityLimits, optional
        `burst_sheets`, `burst_p` (shared by all buckets that are not empty) and
        `burst_dispersion`.

    Returns
    -------
    (n_places, n_buckets) array of bool

    Raises
    ------
    InvalidAnswer
        If `counts` is not of two dimensions, or negative.

    Notes
    -----
    ``P(X ≥ c) < burst_p/b`` with X negative binomial, ``E X = λ``, ``Var X = λ + dλ²``;
    ``λ = median of the place · max(1, median over the other places of received/usual)``;
    b = buckets that are not empty, d = `burst_dispersion`
    R: ``pnbinom(c - 1, size = 1/d, mu = lambda, lower.tail = FALSE)``

    References
    ----------
    Kulldorff, M. (2001). Prospective time periodic geographical disease surveillance using a scan
    statistic. *Journal of the Royal Statistical Society A*, 164, 61–72.
    Hilbe, J. M. (2011). *Negative binomial regression* (2nd ed.). Cambridge University Press.
    """
    from scipy.special import betainc

    limits = limits or QualityLimits()
    if counts.ndim != 2 or (counts < 0).any():
        raise InvalidAnswer(f"expected counts by place and bucket, got shape {counts.shape}")
    usual = np.array([_usual(place) for place in counts])[:, None]
    expected = usual * np.maximum(1.0, _busier_elsewhere(counts, usual))
    size = 1 / max(limits.burst_dispersion, 1e-9)
    chance = betainc(np.maximum(counts, 1), size, expected / (size + expected))
    filled = max(1, int((counts > 0).sum()))
    return np.asarray((counts >= limits.burst_sheets) & (chance < limits.burst_p / filled))


def _usual(place: Counts) -> float:
    filled = place[place > 0]
    return float(np.median(filled)) if len(filled) else 1.0


def _busier_elsewhere(counts: Counts, usual: Matrix) -> Matrix:
    """Return how much busier each bucket was at the other places than is usual for them.

    The median over the other places: a flood at one of them excuses nobody. Fewer than two
    others tell nothing.
    """
    if len(counts) < 3:
        return np.ones(counts.shape)
    factors = np.array([counts[place] / usual[place] for place in range(len(counts))])
    return np.array([np.median(np.delete(factors, p, axis=0), axis=0) for p in range(len(counts))])
