"""Do the answers of one sheet agree with each other: even–odd, synonyms, antonyms."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Pairs = NDArray[np.float64]  # (n_items, n_items): 1 where row and column are a pair

_NO_VARIANCE = 1e-12


def even_odd(aligned: Sequence[Matrix]) -> Vector:
    """Return how little the halves of the scales agree within each sheet.

    The mean of the answered items on odd places of each scale is correlated with that of the
    items on even places, over the scales, and stepped up by Spearman–Brown. The sign is turned, so
    that higher is more careless; the stepped-up correlation is cut at −1.

    Parameters
    ----------
    aligned : sequence of (n_sheets, n_items) arrays of points
        One for each scale, its items in file order, after mirroring; NaN marks a missing answer.

    Returns
    -------
    (n_sheets,) array from −1 to 1
        NaN where fewer than two scales have both halves, or a half does not vary over them. With
        two scales only −1 and 1 are possible.

    Notes
    -----
    ``−max(−1, 2r/(1 + r))``, r = the sheet's correlation of odd and even means
    R: ``careless::evenodd(x, factors)``

    References
    ----------
    Meade, A. W., & Craig, S. B. (2012). Identifying careless responses in survey data.
    *Psychological Methods*, 17, 437–455.
    """
    odd = np.array([_mean_of_answered(scale[:, 0::2]) for scale in aligned])
    even = np.array([_mean_of_answered(scale[:, 1::2]) for scale in aligned])
    correlation = _over_scales(odd, even)
    is_cut = correlation <= -1 / 3  # where 2r/(1 + r) is -1 or less
    return np.where(is_cut, 1.0, -2 * correlation / (1 + np.where(is_cut, 0.0, correlation)))


def item_correlations(answers: Matrix) -> Matrix:
    """Correlate every two items over the sheets that answer both.

    Unlike the matrices of reliability, each correlation has means and variances of its own pair.

    Parameters
    ----------
    answers : (n_sheets, n_items) array of points
        Raw or aligned; NaN marks a missing answer.

    Returns
    -------
    (n_items, n_items) array
        NaN where fewer than two sheets answer both, or one of them does not vary there.

    Notes
    -----
    ``(nΣxy − ΣxΣy)/√((nΣx² − (Σx)²)(nΣy² − (Σy)²))`` over the sheets with both
    R: ``cor(x, use = "pairwise.complete.obs")``

    References
    ----------
    Little, R. J. A., & Rubin, D. B. (2019). *Statistical analysis with missing data* (3rd ed.),
    ch. 3.
    """
    present, filled = _centred(answers)
    n = present.T @ present
    sums = filled.T @ present
    squares = (filled**2).T @ present
    return _correlation(n, (sums, sums.T), (squares, squares.T), filled.T @ filled)


def pair_consistency(answers: Matrix, pairs: NDArray[np.bool_]) -> Vector:
    """Correlate, within each sheet, the first answers of item pairs with the second.

    Psychometric synonyms with pairs that correlate highly over all sheets, antonyms with pairs
    that correlate negatively.

    Parameters
    ----------
    answers : (n_sheets, n_items) array of points
        Aligned for synonyms, raw for antonyms; NaN marks a missing answer.
    pairs : (n_items, n_items) array of bool
        The pairs; only those above the diagonal count.

    Returns
    -------
    (n_sheets,) array from −1 to 1
        NaN where fewer than two pairs are answered, or one side does not vary over them.

    Notes
    -----
    ``r(xᵢ, xⱼ)`` over the pairs i < j that the sheet answers; no random draws. Which pairs are
    alike or opposite is told by ``cor(x, use = "pairwise.complete.obs")``, means and variances of
    the sheets that answer both items; not by R, whose variances are over all who answered an item
    R: ``careless::psychsyn(x, critval, resample_na = FALSE)``

    References
    ----------
    Meade, A. W., & Craig, S. B. (2012), as `even_odd`.
    """
    second_of = np.triu(pairs, 1).astype(np.float64)  # row: first of the pair, column: second
    present, filled = _centred(answers)
    as_first, as_second = present @ second_of.T, present @ second_of  # in how many pairs answered
    return _correlation(
        n=_row_sums(present, as_first),
        sums=(_row_sums(filled, as_first), _row_sums(filled, as_second)),
        squares=(_row_sums(filled**2, as_first), _row_sums(filled**2, as_second)),
        products=_row_sums(filled, filled @ second_of.T),
    )


def _over_scales(odd: Matrix, even: Matrix) -> Vector:
    """Correlate the columns of two ``(n_scales, n_sheets)`` arrays where both have a value."""
    has_both = ~(np.isnan(odd) | np.isnan(even))
    first, second = np.where(has_both, odd, 0.0), np.where(has_both, even, 0.0)
    return _correlation(
        n=has_both.sum(axis=0).astype(np.float64),
        sums=(first.sum(axis=0), second.sum(axis=0)),
        squares=((first**2).sum(axis=0), (second**2).sum(axis=0)),
        products=(first * second).sum(axis=0),
    )


def _correlation(
    n: Matrix, sums: tuple[Matrix, Matrix], squares: tuple[Matrix, Matrix], products: Matrix
) -> Matrix:
    spreads = [n * of_squares - total**2 for total, of_squares in zip(sums, squares, strict=True)]
    varies = [
        spread > _NO_VARIANCE * n * of_squares
        for spread, of_squares in zip(spreads, squares, strict=True)
    ]
    root = np.sqrt(np.where(varies[0] & varies[1], spreads[0] * spreads[1], 1.0))
    correlation = (n * products - sums[0] * sums[1]) / root
    return np.where(varies[0] & varies[1], np.clip(correlation, -1.0, 1.0), np.nan)


def _centred(answers: Matrix) -> tuple[Matrix, Matrix]:
    """Return which answers are there, as 0 and 1, and the answers less a whole number, else 0."""
    is_answered = ~np.isnan(answers)
    middle = np.round(answers[is_answered].mean()) if is_answered.any() else 0.0
    return is_answered.astype(np.float64), np.where(is_answered, answers - middle, 0.0)


def _mean_of_answered(answers: Matrix) -> Vector:
    is_answered = ~np.isnan(answers)
    count = is_answered.sum(axis=1)
    total = np.where(is_answered, answers, 0.0).sum(axis=1)
    mean = np.full(len(answers), np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return mean


def _row_sums(first: Matrix, second: Matrix) -> Vector:
    return np.asarray(np.einsum("ij,ij->i", first, second))
