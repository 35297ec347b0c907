"""How the answers to one item are spread: mean, standard deviation, skew and kurtosis."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined


@dataclass(frozen=True)
class Spread:
    """Sums of powers of the distance from the mean.

    Attributes
    ----------
    n : int
        People who answered.
    mean : float
        In points.
    squares, cubes, fourths : float
        Sums of the second, third and fourth power of the distance from the mean.
    """

    n: int
    mean: float
    squares: float
    cubes: float
    fourths: float

    def sd(self) -> float:
        """Return the standard deviation with n−1, in points.

        Raises
        ------
        Undefined
            ``too_few_answers``.

        Notes
        -----
        ``√(Σ(x − mean)² / (n − 1))``
        R: ``sd(x)``
        """
        if self.n < 2:
            raise Undefined("too_few_answers")
        return math.sqrt(self.squares / (self.n - 1))

    def skew(self) -> float:
        """Return the skew of type 3: the third central moment over the cube of the sd (n−1).

        Raises
        ------
        Undefined
            ``too_few_answers``, ``zero_variance``.

        Notes
        -----
        ``Σ(x − mean)³ / n / sd³``
        R: ``psych::skew(x, type = 3)``

        References
        ----------
        Joanes, D. N., & Gill, C. A. (1998). Comparing measures of sample skewness and kurtosis.
        *The Statistician*, 47, 183–189.
        """
        return self.cubes / self.n / self._positive_sd() ** 3

    def kurtosis(self) -> float:
        """Return the excess kurtosis of type 3: the fourth central moment over sd⁴ (n−1), less 3.

        Raises
        ------
        Undefined
            ``too_few_answers``, ``zero_variance``.

        Notes
        -----
        ``Σ(x − mean)⁴ / n / sd⁴ − 3``
        R: ``psych::kurtosi(x, type = 3)``

        References
        ----------
        Joanes, D. N., & Gill, C. A. (1998). Comparing measures of sample skewness and kurtosis.
        *The Statistician*, 47, 183–189.
        """
        return self.fourths / self.n / self._positive_sd() ** 4 - 3.0

    def _positive_sd(self) -> float:
        sd = self.sd()
        if sd == 0:
            raise Undefined("zero_variance")
        return sd


def spreads_of_counts(counts: NDArray[np.int64], lowest: int) -> tuple[Spread | None, ...]:
    """Return the spread of each item from how often each point was given, in exact integers.

    Parameters
    ----------
    counts : (n_items, points) array of people
        By *aligned* point, lowest first.
    lowest : int
        The lowest point.

    Returns
    -------
    tuple of Spread
        None for an item that nobody answered.
    """
    powers = np.arange(counts.shape[1])[:, np.newaxis] ** np.arange(5)
    return tuple(
        _from_sums(sums, lowest) if sums[0] else None for sums in (counts @ powers).tolist()
    )


def spread_of_points(points: NDArray[np.float64]) -> Spread:
    """Return the spread of an item from its aligned points.

    Parameters
    ----------
    points : (n_respondents,) array of points
        NaN marks a missing answer.

    Returns
    -------
    Spread

    Raises
    ------
    Undefined
        ``nobody_answered``.
    """
    answered = points[~np.isnan(points)]
    if not len(answered):
        raise Undefined("nobody_answered")
    mean = float(answered.mean()) if np.ptp(answered) else float(answered[0])
    distance = answered - mean
    return Spread(len(answered), mean, *(float((distance**power).sum()) for power in (2, 3, 4)))


def _from_sums(sums: list[int], lowest: int) -> Spread:
    """Turn sums of powers of the offset into sums of powers of the distance from the mean."""
    n, first, second, third, fourth = sums
    return Spread(
        n,
        (n * lowest + first) / n,
        (n * second - first**2) / n,
        (n**2 * third - 3 * n * first * second + 2 * first**3) / n**2,
        (n**3 * fourth - 4 * n**2 * first * third + 6 * n * first**2 * second - 3 * first**4)
        / n**3,
    )
