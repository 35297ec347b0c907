"""rwg(j) and its relatives: do the people of one unit agree more than by answering at random."""

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer

Counts = NDArray[np.int64]
Figures = NDArray[np.float64]


def item_variances(counts: Counts) -> Figures:
    """Return the variance of each item among the people of each unit, with n−1.

    Parameters
    ----------
    counts : (..., n_items, points) array of people
        Who ticked each point, among the people who answered every item. Raw or aligned: the
        mirror image has the same variance.

    Returns
    -------
    (..., n_items) array of squared points
        NaN with fewer than two people; exactly 0 where all agree.

    Raises
    ------
    InvalidAnswer
        If the items of a unit do not have the same number of people.

    Notes
    -----
    ``s² = Σ(x − mean)²/(n − 1)``
    R: ``var``
    """
    n = check_people(counts)[..., np.newaxis]
    offsets = np.arange(counts.shape[-1])
    above = n * (counts @ offsets**2) - (counts @ offsets) ** 2
    return np.where(n > 1, above / np.maximum(n * (n - 1), 1), np.nan)


def rwg(counts: Counts) -> Figures:
    """Return rwg of each single item: one minus its variance over that of answering at random.

    Parameters
    ----------
    counts : (..., n_items, points) array of people
        As in `item_variances`.

    Returns
    -------
    (..., n_items) array
        0 to 1; 0 where the answers differ more than at random; NaN with fewer than two people.

    Raises
    ------
    InvalidAnswer
        As `item_variances`.

    Notes
    -----
    ``1 − s²/σ²``, at least 0, with ``σ² = (A² − 1)/12``, A points, every point equally likely
    R: ``multilevel::rwg``

    References
    ----------
    James, L. R., Demaree, R. G., & Wolf, G. (1984). Estimating within-group interrater reliability
    with and without response bias. *Journal of Applied Psychology*, 69, 85–98.
    """
    random = _random_variance(counts.shape[-1])
    return np.maximum(1.0 - item_variances(counts) / random, 0.0)


def rwg_j(counts: Counts) -> Figures:
    """Return rwg(j): agreement on the mean of j items, against answering at random.

    Parameters
    ----------
    counts : (..., n_items, points) array of people
        As in `item_variances`.

    Returns
    -------
    (...) array
        0 to 1; 0 where the answers differ more than at random; NaN with fewer than two people.

    Raises
    ------
    InvalidAnswer
        As `item_variances`.

    Notes
    -----
    ``j(1 − v)/(j(1 − v) + v)``, at least 0, with ``v = mean of s² / σ²`` and ``σ² = (A² − 1)/12``
    R: ``multilevel::rwg.j``

    References
    ----------
    James, L. R., Demaree, R. G., & Wolf, G. (1984). Estimating within-group interrater reliability
    with and without response bias. *Journal of Applied Psychology*, 69, 85–98.
    """
    return rwg_j_of_variances(item_variances(counts), counts.shape[-1])


def rwg_j_of_variances(variances: Figures, points: int) -> Figures:
    """Return `rwg_j` from the items' variances, as answers in fractions have no counts.

    Parameters
    ----------
    variances : (..., n_items) array of squared points
        With n−1.
    points : int
        A, how many points the format has.

    Returns
    -------
    (...) array

    Notes
    -----
    as `rwg_j`
    """
    items = variances.shape[-1]
    agreement = np.maximum(1.0 - variances.mean(axis=-1) / _random_variance(points), 0.0)
    return np.asarray(items * agreement / (items * agreement + 1.0 - agreement))


def rwg_j_lindell(counts: Counts) -> Figures:
    """Return Lindell's r*wg(j), which does not rise with the number of items.

    Parameters
    ----------
    counts : (..., n_items, points) array of people
        As in `item_variances`.

    Returns
    -------
    (...) array
        1 where all agree, 0 as at random, negative where people differ more than that; NaN with
        fewer than two people.

    Raises
    ------
    InvalidAnswer
        As `item_variances`.

    Notes
    -----
    ``1 − v`` with ``v = mean of s² / σ²`` and ``σ² = (A² − 1)/12``
    R: ``multilevel::rwg.j.lindell``

    References
    ----------
    Lindell, M. K., Brandt, C. J., & Whitney, D. J. (1999). A revised index of interrater agreement
    for multi-item ratings of a single target. *Applied Psychological Measurement*, 23, 127–135.
    """
    return np.asarray(
        1.0 - item_variances(counts).mean(axis=-1) / _random_variance(counts.shape[-1])
    )


def check_people(counts: Counts) -> Counts:
    """Return the people of each unit, who are the same for every item.

    Parameters
    ----------
    counts : (..., n_items, points) array of people
        As in `item_variances`.

    Returns
    -------
    (...) array of people

    Raises
    ------
    InvalidAnswer
        If the items of a unit do not have the same number of people.
    """
    n = counts.sum(axis=-1)
    if counts.ndim < 2 or not counts.shape[-2] or (n != n[..., :1]).any():
        raise InvalidAnswer("counts of complete people have the same sum for every item")
    return np.asarray(n[..., 0])


def _random_variance(points: int) -> float:
    return (points**2 - 1) / 12
