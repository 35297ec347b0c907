"""fit_proportional_odds: ordinal logistic regression on a table of counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined

Matrix = NDArray[np.float64]

MAX_STEPS = 100
GAIN_LEFT = 1e-11  # of log-likelihood, when a fit is finished
SMALLEST = 1e-300  # keeps the logarithm of an impossible answer finite


@dataclass(frozen=True, eq=False)
class ProportionalOdds:
    """A fit: `thresholds` between the categories that occur, one effect for each predictor."""

    thresholds: NDArray[np.float64]
    effects: NDArray[np.float64]
    log_likelihood: float


def fit_proportional_odds(counts: NDArray[np.int64], predictors: Matrix) -> ProportionalOdds:
    """Fit the proportional-odds model to counted answers, by maximum likelihood.

    Parameters
    ----------
    counts : (n_rows, n_categories) array of people
        People with the same predictors by category, lowest first; categories nobody chose are
        left out.
    predictors : (n_rows, n_predictors) array
        Without a constant; best about 0 with deviation 1. No column may follow from the others.

    Returns
    -------
    ProportionalOdds

    Raises
    ------
    Undefined
        ``no_variance`` where everybody is in one category; ``groups_not_comparable`` where the
        predictors follow from each other; ``no_convergence``.

    Notes
    -----
    ``P(Y ≤ j) = 1/(1 + exp(−(threshold_j − predictors·effects)))``, by Fisher scoring
    R: ``MASS::polr(factor(y) ~ x, Hess = TRUE)``

    References
    ----------
    McCullagh, P. (1980). Regression models for ordinal data. *Journal of the Royal Statistical
    Society B*, 42, 109–142.
    """
    is_peopled = counts.sum(axis=1) > 0
    people = counts[is_peopled][:, counts.sum(axis=0) > 0].astype(np.float64)
    x = predictors[is_peopled]
    if people.shape[1] < 2:
        raise Undefined("no_variance")
    if np.linalg.matrix_rank(np.column_stack([np.ones(len(x)), x])) <= x.shape[1]:
        raise Undefined("groups_not_comparable")
    cut_count = people.shape[1] - 1
    below = people.sum(axis=0).cumsum()[:-1] / people.sum()
    values = np.concatenate([np.log(below / (1 - below)), np.zeros(x.shape[1])])
    best = _log_likelihood(values, people, x)
    for _ in range(MAX_STEPS):
        gradient, information = _slopes(values, people, x)
        step = np.asarray(np.linalg.lstsq(information, gradient, rcond=1e-14)[0], np.float64)
        if float(gradient @ step) < 2 * GAIN_LEFT:
            return ProportionalOdds(values[:cut_count], values[cut_count:], best)
        values, best = _improve(values, step, best, people, x)
    raise Undefined("no_convergence")


def null_log_likelihood(counts: NDArray[np.int64]) -> float:
    """Return the log-likelihood of the model without predictors.

    Parameters
    ----------
    counts : (n_rows, n_categories) array of people
        By category.

    Returns
    -------
    float

    Notes
    -----
    ``Σ n_j · ln(n_j/n)``
    """
    totals = counts.sum(axis=0).astype(np.float64)
    totals = totals[totals > 0]
    return float(totals @ np.log(totals / totals.sum()))


def _improve(
    values: Matrix, step: Matrix, best: float, people: Matrix, x: Matrix
) -> tuple[Matrix, float]:
    """Go along a step, half as far until the fit is better."""
    for halvings in range(40):
        tried = values + step / 2**halvings
        found = _log_likelihood(tried, people, x)
        if found >= best:
            return tried, found
    raise Undefined("no_convergence")


def _log_likelihood(values: Matrix, people: Matrix, x: Matrix) -> float:
    cut_count = people.shape[1] - 1
    if np.any(np.diff(values[:cut_count]) <= 0):
        return -np.inf
    shares = _shares(*_cumulated(values, cut_count, x))
    return float((people * np.log(np.maximum(shares, SMALLEST))).sum())


def _slopes(values: Matrix, people: Matrix, x: Matrix) -> tuple[Matrix, Matrix]:
    """Return the gradient of the log-likelihood and its expected information."""
    rows, category_count = people.shape
    cut_count = category_count - 1
    below, above = _cumulated(values, cut_count, x)
    shares = np.maximum(_shares(below, above), SMALLEST)
    density = below * above
    slopes = np.zeros((rows, category_count, len(values)))
    cuts = np.arange(cut_count)
    slopes[:, cuts, cuts] = density
    slopes[:, cuts + 1, cuts] = -density
    moved = np.diff(np.pad(density, ((0, 0), (1, 1))), axis=1)
    slopes[:, :, cut_count:] = -moved[:, :, None] * x[:, None, :]
    gradient = np.einsum("rj,rjp->p", people / shares, slopes)
    expected = people.sum(axis=1, keepdims=True) / shares
    flat = slopes.reshape(-1, len(values))
    return gradient, (flat * expected.reshape(-1, 1)).T @ flat


def _cumulated(values: Matrix, cut_count: int, x: Matrix) -> tuple[Matrix, Matrix]:
    """Return the shares up to each threshold and beyond it, both without loss near 0."""
    from scipy.special import expit

    logits = values[:cut_count] - (x @ values[cut_count:])[:, None]
    return np.asarray(expit(logits)), np.asarray(expit(-logits))


def _shares(below: Matrix, above: Matrix) -> Matrix:
    """Return each category's share, from the smaller tail where two thresholds lie far out."""
    up, down = np.pad(below, ((0, 0), (1, 1))), np.pad(above, ((0, 0), (1, 1)))
    up[:, -1], down[:, 0] = 1.0, 1.0
    from_below, from_above = np.diff(up, axis=1), -np.diff(down, axis=1)
    return np.where(up[:, 1:] < 0.5, from_below, from_above)
