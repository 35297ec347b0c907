"""Weighted means with their standard error, and what weighting costs in precision."""

import math

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer, Undefined
from scales.satisfaction.scores import t_quantile

Vector = NDArray[np.float64]


def weighted_mean(values: Vector, weights: Vector) -> float:
    """Return the weighted mean over the people with a value.

    Parameters
    ----------
    values : (n_respondents,) array
        Scores; NaN where a person has none.
    weights : (n_respondents,) array
        Positive weights, of any sum.

    Returns
    -------
    float
        In the unit of `values`.

    Raises
    ------
    InvalidAnswer
        If a weight is missing, zero, negative or infinite, or the lengths differ.
    Undefined
        ``nobody_scored``.

    Notes
    -----
    ``Σwx / Σw``
    R: ``survey::svymean(~score, design, na.rm = TRUE)``

    References
    ----------
    Lumley, T. (2010). *Complex surveys: a guide to analysis using R*, ch. 2. Wiley.
    """
    values, weights = _with_value(values, weights)
    return float(weights @ values / weights.sum())


def weighted_standard_error(values: Vector, weights: Vector, total_rows: int) -> float:
    """Return the standard error of a weighted mean, by linearisation with replacement.

    People without a value count as outside the domain.

    Parameters
    ----------
    values : (n_respondents,) array
        Scores of the group; NaN where a person has none.
    weights : (n_respondents,) array
        Positive weights.
    total_rows : int
        N, all rows of the file, also when `values` are those of a group.

    Returns
    -------
    float
        In the unit of `values`.

    Raises
    ------
    InvalidAnswer
        As `weighted_mean`.
    Undefined
        ``nobody_scored``; ``too_few_for_interval`` with fewer than two people.

    Notes
    -----
    ``√(N/(N − 1) · Σ(w(x − m)/Σw)²)``
    R: ``survey::SE(survey::svymean(~score, design, na.rm = TRUE))``

    References
    ----------
    Lumley, T. (2010). *Complex surveys: a guide to analysis using R*, ch. 2. Wiley.
    """
    mean = weighted_mean(values, weights)
    values, weights = _with_value(values, weights)
    if len(values) < 2 or total_rows < 2:
        raise Undefined("too_few_for_interval")
    parts = weights * (values - mean) / weights.sum()
    return math.sqrt(total_rows / (total_rows - 1) * float(parts @ parts))


def weighted_interval(
    values: Vector, weights: Vector, total_rows: int, level: float = 0.95
) -> tuple[float, float]:
    """Return the confidence interval of a weighted mean.

    Parameters, errors and source are those of `weighted_standard_error`.

    Returns
    -------
    tuple of float
        Lower and upper limit, in the unit of `values`.

    Notes
    -----
    ``m ± t · √(N/(N − 1) · Σ(w(x − m)/Σw)²)``, t with N − 1 degrees of freedom, N = all rows
    R: ``confint(survey::svymean(~score, design, na.rm = TRUE), df = degf(design))``

    References
    ----------
    Lumley, T. (2010). *Complex surveys: a guide to analysis using R*, ch. 2. Wiley.
    """
    mean = weighted_mean(values, weights)
    error = weighted_standard_error(values, weights, total_rows)
    half_width = t_quantile(total_rows - 1, level) * error
    return mean - half_width, mean + half_width


def effective_n(weights: Vector) -> float:
    """Return how many equally weighted people would be as precise.

    Parameters
    ----------
    weights : (n_respondents,) array
        Positive weights of the people with a score.

    Returns
    -------
    float
        Never above the number of people.

    Raises
    ------
    InvalidAnswer
        If a weight is missing, zero, negative or infinite.
    Undefined
        ``nobody_scored``.

    Notes
    -----
    ``(Σw)² / Σw²``
    R: ``sum(w)^2 / sum(w^2)``

    References
    ----------
    Kish, L. (1965). *Survey sampling*. Wiley.
    """
    check_weights(weights)
    if not len(weights):
        raise Undefined("nobody_scored")
    return float(weights.sum() ** 2 / (weights @ weights))


def design_effect(weights: Vector) -> float:
    """Return by what factor weighting raises the variance of a mean.

    Parameters, errors and source are those of `effective_n`.

    Returns
    -------
    float
        At least 1.

    Notes
    -----
    ``n · Σw² / (Σw)²``
    R: ``length(w) * sum(w^2) / sum(w)^2``

    References
    ----------
    Kish, L. (1965). *Survey sampling*. Wiley.
    """
    return len(weights) / effective_n(weights)


def check_weights(weights: Vector) -> None:
    """Refuse weights that are not positive numbers.

    Raises
    ------
    InvalidAnswer
        If a weight is missing, zero, negative or infinite.
    """
    if not np.all(np.isfinite(weights) & (weights > 0)):
        raise InvalidAnswer("every weight must be a number above zero")


def _with_value(values: Vector, weights: Vector) -> tuple[Vector, Vector]:
    if values.shape != weights.shape:
        raise InvalidAnswer(f"{len(values)} values but {len(weights)} weights")
    check_weights(weights)
    has_value = ~np.isnan(values)
    if not has_value.any():
        raise Undefined("nobody_scored")
    return values[has_value], weights[has_value]
