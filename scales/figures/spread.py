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


def spread_of_counts(counts: NDArray[np.int64], lowest: int) -> Spread:
    """Return the spread of an item from how often each point was given, in exact integers.

    Parameters
    ----------
    counts : (points,) array of people
        By *aligned* point, lowest first.
    lowest : int
        The lowest point.

    Returns
    -------
    Spread

    Raises
    ------
    Undefined
        ``nobody_answered``.
    """
    n, first, second, third, fourth = (
        sum(offset**power * int(count) for offset, count in enumerate(counts)) for power in range(5)
    )
    if n == 0:
        raise Undefined("nobody_answered")
    return Spread(
        n,
        (n * lowest + first) / n,
        (n * second - first**2) / n,
        (n**2 * third - 3 * n * first * second + 2 * first**3) / n**2,
        (n**3 * fourth - 4 * n**2 * first * third + 6 * n * first**2 * second - 3 * first**4)
        / n**3,
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
