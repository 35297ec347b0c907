"""rank_intervals: between which ranks each unit may well lie, by simulation with a fixed seed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer

Vector = NDArray[np.float64]
Ranks = NDArray[np.int64]

SEED = 20_260_101
BLOCK_VALUES = 262_144


@dataclass(frozen=True, eq=False)
class RankIntervals:
    """Ranks, 1 the highest mean, and between which ranks each unit may well lie.

    Attributes
    ----------
    rank, low, high : (n_units,) array of ranks
        ``low ≤ rank ≤ high``; units of equal means share the better rank.
    level : float
        Share of the simulated rankings inside each interval, at least.
    draws, seed : int
        How many rankings were simulated, and from which seed.
    """

    rank: Ranks
    low: Ranks
    high: Ranks
    level: float
    draws: int
    seed: int


def competition_ranks(means: Vector) -> Ranks:
    """Rank means, the highest first; equal ones share the better rank (1, 2, 2, 4).

    Parameters
    ----------
    means : (n_units,) array
        Any unit.

    Returns
    -------
    (n_units,) array of int

    Notes
    -----
    ``1 + how many means are higher``
    R: ``rank(-means, ties.method = "min")``
    """
    return np.asarray(1 + len(means) - np.searchsorted(np.sort(means), means, side="right"))


def rank_intervals(
    means: Vector,
    standard_errors: Vector,
    *,
    degrees: Vector | None = None,
    seed: int = SEED,
    draws: int = 10_000,
    level: float = 0.95,
) -> RankIntervals:
    """Simulate how the ranking could have come out, each mean moving within its error.

    Parameters
    ----------
    means, standard_errors : (n_units,) array
        In the same unit; errors of 0 or more.
    degrees : (n_units,) array, optional
        Degrees of freedom behind each error, usually n − 1; normal draws without them.
    seed : int
        The same seed and figures give the same intervals, in whatever order the units stand.
    draws : int
        Rankings to simulate.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    RankIntervals

    Raises
    ------
    InvalidAnswer
        If a figure is missing, an error negative, or the lengths differ.

    Notes
    -----
    percentiles of the unit's rank among ``draws`` rankings of ``mean + error·z``, z normal or t

    References
    ----------
    Goldstein, H., & Spiegelhalter, D. J. (1996). League tables and their limitations. *Journal of
    the Royal Statistical Society A*, 159, 385–443.
    """
    freedom = check_ranked(means, standard_errors, degrees)
    distinct, which = np.unique(
        np.stack([means, standard_errors, freedom]), axis=1, return_inverse=True
    )
    which = which.ravel()
    repeats = np.bincount(which)
    seen = _rank_counts(np.repeat(distinct, repeats, axis=1), seed, draws)
    # Units with the same figures share one distribution, or luck would part them.
    firsts = np.cumsum(repeats) - repeats
    below = np.cumsum(np.add.reduceat(seen, firsts, axis=0) if len(seen) else seen, axis=1)
    below = below / np.maximum(repeats, 1)[:, np.newaxis]
    tail = (1.0 - level) / 2.0 * draws
    rank = competition_ranks(means)
    low, high = (1 + (below < edge).sum(axis=1)[which] for edge in (tail, draws - tail))
    return RankIntervals(rank, np.minimum(low, rank), np.maximum(high, rank), level, draws, seed)


def check_ranked(means: Vector, standard_errors: Vector, degrees: Vector | None) -> Vector:
    """Return the degrees of freedom behind each error, infinite where it is taken as known.

    Raises
    ------
    InvalidAnswer
        If a figure is missing, an error negative, or the lengths differ.
    """
    freedom = np.full(means.shape, np.inf) if degrees is None else degrees.astype(np.float64)
    if not means.shape == standard_errors.shape == freedom.shape or means.ndim != 1:
        raise InvalidAnswer("every mean needs one standard error")
    if not (np.isfinite(means).all() and np.isfinite(standard_errors).all()):
        raise InvalidAnswer("a mean or a standard error is missing")
    if (standard_errors < 0).any() or not (freedom > 0).all():
        raise InvalidAnswer("standard errors are not negative, degrees of freedom are above 0")
    return freedom


def _rank_counts(units: NDArray[np.float64], seed: int, draws: int) -> Ranks:
    """Count how often each unit (row) came out at each rank (column)."""
    count = units.shape[1]
    seen = np.zeros(count * count, dtype=np.int64)
    for drawn in _draws(units, seed, draws):
        order = np.argsort(-drawn, axis=1)
        ranks = np.broadcast_to(np.arange(count), order.shape)
        if not (units[1] > 0).all():  # means without error tie again and again
            ordered = np.take_along_axis(drawn, order, axis=1)
            is_tied = np.zeros(order.shape, dtype=bool)
            is_tied[:, 1:] = ordered[:, 1:] == ordered[:, :-1]
            ranks = np.maximum.accumulate(np.where(is_tied, 0, ranks), axis=1)
        seen += np.bincount((order * count + ranks).ravel(), minlength=count * count)
    return seen.reshape(count, count)


def _draws(units: NDArray[np.float64], seed: int, draws: int) -> Iterator[NDArray[np.float64]]:
    """Give simulated means, some rankings (rows) at a time."""
    means, errors, degrees = units
    random = np.random.default_rng(seed)
    is_normal = np.isinf(degrees)
    rows = max(1, BLOCK_VALUES // max(1, len(means)))
    for start in range(0, draws, rows):
        shape = (min(rows, draws - start), len(means))
        z = random.standard_normal(shape)
        if not is_normal.all():
            freedom = np.where(is_normal, 1.0, degrees)
            spread = random.chisquare(freedom, shape) / freedom
            z /= np.sqrt(np.where(is_normal, 1.0, spread))
        yield means + errors * z
