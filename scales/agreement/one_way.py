"""One-way analysis of variance over units: mean squares, ICC(1), ICC(2)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class OneWay:
    """The mean squares between and within units, in squared points.

    Attributes
    ----------
    units, people : int
        With at least one score; people with a score.
    between, within : float
        Mean squares.
    searle_n0 : float
        The unit size that stands for unequal ones in unbiased estimates.
    """

    units: int
    people: int
    between: float
    within: float
    searle_n0: float

    def icc1(self, size: float | None = None) -> float:
        """Return ICC(1): how much of the differences between two people is between their units.

        Parameters
        ----------
        size : float, optional
            The unit size in the formula; the mean size N/J unless told otherwise (`searle_n0`).

        Returns
        -------
        float
            1 where the people of every unit agree, 0 or less where units do not differ.

        Raises
        ------
        Undefined
            ``everybody_scores_the_same``.

        Notes
        -----
        ``(MSB − MSW)/(MSB + (N/J − 1)·MSW)``, N people with a score, J units
        R: ``multilevel::ICC1(aov(score ~ unit))``

        References
        ----------
        Bliese, P. D. (2000). Within-group agreement, non-independence, and reliability. In K. J.
        Klein & S. W. J. Kozlowski (Eds.), *Multilevel theory, research, and methods in
        organizations*. Jossey-Bass.
        """
        n = self.people / self.units if size is None else size
        total = self.between + (n - 1.0) * self.within
        if total == 0:
            raise Undefined("everybody_scores_the_same")
        return self._surplus() / total

    def icc2(self) -> float:
        """Return ICC(2): how dependable the means of units of mean size are.

        Returns
        -------
        float
            At most 1; negative where units differ less than chance would have it.

        Raises
        ------
        Undefined
            ``everybody_scores_the_same``; ``units_do_not_differ`` if all means are equal.

        Notes
        -----
        ``(MSB − MSW)/MSB``
        R: ``multilevel::ICC2(aov(score ~ unit))``

        References
        ----------
        Bliese, P. D. (2000). Within-group agreement, non-independence, and reliability. In K. J.
        Klein & S. W. J. Kozlowski (Eds.), *Multilevel theory, research, and methods in
        organizations*. Jossey-Bass.
        """
        if self.between == 0:
            raise Undefined("units_do_not_differ" if self.within else "everybody_scores_the_same")
        return self._surplus() / self.between

    def f(self) -> float:
        """Return F, the mean square between units over that within.

        Returns
        -------
        float

        Raises
        ------
        Undefined
            ``no_differences_within``, where F would be infinite.

        Notes
        -----
        ``MSB/MSW``
        R: ``summary(aov(score ~ unit))``

        References
        ----------
        Fisher, R. A. (1925). *Statistical methods for research workers*. Oliver & Boyd.
        """
        if self.within == 0:
            raise Undefined("no_differences_within")
        return self.between / self.within

    def p(self) -> float:
        """Return how often chance alone makes units differ this much.

        Errors and source are those of `f`.

        Returns
        -------
        float
            0 to 1.

        Notes
        -----
        upper tail of F with ``J − 1`` and ``N − J`` degrees of freedom
        R: ``summary(aov(score ~ unit))``
        """
        from scipy.special import fdtrc

        return float(fdtrc(self.units - 1, self.people - self.units, self.f()))

    def _surplus(self) -> float:
        """Return MSB − MSW, 0 where only the last digits of float64 part them."""
        is_none = math.isclose(self.between, self.within, rel_tol=1e-12)
        return 0.0 if is_none else self.between - self.within


def one_way(n: NDArray[np.int64], means: Vector, squares: Vector, centre: float) -> OneWay:
    """Return the mean squares of scores between and within units.

    Parameters
    ----------
    n : (n_units,) array of people
        With a score; units of nobody are left out, units of one count.
    means : (n_units,) array of points
        Of each unit's scores.
    squares : (n_units,) array of squared points
        Sum of the squared distances of a unit's scores from its mean.
    centre : float
        The mean of all respondents.

    Returns
    -------
    OneWay

    Raises
    ------
    Undefined
        ``single_unit`` with fewer than two units; ``one_answer_per_unit`` if no unit has two.

    Notes
    -----
    ``MSB = Σ n(mean − centre)²/(J − 1)``, ``MSW = Σ squares/(N − J)``, Searle's
    ``n₀ = (N − Σn²/N)/(J − 1)``
    R: ``aov(score ~ unit)``

    References
    ----------
    Searle, S. R., Casella, G., & McCulloch, C. E. (1992). *Variance components*. Wiley.
    """
    has_people = n > 0
    units, people = int(has_people.sum()), int(n.sum())
    if units < 2:
        raise Undefined("single_unit")
    if units == people:
        raise Undefined("one_answer_per_unit")
    sizes = n[has_people].astype(np.float64)
    distances = means[has_people] - centre
    # Equal means may lie off the centre by a last digit of float64; they do not differ.
    distances[np.abs(distances) <= 1e-14 * abs(centre)] = 0.0
    return OneWay(
        units,
        people,
        float(sizes @ distances**2) / (units - 1),
        float(squares[has_people].sum()) / (people - units),
        (people - float(sizes @ sizes) / people) / (units - 1),
    )
