"""Sheets that repeat each other more often than neighbouring sheets do."""

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.integer]

_SEED = 20_260_601  # of the multipliers; any would do


def sheet_hashes(positions: Positions) -> NDArray[np.uint64]:
    """Return a number for each sheet, equal for equal sheets.

    Two different sheets share a number with probability 2⁻⁶⁴.

    Parameters
    ----------
    positions : (n_sheets, n_items) array of integers
        0 where there is no answer.

    Returns
    -------
    (n_sheets,) array of uint64
        ``Σ aᵢxᵢ`` modulo 2⁶⁴ with fixed odd aᵢ.
    """
    found = np.zeros(len(positions), dtype=np.uint64)
    for column, multiplier in zip(positions.T, _multipliers(positions.shape[1]), strict=True):
        found += column.astype(np.uint64) * multiplier
    return found


def repeated_sheets(
    aligned: Positions, *, least_items: int, least_sheets: int
) -> NDArray[np.bool_]:
    """Tell which sheets belong to an isolated spike of identical ones.

    That many people who are content give one and the same sheet is no sign of copying, and then
    nearly the same sheets are frequent too. A sheet is flagged where its vector stands on at least
    `least_sheets` sheets, and on more than all sheets together that differ from it by one point
    on one item; never where it says the same of every item, since many may think so.

    Parameters
    ----------
    aligned : (n_sheets, n_items) array of integers
        Positions after mirroring; 0 where there is no answer.
    least_items : int
        How many items must be answered.
    least_sheets : int
        How many sheets must be identical.

    Returns
    -------
    (n_sheets,) array of bool

    Notes
    -----
    ``c(x) ≥ least_sheets and c(x) > Σ c(x ± eᵢ)``, c = the number of sheets with the vector

    References
    ----------
    Kuriakose, N., & Robbins, M. (2016). Don't get duped: Fraud through duplication in public
    opinion surveys. *Statistical Journal of the IAOS*, 32, 283–291.
    """
    vectors, first, group, counts = np.unique(
        sheet_hashes(aligned), return_index=True, return_inverse=True, return_counts=True
    )
    candidates = np.flatnonzero(
        (counts >= least_sheets) & _may_be_copy(aligned[first], least_items)
    )
    nearby = np.zeros(len(candidates), dtype=np.int64)
    for multiplier in _multipliers(aligned.shape[1]):
        for neighbour in (vectors[candidates] + multiplier, vectors[candidates] - multiplier):
            at = np.minimum(np.searchsorted(vectors, neighbour), len(vectors) - 1)
            nearby += np.where(vectors[at] == neighbour, counts[at], 0)
    is_spike = np.zeros(len(vectors), dtype=bool)
    is_spike[candidates[counts[candidates] > nearby]] = True
    return is_spike[group]


def _may_be_copy(aligned: Positions, least_items: int) -> NDArray[np.bool_]:
    is_answered = aligned > 0
    highest = aligned.max(axis=1, initial=0)
    says_the_same = ((aligned == highest[:, None]) | ~is_answered).all(axis=1)
    return np.asarray((is_answered.sum(axis=1) >= least_items) & ~says_the_same)


def _multipliers(count: int) -> NDArray[np.uint64]:
    drawn = np.random.default_rng(_SEED).integers(0, 2**63, count, dtype=np.uint64)
    return drawn * np.uint64(2) + np.uint64(1)
