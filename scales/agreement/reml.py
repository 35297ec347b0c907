"""one_way_reml: variance between and within units by restricted maximum likelihood."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class OneWayReml:
    """Variance components, in squared points, and the units' means drawn to `mean`.

    Attributes
    ----------
    between, within : float
        Variance of the units, and of people inside them; `between` is 0 or more.
    mean : float
        The generalised least squares mean, in points.
    icc : float
        ``between/(between + within)``.
    shrunken_means, conditional_sd : (n_units,) array of points
        The units' predicted means with their standard deviation; a unit of nobody has `mean`.
    """

    between: float
    within: float
    mean: float
    icc: float
    shrunken_means: Vector
    conditional_sd: Vector


def one_way_reml(n: NDArray[np.int64], means: Vector, squares: Vector) -> OneWayReml:
    """Estimate how units differ by restricted maximum likelihood, by a search in one dimension.

    Parameters
    ----------
    n : (n_units,) array of people
        With a score.
    means : (n_units,) array of points
        Of each unit's scores; not read where n is 0.
    squares : (n_units,) array of squared points
        Sum of the squared distances of a unit's scores from its mean.

    Returns
    -------
    OneWayReml

    Raises
    ------
    Undefined
        ``single_unit``, ``one_answer_per_unit`` as `one_way`; ``no_differences_within`` if the
        people of every unit agree, where the likelihood has no maximum.

    Notes
    -----
    the maximum over r = ICC of ``−½((N − 1)·ln σ² + Σ ln(1 + nθ) + ln Σw)`` with ``θ = r/(1 − r)``,
    ``w = n/(1 + nθ)``, ``μ = Σw·mean/Σw``, ``σ² = (Σ squares + Σw(mean − μ)²)/(N − 1)``; a unit's
    predicted mean is ``μ + nθ/(1 + nθ)·(mean − μ)`` with the variance ``σ²θ/(1 + nθ)``
    R: ``lme4::lmer(score ~ 1 + (1 | unit))``

    References
    ----------
    Patterson, H. D., & Thompson, R. (1971). Recovery of inter-block information when block sizes
    are unequal. *Biometrika*, 58, 545–554.
    """
    has_people = n > 0
    likelihood = _Likelihood(
        n[has_people].astype(np.float64), means[has_people], float(squares[has_people].sum())
    )
    icc = _best(likelihood)
    at = likelihood.at(icc)
    theta = icc / (1.0 - icc)
    pull = n * theta / (1.0 + n * theta)
    return OneWayReml(
        at.within * theta,
        at.within,
        at.mean,
        icc,
        at.mean + pull * (np.where(has_people, means, at.mean) - at.mean),
        np.sqrt(at.within * theta / (1.0 + n * theta)),
    )


@dataclass(frozen=True)
class _At:
    """The restricted likelihood at one ICC: minus twice its log, and that one's slope by θ."""

    deviance: float
    slope: float
    mean: float
    within: float


@dataclass(frozen=True, eq=False)
class _Likelihood:
    sizes: Vector
    means: Vector
    squares: float  # within units, added up

    def at(self, icc: float) -> _At:
        """Return the likelihood with mean and variance at their best for this ICC."""
        theta = icc / (1.0 - icc)
        weights = self.sizes / (1.0 + self.sizes * theta)
        mean = float(weights @ self.means / weights.sum())
        distances = weights * (self.means - mean)
        sum_squares = self.squares + float(distances @ (self.means - mean))
        freedom = float(self.sizes.sum()) - 1.0
        deviance = freedom * math.log(sum_squares) + math.log(weights.sum())
        slope = weights.sum() - float(weights @ weights) / weights.sum()
        return _At(
            deviance + float(np.log1p(self.sizes * theta).sum()),
            float(slope - freedom * float(distances @ distances) / sum_squares),
            mean,
            sum_squares / freedom,
        )


def _best(likelihood: _Likelihood) -> float:
    """Return the ICC of the highest likelihood: a search, then the root of the slope nearby."""
    from scipy.optimize import brentq, minimize_scalar

    if len(likelihood.sizes) < 2:
        raise Undefined("single_unit")
    if likelihood.sizes.max() < 2:
        raise Undefined("one_answer_per_unit")
    if likelihood.squares == 0:
        raise Undefined("no_differences_within")
    found = minimize_scalar(
        lambda icc: likelihood.at(icc).deviance, bounds=(0.0, 1.0 - 1e-12), method="bounded"
    )
    if likelihood.at(0.0).deviance <= found.fun:
        return 0.0
    low, high = 0.99 * found.x, found.x + 0.01 * (1.0 - found.x)
    if likelihood.at(low).slope < 0 < likelihood.at(high).slope:
        return float(brentq(lambda icc: likelihood.at(icc).slope, low, high, xtol=1e-14))
    return float(found.x)
