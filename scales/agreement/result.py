"""Agreement, UnitAgreement: do units differ, and does each unit's mean say anything."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.agreement.one_way import OneWay

Vector = NDArray[np.float64]

AGREEMENT_WARNING_CODES = (
    "single_unit",
    "one_answer_per_unit",
    "everybody_scores_the_same",
    "units_do_not_differ",
    "no_differences_within",
)
"""Every reason why a figure over all units is empty."""

UNIT_WARNING_CODES = ("nobody_scored", "too_few_complete")
"""Every reason why a figure of one unit is empty."""


@dataclass(frozen=True)
class UnitAgreement:
    """The figures of one unit; None where one does not exist, `warnings` has the reason.

    `n` people have a score, `n_complete` answered every item. `rwg`, `ad` (in points) and
    `alpha_complete` are of the complete ones. `reliability` is that of the unit's mean, by ICC(1)
    over all units.
    """

    n: int
    n_complete: int
    mean_points: float | None
    rwg: float | None
    ad: float | None
    alpha_complete: float | None
    reliability: float | None
    shrunken_mean_points: float | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Agreement:
    """The figures over all units, and by unit as arrays with NaN where one does not exist.

    Attributes
    ----------
    mean_points : float or None
        Of all respondents: where means are drawn to.
    icc1, icc2 : float or None
        With the mean unit size N/J.
    answers_needed : mapping of reliability to people
        With the keys 0.7, 0.8 and 0.9; None where no number is enough.
    one_way : OneWay or None
        The mean squares.
    warnings : tuple of str
        Codes of `AGREEMENT_WARNING_CODES`.
    n, n_complete : (n_units,) array of people
    means, rwg, ad, alpha_complete, reliability, shrunken_means : (n_units,) array
        As in `UnitAgreement`.
    """

    mean_points: float | None
    icc1: float | None
    icc2: float | None
    answers_needed: Mapping[str, int | None]
    one_way: OneWay | None
    warnings: tuple[str, ...]
    n: NDArray[np.int64]
    n_complete: NDArray[np.int64]
    means: Vector
    rwg: Vector
    ad: Vector
    alpha_complete: Vector
    reliability: Vector
    shrunken_means: Vector

    def unit(self, index: int) -> UnitAgreement:
        """Return the figures of one unit, counted from 0."""
        n, n_complete = int(self.n[index]), int(self.n_complete[index])
        is_empty = (n == 0, n_complete < 2)
        return UnitAgreement(
            n,
            n_complete,
            _or_none(self.means[index]),
            _or_none(self.rwg[index]),
            _or_none(self.ad[index]),
            _or_none(self.alpha_complete[index]),
            _or_none(self.reliability[index]),
            _or_none(self.shrunken_means[index]),
            tuple(c for c, is_so in zip(UNIT_WARNING_CODES, is_empty, strict=True) if is_so),
        )


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
