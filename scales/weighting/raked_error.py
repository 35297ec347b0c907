"""The standard error of a raked mean: what the margins do not already say about the scores."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer, Undefined
from scales.weighting.means import check_weights, weighted_mean

Vector = NDArray[np.float64]


def raked_standard_error(
    values: Vector,
    weights: Vector,
    margins: Mapping[str, Sequence[str]],
    *,
    start: Vector | None = None,
) -> float:
    """Return the standard error of a mean under raked weights.

    Smaller than that of weights taken as given: where the margins explain the scores, raking takes
    away the chance of who was met.

    Parameters
    ----------
    values : (n_respondents,) array
        Scores; NaN where a person has none.
    weights : (n_respondents,) array
        The raked weights.
    margins : mapping of str to sequence of str
        By margin, the level each person is on.
    start : (n_respondents,) array, optional
        The weights the raking began with; equal ones if not given.

    Returns
    -------
    float
        In the unit of `values`.

    Raises
    ------
    InvalidAnswer
        If lengths differ, or a weight is not a positive number.
    Undefined
        ``nobody_scored``; ``too_few_for_interval`` with fewer than two people with a score.

    Notes
    -----
    ``se = √(n/(n−1) · Σ(w·e)²)``, e the residual of ``(x − m)/Σw`` after a regression on the
    levels of all margins, people weighted as before the raking
    R: ``SE(svymean(~x, rake(design, list(~sex, ~age), margins)))``

    References
    ----------
    Deville, J.-C., & Särndal, C.-E. (1992). Calibration estimators in survey sampling. *Journal of
    the American Statistical Association*, 87, 376–382.
    """
    mean = weighted_mean(values, weights)
    has_value = ~np.isnan(values)
    n = len(values)
    if has_value.sum() < 2:
        raise Undefined("too_few_for_interval")
    if any(len(levels) != n for levels in margins.values()):
        raise InvalidAnswer(f"margins of other lengths than {n}")
    before = np.ones(n) if start is None else start
    check_weights(before)
    parts = np.where(has_value, values - mean, 0.0) / weights[has_value].sum()
    residuals = weights * (parts - _explained(parts, before, margins))
    return math.sqrt(n / (n - 1) * float(residuals @ residuals))


def clustered_standard_error(values: Vector, weights: Vector, clusters: Sequence[str]) -> float:
    """Return the standard error of a weighted mean when whole clusters of people were drawn.

    Parameters
    ----------
    values : (n_respondents,) array
        Scores; NaN where a person has none.
    weights : (n_respondents,) array
        Positive weights.
    clusters : sequence of str
        The cluster each person belongs to, such as a unit or a place.

    Returns
    -------
    float
        In the unit of `values`.

    Raises
    ------
    InvalidAnswer
        If lengths differ, or a weight is not a positive number.
    Undefined
        ``nobody_scored``; ``too_few_for_interval`` with fewer than two clusters.

    Notes
    -----
    ``se = √(G/(G−1) · Σ z²)``, z the sum of ``w(x − m)/Σw`` over a cluster, G clusters
    R: ``SE(svymean(~x, svydesign(ids = ~cluster, weights = ~w, data), na.rm = TRUE))``

    References
    ----------
    Lumley, T. (2010). *Complex surveys*, ch. 2. Wiley.
    """
    mean = weighted_mean(values, weights)
    if len(clusters) != len(values):
        raise InvalidAnswer(f"{len(values)} values but {len(clusters)} clusters")
    names, cluster_of_row = np.unique(np.asarray(clusters, dtype=np.str_), return_inverse=True)
    if len(names) < 2:
        raise Undefined("too_few_for_interval")
    has_value = ~np.isnan(values)
    parts = np.where(has_value, weights * (values - mean), 0.0) / weights[has_value].sum()
    totals = np.bincount(cluster_of_row, parts)
    return math.sqrt(len(names) / (len(names) - 1) * float(totals @ totals))


def _explained(parts: Vector, weights: Vector, margins: Mapping[str, Sequence[str]]) -> Vector:
    """Return what a weighted regression on the levels of all margins says of each person."""
    columns: list[NDArray[np.intp]] = []
    size = 0
    for levels in margins.values():
        names, place = np.unique(np.asarray(levels, dtype=np.str_), return_inverse=True)
        columns.append(place + size)
        size += len(names)
    gram, right = np.zeros((size, size)), np.zeros(size)
    for one in columns:
        right += np.bincount(one, weights * parts, size)
        for two in columns:
            gram += np.bincount(one * size + two, weights, size**2).reshape(size, size)
    effects = np.linalg.lstsq(gram, right, rcond=1e-12)[0]
    return np.asarray(sum(effects[column] for column in columns))
