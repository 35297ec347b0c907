"""Effect sizes: Hedges' correction, and intervals from the noncentral t distribution."""

import math
from dataclasses import dataclass

from scales.errors import Undefined

Interval = tuple[float, float]


@dataclass(frozen=True)
class EffectSize:
    """A difference in standard deviations, and its interval at 95 %."""

    value: float
    ci95: Interval


def hedges_correction(degrees: float) -> float:
    """Return the factor that takes the bias of small samples from a standardized difference.

    Parameters
    ----------
    degrees : float
        Degrees of freedom of the standard deviation, at least 1.

    Returns
    -------
    float
        Below 1, and 0 at one degree of freedom.

    Notes
    -----
    ``J = Γ(df/2) / (√(df/2) · Γ((df−1)/2))``, the exact factor
    R: ``exp(lgamma(df/2) - lgamma((df-1)/2)) / sqrt(df/2)``

    References
    ----------
    Hedges, L. V. (1981). Distribution theory for Glass's estimator of effect size.
    *Journal of Educational Statistics*, 6, 107–128.
    """
    if degrees <= 1:
        return 0.0
    return math.exp(math.lgamma(degrees / 2) - math.lgamma((degrees - 1) / 2)) / math.sqrt(
        degrees / 2
    )


def noncentral_interval(t: float, degrees: float, level: float = 0.95) -> Interval:
    """Return the noncentralities under which a t as far out as this one is just not surprising.

    Parameters
    ----------
    t : float
        The t that was found.
    degrees : float
        Its degrees of freedom.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Divided by the factor that makes a t of the effect size, its interval.

    Raises
    ------
    Undefined
        ``no_convergence`` where the distribution cannot be inverted.

    Notes
    -----
    ``F(t; df, lower) = 0.975`` and ``F(t; df, upper) = 0.025``, F the noncentral t distribution
    R: ``uniroot(function(nc) pt(t, df, nc) - .975, c(-40, 40))$root``

    References
    ----------
    Steiger, J. H., & Fouladi, R. T. (1997). Noncentrality interval estimation. In *What if there
    were no significance tests?* Erlbaum.
    """
    tail = (1.0 - level) / 2.0
    return _noncentrality(t, degrees, 1.0 - tail), _noncentrality(t, degrees, tail)


def _noncentrality(t: float, degrees: float, probability: float) -> float:
    """Return the noncentrality at which the distribution function at `t` is `probability`."""
    from scipy.optimize import brentq
    from scipy.special import nctdtr, ndtri

    def distance(noncentrality: float) -> float:
        return float(nctdtr(degrees, noncentrality, t)) - probability

    middle = t - float(ndtri(probability))
    for width in (1.0, 4.0, 16.0, 64.0):
        reach = width * (1.0 + abs(t) / math.sqrt(degrees))
        lower, upper = middle - reach, middle + reach
        if distance(lower) > 0.0 > distance(upper):
            return float(brentq(distance, lower, upper, xtol=1e-13, rtol=1e-14))
    raise Undefined("no_convergence")
