"""AD and a_wg: how far the people of one unit lie apart, from counts alone."""

import numpy as np

from scales.agreement.within import Counts, Figures, check_people, item_variances


def ad_mean(counts: Counts) -> Figures:
    """Return AD: how many points people lie from the mean of an item, averaged over the items.

    Parameters
    ----------
    counts : (..., n_items, points) array of people
        As in `item_variances`.

    Returns
    -------
    (...) array of points
        0 where all agree; NaN with fewer than two people.

    Raises
    ------
    InvalidAnswer
        As `item_variances`.

    Notes
    -----
    mean over items of ``Σ|x − mean|/n``
    R: ``multilevel::ad.m(type = "mean")``

    References
    ----------
    Burke, M. J., Finkelstein, L. M., & Dusig, M. S. (1999). On average deviation indices for
    estimating interrater agreement. *Organizational Research Methods*, 2, 49–68.
    """
    n = check_people(counts)[..., np.newaxis, np.newaxis]
    offsets = np.arange(counts.shape[-1])
    sums = (counts @ offsets)[..., np.newaxis]
    distances = np.abs(n * offsets - sums)  # n times the distance: an integer
    totals = (counts * distances).sum(axis=(-2, -1))
    return _with_two(totals / np.maximum(n[..., 0, 0] ** 2, 1) / counts.shape[-2], counts)


def ad_median(counts: Counts) -> Figures:
    """Return AD around the median of each item instead of the mean.

    Parameters
    ----------
    counts : (..., n_items, points) array of people
        As in `item_variances`.

    Returns
    -------
    (...) array of points
        0 where all agree; NaN with fewer than two people.

    Raises
    ------
    InvalidAnswer
        As `item_variances`.

    Notes
    -----
    mean over items of ``Σ|x − median|/n``
    R: ``multilevel::ad.m(type = "median")``

    References
    ----------
    Burke, M. J., Finkelstein, L. M., & Dusig, M. S. (1999). On average deviation indices for
    estimating interrater agreement. *Organizational Research Methods*, 2, 49–68.
    """
    n = check_people(counts)
    up_to = counts.cumsum(axis=-1)
    # Any median gives the same sum, so the lower one serves.
    median = (2 * up_to >= n[..., np.newaxis, np.newaxis]).argmax(axis=-1)
    distances = np.abs(np.arange(counts.shape[-1]) - median[..., np.newaxis])
    totals = (counts * distances).sum(axis=(-2, -1))
    return _with_two(totals / np.maximum(n, 1) / counts.shape[-2], counts)


def a_wg(counts: Counts) -> Figures:
    """Return a_wg(j): agreement against the widest spread possible at the unit's mean.

    Parameters
    ----------
    counts : (..., n_items, points) array of people
        As in `item_variances`.

    Returns
    -------
    (...) array
        1 where all agree, 0 at half the widest spread; NaN with fewer than two people, or if every
        item's mean lies outside the limits.

    Raises
    ------
    InvalidAnswer
        As `item_variances`.

    Notes
    -----
    ``1 − 2s²/(((H + L)M − M² − HL)·n/(n − 1))``, H and L the highest and lowest point, M the item's
    mean; averaged over the items with ``(L(n − 1) + H)/n ≤ M ≤ (H(n − 1) + L)/n``, as further out
    no n people can differ as much as the formula takes for possible
    R: ``multilevel::awg``

    References
    ----------
    Brown, R. D., & Hauenstein, N. M. A. (2005). Interrater agreement reconsidered.
    *Organizational Research Methods*, 8, 165–184.
    """
    n = check_people(counts)[..., np.newaxis].astype(np.float64)
    offsets = np.arange(counts.shape[-1])
    means = (counts @ offsets) / np.maximum(n, 1.0)
    variances = item_variances(counts)
    widest = (offsets[-1] * means - means**2) * n / np.maximum(n - 1.0, 1.0)
    margin = offsets[-1] / np.maximum(n, 1.0)
    is_inside = (means >= margin) & (means <= offsets[-1] - margin)
    share = np.zeros_like(variances)
    np.divide(variances, widest, out=share, where=is_inside & (widest > 0))
    total = (is_inside * (1.0 - 2.0 * share)).sum(axis=-1)
    inside_count = is_inside.sum(axis=-1)
    result = np.full(total.shape, np.nan)
    np.divide(total, inside_count, out=result, where=inside_count > 0)
    return _with_two(result, counts)


def _with_two(figures: Figures, counts: Counts) -> Figures:
    return np.where(check_people(counts) > 1, figures, np.nan)
