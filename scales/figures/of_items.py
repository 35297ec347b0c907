"""by_item: every figure of each item of a scale."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.figures.counted import Counted
from scales.figures.of_correlations import OfCorrelations
from scales.figures.reasons import Reasons, if_defined
from scales.figures.result import ItemAnalysis
from scales.reliability.dropped import alpha_if_dropped, lambda6_if_dropped
from scales.reliability.items import item_rest_correlations, item_rest_r
from scales.reliability.keys import alpha_if_flipped
from scales.reliability.matrices import Matrix, Vector, known_correlations

Column = list[float | None]


@dataclass(frozen=True)
class _Columns:
    """Figures that come for all items at once; None where they do not exist."""

    r_drop: Column
    r_total: Column
    r_total_standardized: Column
    r_corrected: Column
    alpha_if_dropped: Column
    alpha_standardized_if_dropped: Column
    lambda6_if_dropped: Column
    loading: Column
    key_suspect: list[bool | None]
    alpha_if_flipped: Column


def by_item(
    counted: Counted, correlation: Matrix | None, shared: OfCorrelations, reasons: Reasons
) -> dict[str, ItemAnalysis]:
    """Return the figures of each item, by its id."""
    columns = _columns(counted, correlation, shared)
    return {
        answers.item.id: _item_figures(counted, index, columns, reasons)
        for index, answers in enumerate(counted.items)
    }


def _columns(counted: Counted, correlation: Matrix | None, shared: OfCorrelations) -> _Columns:
    matrix = counted.covariance
    known = known_correlations(matrix) if correlation is None else correlation
    item_count = len(matrix)
    flipped = if_defined(lambda: alpha_if_flipped(matrix))
    return _Columns(
        r_drop=_column(item_rest_correlations(matrix), item_count),
        r_total=_column(counted.r_total, item_count),
        r_total_standardized=_column(shared.r_total_standardized, item_count),
        r_corrected=_column(shared.r_corrected, item_count),
        alpha_if_dropped=_column(alpha_if_dropped(matrix), item_count),
        alpha_standardized_if_dropped=_column(alpha_if_dropped(known), item_count),
        lambda6_if_dropped=_column(
            lambda6_if_dropped(known, shared.smallest_eigenvalue), item_count
        ),
        loading=_column(shared.loadings, item_count),
        key_suspect=_verdicts(shared.suspects, item_count),
        alpha_if_flipped=_column(flipped, item_count),
    )


def _item_figures(
    counted: Counted, index: int, columns: _Columns, reasons: Reasons
) -> ItemAnalysis:
    answers = counted.items[index]
    item_id, spread = answers.item.id, answers.spread
    _note_r_drop(counted.covariance, index, columns.r_drop[index], item_id, reasons)
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
        r_drop=columns.r_drop[index],
        r_total=columns.r_total[index],
        r_total_standardized=columns.r_total_standardized[index],
        r_corrected=columns.r_corrected[index],
        alpha_if_dropped=columns.alpha_if_dropped[index],
        alpha_standardized_if_dropped=columns.alpha_standardized_if_dropped[index],
        lambda6_if_dropped=columns.lambda6_if_dropped[index],
        loading=columns.loading[index],
        key_suspect=columns.key_suspect[index],
        alpha_if_flipped=columns.alpha_if_flipped[index],
    )


def _note_r_drop(
    matrix: Matrix, index: int, r_drop: float | None, item_id: str, reasons: Reasons
) -> None:
    """Note why the item has no item–rest correlation, or that it runs against the others."""
    if r_drop is not None and r_drop < 0:
        reasons.note("possibly_reverse_keyed", item_id)
    if r_drop is None and len(matrix) > 1 and not np.isnan(matrix).any():
        reasons.ask(lambda: item_rest_r(matrix, index), item_id)


def _column(vector: Vector | None, item_count: int) -> Column:
    if vector is None:
        return [None] * item_count
    return [None if value != value else value for value in vector.tolist()]  # NaN is not itself


def _verdicts(vector: NDArray[np.bool_] | None, item_count: int) -> list[bool | None]:
    return [None] * item_count if vector is None else list(vector.tolist())
