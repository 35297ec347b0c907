"""The coefficients of a scale in many resamples together; NaN where one does not exist."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from scales.definition import Scale
from scales.errors import Undefined
from scales.keying import is_reverse
from scales.moments import Moments
from scales.reliability.factor import omega_total, one_factor_minres
from scales.reliability.factor_ml import omega_total_ml, one_factor_ml
from scales.reliability.matrices import SMALLEST_EIGENVALUE, Matrix
from scales.reliability.polychoric_fit import estimate_tables

TOGETHER = 50  # resamples whose tables are fitted in one go
STEP_ENOUGH = 1e-4  # of a correlation, against intervals that are much wider

Figures = NDArray[np.float64]  # (resamples,)
Matrices = NDArray[np.float64]  # (resamples, n_items, n_items)


@dataclass(frozen=True, eq=False)
class Resamples:
    """What the figures of every resample are made of.

    Attributes
    ----------
    covariances, correlations : (resamples, n_items, n_items) array
        Of the aligned items under the chosen policy; NaN where they do not exist.
    complete_covariances : (resamples, n_items, n_items) array
        Over the people who answered every item.
    mean_percent : (resamples,) array
        Of the people with a score.
    pairs : (resamples, n_pairs, points, points) array, optional
        As `count_pairs`.
    is_reverse : (n_items,) array of bool
        Which items are mirrored.
    """

    covariances: Matrices
    correlations: Matrices
    complete_covariances: Matrices
    mean_percent: Figures
    pairs: NDArray[np.float64] | None
    is_reverse: NDArray[np.bool_]

    @classmethod
    def of(
        cls, groups: Sequence[Moments], scale: Scale, draws: Matrix, is_complete_only: bool
    ) -> Self:
        """Add up the groups as often as they were drawn; `draws` is (resamples, groups)."""
        complete = _complete_covariances(groups, draws)
        covariances = complete if is_complete_only else _pairwise_covariances(groups, draws)
        pairs = None if groups[0].pairs is None else _drawn([of.pairs for of in groups], draws)
        return cls(
            covariances,
            _correlations(covariances),
            complete,
            _mean_percent(groups, scale, draws),
            pairs,
            is_reverse(scale),
        )


def alphas(matrices: Matrices) -> Figures:
    """Return `cronbach_alpha` of each matrix."""
    item_count = matrices.shape[1]
    traces = np.trace(matrices, axis1=1, axis2=2)
    return _divided(item_count, item_count - 1) * (1.0 - _divided(traces, _totals(matrices)))


def lambdas2(matrices: Matrices) -> Figures:
    """Return `guttman_lambda2` of each matrix."""
    item_count = matrices.shape[1]
    shared = matrices * (1.0 - np.eye(item_count))
    squares = _divided(item_count, item_count - 1) * (shared**2).sum(axis=(1, 2))
    return _divided(shared.sum(axis=(1, 2)) + np.sqrt(squares), _totals(matrices))


def lambdas6(correlations: Matrices) -> Figures:
    """Return `guttman_lambda6` of each matrix."""
    result = np.full(len(correlations), np.nan)
    is_regular = ~np.isnan(correlations).any(axis=(1, 2)) & (correlations.shape[1] > 1)
    is_regular[is_regular] = (
        np.linalg.eigvalsh(correlations[is_regular])[:, 0] >= SMALLEST_EIGENVALUE
    )
    regular = correlations[is_regular]
    unexplained = 1.0 / np.diagonal(np.linalg.inv(regular), axis1=1, axis2=2)
    result[is_regular] = 1.0 - _divided(unexplained.sum(axis=1), _totals(regular))
    return result


def spearman_browns(matrices: Matrices) -> Figures:
    """Return the Spearman–Brown coefficient of odd against even items of each matrix."""
    odd, even = matrices[:, 0::2], matrices[:, 1::2]
    shared = odd[:, :, 1::2].sum(axis=(1, 2))
    spread = odd[:, :, 0::2].sum(axis=(1, 2)) * even[:, :, 1::2].sum(axis=(1, 2))
    r = _divided(shared, np.sqrt(np.where(spread > 0, spread, np.nan)))
    return _divided(2.0 * r, 1.0 + r)


def omegas_total(correlations: Matrices) -> Figures:
    """Return `omega_total` of one minres factor of each matrix."""
    return _each(lambda matrix: omega_total(one_factor_minres(matrix), matrix), correlations)


def omegas_total_ml(covariances: Matrices) -> Figures:
    """Return `omega_total_ml` of one maximum-likelihood factor of each matrix."""
    return _each(lambda matrix: omega_total_ml(one_factor_ml(matrix)), covariances)


def ordinal_alphas(resamples: Resamples) -> Figures:
    """Return `ordinal_alpha` of each resample; the search starts at the correlations of all."""
    if resamples.pairs is None:
        return np.full(len(resamples.covariances), np.nan)
    start = estimate_tables(resamples.pairs.sum(axis=0))
    pieces = np.array_split(resamples.pairs, -(-len(resamples.pairs) // TOGETHER))
    return np.concatenate(
        [_ordinal_alphas(tables, start, resamples.is_reverse) for tables in pieces]
    )


def _ordinal_alphas(
    tables: NDArray[np.float64], start: Figures, is_reverse: NDArray[np.bool_]
) -> Figures:
    resamples, pair_count = tables.shape[:2]
    flat = tables.reshape(resamples * pair_count, *tables.shape[2:])
    estimates = estimate_tables(flat, np.tile(start, resamples), STEP_ENOUGH)
    first, second = np.triu_indices(len(is_reverse), 1)
    signs = np.where(is_reverse[first] == is_reverse[second], 1.0, -1.0)
    shared = 2.0 * (estimates.reshape(resamples, pair_count) * signs).sum(axis=1)
    total = np.where(len(is_reverse) + shared > 0, len(is_reverse) + shared, np.nan)
    return _divided(len(is_reverse), len(is_reverse) - 1) * (1.0 - len(is_reverse) / total)


def _each(figure: Callable[[Matrix], float], matrices: Matrices) -> Figures:
    result = np.full(len(matrices), np.nan)
    for index, matrix in enumerate(matrices):
        try:
            result[index] = figure(matrix)
        except Undefined:
            continue
    return result


def _drawn(parts: Sequence[NDArray[np.int64] | None], draws: Matrix) -> NDArray[np.float64]:
    """Return a part of the moments in every resample; integers up to 2⁵³ stay exact."""
    stacked = np.array(parts, dtype=np.float64)
    drawn: NDArray[np.float64] = draws @ stacked.reshape(len(stacked), -1)
    return drawn.reshape(len(draws), *stacked.shape[1:])


def _pairwise_covariances(groups: Sequence[Moments], draws: Matrix) -> Matrices:
    n, sums, products = (
        _drawn([getattr(of, part) for of in groups], draws) for part in ("n", "sums", "products")
    )
    return _divided(n * products - sums * sums.transpose(0, 2, 1), n * (n - 1.0))


def _complete_covariances(groups: Sequence[Moments], draws: Matrix) -> Matrices:
    n = (draws @ np.array([of.complete_count for of in groups]))[:, None, None]
    sums = _drawn([of.complete_sums for of in groups], draws)
    products = _drawn([of.complete_products for of in groups], draws)
    return _divided(n * products - sums[:, :, None] * sums[:, None, :], n * (n - 1.0))


def _correlations(covariances: Matrices) -> Matrices:
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    deviations = np.sqrt(np.where(variances > 0, variances, np.nan))
    result: Matrices = covariances / (deviations[:, :, None] * deviations[:, None, :])
    return result


def _mean_percent(groups: Sequence[Moments], scale: Scale, draws: Matrix) -> Figures:
    scored = range(scale.needed_count, len(scale.items) + 1)
    people = [sum(of.scores[answered].people for answered in scored) for of in groups]
    percent = [
        sum(of.scores[answered].percent / answered for answered in scored) / of.percent_denominator
        for of in groups
    ]
    return _divided(draws @ np.array(percent), draws @ np.array(people))


def _totals(matrices: Matrices) -> Figures:
    """Return the variance of the sum of the items, NaN where it is not positive."""
    totals = matrices.sum(axis=(1, 2))
    return np.where(totals > 1e-12 * np.abs(matrices).sum(axis=(1, 2)), totals, np.nan)


def _divided(above: NDArray[np.float64] | float, below: NDArray[np.float64] | float) -> Figures:
    """Divide, giving NaN where the divisor is zero."""
    above, below = np.broadcast_arrays(np.asarray(above, float), np.asarray(below, float))
    result = np.full(above.shape, np.nan)
    np.divide(above, below, out=result, where=below != 0)
    return result
