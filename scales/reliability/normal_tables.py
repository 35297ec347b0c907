"""The bivariate normal distribution over a table of answers: thresholds, cells, their slopes."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FARTHEST = 37.0  # beyond it the normal distribution is 0 or 1 in float64
SMALLEST = 1e-100  # stands for a threshold of zero, which the formula cannot divide by


def normal_thresholds(margins: Array) -> Array:
    """Return where the normal distribution must be cut to give these margins.

    Parameters
    ----------
    margins : (n_tables, points) array of people
        Of one item of each pair.

    Returns
    -------
    (n_tables, points − 1) array
        In standard deviations, ascending.
    """
    from scipy.special import ndtri

    below = np.cumsum(margins, axis=1)
    cuts: Array = ndtri(below[:, :-1] / below[:, -1:])
    return np.clip(cuts, -FARTHEST, FARTHEST)


def cell_probabilities(across: Array, down: Array, r: Array) -> tuple[Array, Array]:
    """Return the probability of every cell of every table, and its derivative by r.

    Parameters
    ----------
    across, down : (n_tables, points − 1) array
        Thresholds of the first and the second item of each pair.
    r : (n_tables,) array
        Correlations, between −1 and 1, both excluded.

    Returns
    -------
    tuple of (n_tables, points, points) array
        Probabilities, and their slopes.
    """
    from scipy.special import ndtr

    grid_r = r[:, None, None]
    first, second = np.broadcast_arrays(across[:, :, None], down[:, None, :])
    shape = (len(r), across.shape[1] + 2, down.shape[1] + 2)
    below, slope = np.zeros(shape), np.zeros(shape)
    below[:, 1:-1, 1:-1] = normal_below(first, second, grid_r)
    below[:, 1:-1, -1], below[:, -1, 1:-1], below[:, -1, -1] = ndtr(across), ndtr(down), 1.0
    slope[:, 1:-1, 1:-1] = _density(first, second, grid_r)
    return _cells(below), _cells(slope)


def normal_below(first: Array, second: Array, r: Array) -> Array:
    """Return the probability that two standard normal variables both lie below their limits.

    Parameters
    ----------
    first, second, r : arrays that broadcast together
        Limits, and correlations between −1 and 1, both excluded.

    Returns
    -------
    array
        Right to about 1e-15.

    Notes
    -----
    ``½(Φ(h) + Φ(k) − δ) − T(h, (k/h − r)/√(1−r²)) − T(k, (h/k − r)/√(1−r²))``, T of Owen, δ = 1
    where h and k have different signs.

    References
    ----------
    Owen, D. B. (1956). Tables for computing bivariate normal probabilities.
    *Annals of Mathematical Statistics*, 27, 1075–1090.
    """
    from scipy.special import ndtr, owens_t

    h, k = (np.where(np.abs(limit) < SMALLEST, SMALLEST, limit) for limit in (first, second))
    spread = np.sqrt((1.0 - r) * (1.0 + r))
    beyond = owens_t(h, (k / h - r) / spread) + owens_t(k, (h / k - r) / spread)
    below: Array = 0.5 * (ndtr(h) + ndtr(k) - (h * k < 0)) - beyond
    return np.maximum(below, 0.0)


def _density(first: Array, second: Array, r: Array) -> Array:
    """Return the bivariate normal density: the slope of `normal_below` by the correlation."""
    rest = (1.0 - r) * (1.0 + r)
    distance = (first - r * second) ** 2 / rest + second**2
    result: Array = np.exp(-0.5 * distance) / (2.0 * np.pi * np.sqrt(rest))
    return result


def _cells(corners: Array) -> Array:
    """Return what lies between neighbouring corners, from what lies below each corner."""
    return np.diff(np.diff(corners, axis=1), axis=2)
