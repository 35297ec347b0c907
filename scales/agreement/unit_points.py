"""scores_of_points: what agreement is made of, from answers that may be fractions."""

import numpy as np
from numpy.typing import NDArray

from scales.agreement.unit_scores import UnitScores, alpha_of_parts
from scales.agreement.within import rwg_j_of_variances
from scales.definition import Scale
from scales.errors import InvalidAnswer
from scales.keying import align_keying
from scales.scoring import respondent_points

Vector = NDArray[np.float64]


class _Units:
    """Values of people, each in a unit: how far each lies from its unit's mean."""

    def __init__(self, unit: NDArray[np.intp], unit_count: int) -> None:
        self.unit, self.count = unit, unit_count
        self.n = np.bincount(unit, minlength=unit_count)
        self._first = np.zeros(unit_count, dtype=np.intp)
        self._first[unit[::-1]] = np.arange(len(unit))[::-1]

    def means_and_distances(self, values: Vector) -> tuple[Vector, Vector]:
        """Return the units' means, and each person's distance, 0 exactly where all are equal."""
        shift = values[self._first] if len(values) else np.zeros(self.count)
        means = shift + self.mean(values - shift[self.unit])
        return means, values - means[self.unit]

    def mean(self, values: Vector) -> Vector:
        """Return each unit's mean, NaN where it has nobody."""
        sums = np.bincount(self.unit, values, self.count)
        return _divide(sums, self.n)

    def variance(self, values: Vector) -> Vector:
        """Return each unit's variance with n−1, NaN with fewer than two people."""
        squares = np.bincount(self.unit, self.means_and_distances(values)[1] ** 2, self.count)
        return _divide(squares, self.n - 1)


def scores_of_points(
    raw: NDArray[np.float64], unit_of_row: NDArray[np.integer], unit_count: int, scale: Scale
) -> UnitScores:
    """Return what agreement is made of, from points as answered.

    Parameters
    ----------
    raw : (n_respondents, n_items) array of points
        NaN marks a missing answer.
    unit_of_row : (n_respondents,) array of int
        From 0; negative where a row belongs to no unit.
    unit_count : int
        How many units there are.
    scale : Scale
        Gives keying, range and the missing-answer rule.

    Returns
    -------
    UnitScores

    Raises
    ------
    InvalidAnswer
        If the shapes do not match, a unit lies above the count, or an answer off the format.
    """
    if unit_of_row.shape != raw.shape[:1] or unit_of_row.max(initial=-1) >= unit_count:
        raise InvalidAnswer(f"every row needs one of the {unit_count} units, or none")
    aligned, unit = align_keying(raw, scale), unit_of_row.astype(np.intp)
    points = respondent_points(aligned, scale)
    is_scored = (unit >= 0) & ~np.isnan(points)
    is_complete = (unit >= 0) & ~np.isnan(aligned).any(axis=1)
    scored, complete = (_Units(unit[chosen], unit_count) for chosen in (is_scored, is_complete))
    means, distances = scored.means_and_distances(points[is_scored])
    items = aligned[is_complete]
    variances = np.stack([complete.variance(item) for item in items.T], axis=1)
    return UnitScores(
        scored.n,
        complete.n,
        means,
        np.bincount(scored.unit, distances**2, unit_count).astype(np.float64),
        float(points[is_scored].mean()) if is_scored.any() else np.nan,
        rwg_j_of_variances(variances, scale.format.points),
        _ad(complete, items),
        alpha_of_parts(variances.sum(axis=1), complete.variance(items.sum(axis=1)), items.shape[1]),
    )


def _ad(complete: _Units, items: NDArray[np.float64]) -> Vector:
    distances = [complete.mean(np.abs(complete.means_and_distances(item)[1])) for item in items.T]
    return np.where(complete.n > 1, np.mean(distances, axis=0), np.nan)


def _divide(above: NDArray[np.float64 | np.intp], below: NDArray[np.intp]) -> Vector:
    result = np.full(above.shape, np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result
