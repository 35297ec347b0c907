"""by_item: every figure of each item of a scale."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.figures.counted import Counted, correlations_or_none
from scales.figures.reasons import Reasons, if_defined
from scales.figures.result import ItemAnalysis
from scales.reliability.alpha import cronbach_alpha, guttman_lambda6
from scales.reliability.items import item_rest_r, item_total_r, item_total_r_corrected
from scales.reliability.matrices import Matrix, without_item

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _ItemVectors:
    """Figures that come for all items at once; None where they do not exist."""

    r_total: Vector
    r_total_standardized: Vector | None
    r_corrected: Vector | None


def by_item(
    counted: Counted, correlation: Matrix | None, reasons: Reasons
) -> dict[str, ItemAnalysis]:
    """Return the figures of each item, by its id."""
    vectors = _ItemVectors(counted.r_total, None, None)
    if correlation is not None:
        vectors = _ItemVectors(
            counted.r_total,
            if_defined(lambda: item_total_r(correlation)),
            if_defined(lambda: item_total_r_corrected(correlation)),
        )
    return {
        answers.item.id: _item_figures(counted, index, vectors, reasons)
        for index, answers in enumerate(counted.items)
    }


def _item_figures(
    counted: Counted, index: int, vectors: _ItemVectors, reasons: Reasons
) -> ItemAnalysis:
    answers, matrix = counted.items[index], counted.covariance
    item_id, spread = answers.item.id, answers.spread
    r_drop = None
    if len(matrix) > 1 and not np.isnan(matrix).any():
        r_drop = reasons.ask(lambda: item_rest_r(matrix, index), item_id)
    if r_drop is not None and r_drop < 0:
        reasons.note("possibly_reverse_keyed", item_id)
    rest = without_item(matrix, index)
    rest_correlation = correlations_or_none(rest)
    return ItemAnalysis(
        keyed=answers.item.keying.value,
        n=answers.n,
        mean=spread.mean if spread else None,
        sd=reasons.ask(spread.sd, item_id) if spread else None,
        skew=reasons.ask(spread.skew, item_id) if spread else None,
        kurtosis=if_defined(spread.kurtosis) if spread else None,
        counts=answers.counts,
        floor_share=answers.floor_share,
        ceiling_share=answers.ceiling_share,
        missing_share=answers.missing_share,
        dont_know_share=answers.dont_know_share,
        r_drop=r_drop,
        r_total=_entry(vectors.r_total, index),
        r_total_standardized=_entry(vectors.r_total_standardized, index),
        r_corrected=_entry(vectors.r_corrected, index),
        alpha_if_dropped=if_defined(lambda: cronbach_alpha(rest)),
        alpha_standardized_if_dropped=_if_present(cronbach_alpha, rest_correlation),
        lambda6_if_dropped=_if_present(guttman_lambda6, rest_correlation),
    )


def _if_present(figure: Callable[[Matrix], float], matrix: Matrix | None) -> float | None:
    return None if matrix is None else if_defined(lambda: figure(matrix))


def _entry(vector: Vector | None, index: int) -> float | None:
    if vector is None or np.isnan(vector[index]):
        return None
    return float(vector[index])
