"""Longest string of equal answers, and how much the answers of one sheet vary."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def longest_string(raw: Matrix) -> Vector:
    """Return the longest run of equal answers of each sheet, in file order.

    A missing answer ends a run.

    Parameters
    ----------
    raw : (n_sheets, n_items) array of points
        Points as answered; NaN marks a missing answer.

    Returns
    -------
    (n_sheets,) array of counts
        NaN where nothing was answered.

    Notes
    -----
    ``max{b − a + 1 : xₐ = xₐ₊₁ = … = x_b}``
    R: ``careless::longstring(x)``

    References
    ----------
    Johnson, J. A. (2005). Ascertaining the validity of individual protocols from Web-based
    personality inventories. *Journal of Research in Personality*, 39, 103–129.
    """
    longest, _ = _runs(raw)
    return np.where(longest > 0, longest, np.nan)


def average_string(raw: Matrix) -> Vector:
    """Return the mean length of the runs of equal answers of each sheet.

    Parameters
    ----------
    raw : (n_sheets, n_items) array of points
        Points as answered; NaN marks a missing answer, which ends a run.

    Returns
    -------
    (n_sheets,) array of counts
        NaN where nothing was answered.

    Notes
    -----
    ``answered items / runs``
    R: ``careless::longstring(x, avg = TRUE)$avgstr``

    References
    ----------
    Johnson, J. A. (2005), as `longest_string`.
    """
    _, run_count = _runs(raw)
    answered = (~np.isnan(raw)).sum(axis=1)
    found = np.full(len(raw), np.nan)
    np.divide(answered, run_count, out=found, where=run_count > 0)
    return found


def individual_variability(raw: Matrix) -> Vector:
    """Return the standard deviation of each sheet's answers.

    Parameters
    ----------
    raw : (n_sheets, n_items) array of points
        Points as answered; NaN marks a missing answer.

    Returns
    -------
    (n_sheets,) array of points
        With n − 1; NaN with fewer than two answers.

    Notes
    -----
    ``√(Σ(xᵢ − x̄)²/(a − 1))`` over the a answered items of the sheet
    R: ``careless::irv(x, na.rm = TRUE)``

    References
    ----------
    Dunn, A. M., et al. (2018). Intra-individual response variability as an indicator of
    insufficient effort responding. *Journal of Business and Psychology*, 33, 105–121.
    """
    is_answered = ~np.isnan(raw)
    answered = is_answered.sum(axis=1)
    filled = np.where(is_answered, raw, 0.0)
    mean = filled.sum(axis=1) / np.maximum(answered, 1)
    squares = np.where(is_answered, raw - mean[:, None], 0.0)
    total = np.einsum("ij,ij->i", squares, squares)
    variance = np.full(len(raw), np.nan)
    np.divide(total, answered - 1, out=variance, where=answered > 1)
    return np.asarray(np.sqrt(variance))


def _runs(raw: Matrix) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Return the longest run, and the number of runs, of each sheet."""
    run = np.zeros(len(raw), dtype=np.int16)
    longest, run_count = run.copy(), run.copy()
    before = np.full(len(raw), np.nan)
    for column in np.ascontiguousarray(raw.T):
        is_same = column == before
        is_answered = ~np.isnan(column)
        run *= is_same
        run += is_answered
        run_count += is_answered & ~is_same
        np.maximum(longest, run, out=longest)
        before = column
    return longest, run_count
