"""The most likely correlation of two normal variables behind each table of answers."""

import numpy as np
from numpy.typing import NDArray

from scales.reliability.matrices import Matrix
from scales.reliability.normal_tables import cell_probabilities, normal_thresholds

Vector = NDArray[np.float64]
Tables = NDArray[np.float64]  # (n_tables, points, points)

LARGEST_R = 1.0 - 1e-6
NEAR_ONE = 0.99
FLAT = 1e-9  # of the mean log-likelihood
SMALLEST_PROBABILITY = 1e-15  # of a cell, that float64 can tell from none
STEP_ENOUGH = 1e-10
MOST_STEPS = 100


def estimate_tables(
    tables: Tables, start: Vector | None = None, enough: float = STEP_ENOUGH
) -> Vector:
    """Return the polychoric correlation of each table, NaN where one of its margins does not vary.

    Parameters
    ----------
    tables : (n_tables, points, points) array of people
        Any number of tables, which are fitted together.
    start : (n_tables,) array, optional
        Where to start the search; the correlation of the positions without it.
    enough : float
        The search of a table ends with a step no longer than this.

    Returns
    -------
    (n_tables,) array
    """
    rows, columns = tables.sum(axis=2), tables.sum(axis=1)
    varies = ((rows > 0).sum(axis=1) > 1) & ((columns > 0).sum(axis=1) > 1)
    estimates = np.full(len(tables), np.nan)
    if varies.any():
        chosen = tables[varies]
        thresholds = normal_thresholds(rows[varies]), normal_thresholds(columns[varies])
        shares = chosen / chosen.sum(axis=(1, 2), keepdims=True)
        first = _pearson(shares) if start is None else np.clip(start[varies], -0.99, 0.99)
        estimates[varies] = _most_likely(shares, *thresholds, first, enough)
    return estimates


def _most_likely(
    shares: Tables, across: Matrix, down: Matrix, start: Vector, enough: float
) -> Vector:
    """Find where the likelihood's slope is zero, by scoring steps inside a shrinking bracket."""
    low, high = np.full(len(shares), -LARGEST_R), np.full(len(shares), LARGEST_R)
    estimates = start.copy()
    is_open = np.arange(len(shares))
    for _ in range(MOST_STEPS):
        here = estimates[is_open]
        slope, information = _slope(shares[is_open], across[is_open], down[is_open], here)
        is_below = slope > 0
        low[is_open] = np.where(is_below, here, low[is_open])
        high[is_open] = np.where(is_below, high[is_open], here)
        step = slope / np.maximum(information, 1e-300)
        tried = here + step
        is_inside = (tried > low[is_open]) & (tried < high[is_open])
        tried = np.where(is_inside, tried, (low[is_open] + high[is_open]) / 2.0)
        estimates[is_open] = tried
        is_open = is_open[np.abs(tried - here) > enough]
        if not len(is_open):
            break
    return _rounded_to_one(shares, across, down, estimates)


def _rounded_to_one(shares: Tables, across: Matrix, down: Matrix, estimates: Vector) -> Vector:
    """Replace an estimate that is no likelier than ±1, near which the slope is lost."""
    near = np.flatnonzero(np.abs(estimates) > NEAR_ONE)
    if not len(near):
        return estimates
    of_near = shares[near], across[near], down[near]
    ends = np.sign(estimates[near])
    is_one = (
        _likelihood(*of_near, ends * LARGEST_R) >= _likelihood(*of_near, estimates[near]) - FLAT
    )
    estimates[near] = np.where(is_one, ends, estimates[near])
    return estimates


def _likelihood(shares: Tables, across: Matrix, down: Matrix, r: Vector) -> Vector:
    """Return the mean log-likelihood of a person."""
    probability, _ = cell_probabilities(across, down, r)
    logs = np.log(np.maximum(probability, SMALLEST_PROBABILITY))
    likelihood: Vector = (shares * logs).sum(axis=(1, 2))
    return likelihood


def _slope(shares: Tables, across: Matrix, down: Matrix, r: Vector) -> tuple[Vector, Vector]:
    """Return the first derivative of the mean log-likelihood, and the information a person adds."""
    probability, slope = cell_probabilities(across, down, r)
    is_possible = probability > SMALLEST_PROBABILITY
    relative = np.zeros_like(slope)
    np.divide(slope, probability, out=relative, where=is_possible)
    information = (slope * relative).sum(axis=(1, 2))
    impossible = np.where(is_possible, 0.0, shares).sum(axis=(1, 2))  # at this r; nearer to 0 it is
    of_r = (shares * relative).sum(axis=(1, 2)) - np.sign(r) * impossible / SMALLEST_PROBABILITY
    return of_r, information


def _pearson(shares: Tables) -> Vector:
    """Return the correlation of the positions: where the search starts."""
    positions = np.arange(shares.shape[1], dtype=np.float64)
    rows, columns = shares.sum(axis=2), shares.sum(axis=1)
    row_mean, column_mean = rows @ positions, columns @ positions
    shared = positions @ shares @ positions - row_mean * column_mean
    spread = (rows @ positions**2 - row_mean**2) * (columns @ positions**2 - column_mean**2)
    result: Vector = np.clip(shared / np.sqrt(spread), -0.99, 0.99)
    return result
