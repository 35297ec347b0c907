"""scale_moments: from packed positions to exact integer moments, block by block."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scales.coding import Coding, coding_of
from scales.definition import DONT_KNOW, SKIPPED, Scale
from scales.errors import InvalidAnswer
from scales.keying import check_columns
from scales.moments import Moments
from scales.reliability.pair_counts import count_pairs
from scales.sums import Sums

BLOCK_ROWS = 65_536
FLOAT32_EXACT = 2**24  # every integer up to here is a float32
MANY_ITEMS = 12  # from here, products are quicker sheet by sheet than item by item
FEW_POINTS = 16  # up to here, comparing with every point is quicker than a histogram

Rows = NDArray[np.uint8]  # (rows, n_items): one sheet's answers lie together
Bytes = NDArray[np.uint8]  # (n_items, rows): one item's answers lie together


def scale_moments(packed: NDArray[np.uint8], scale: Scale, *, with_pairs: bool = False) -> Moments:
    """Count packed answers into moments.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        The scale's columns: 0 skipped, 1…k the position ticked, 255 don't know.
    scale : Scale
        Gives keying, range and percent table.
    with_pairs : bool
        Whether to count the table of every two items too; ordinal figures need them.

    Returns
    -------
    Moments
        Of the aligned answers; exact whatever the number of rows.

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items, or a position lies off the format.
    """
    check_columns(packed, scale)
    coding = coding_of(scale)
    sums = Sums.of_nobody(len(scale.items), coding)
    block_rows = min(BLOCK_ROWS, FLOAT32_EXACT // coding.points**2)
    for start in range(0, len(packed), block_rows):
        _count_block(packed[start : start + block_rows], coding, sums)
    moments = sums.moments()
    return replace(moments, pairs=count_pairs(packed, coding.points)) if with_pairs else moments


def is_complete(packed: NDArray[np.uint8], scale: Scale) -> NDArray[np.bool_]:
    """Tell which sheets answer every item.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        The scale's columns.
    scale : Scale
        Gives the number of points.

    Returns
    -------
    (n_respondents,) array of bool
    """
    return np.asarray(((packed - np.uint8(1)) < scale.format.points).all(axis=1))


def _count_block(packed: Rows, coding: Coding, sums: Sums) -> None:
    positions = packed.T.copy()  # never a view: it is changed below
    lowest, highest = positions.min(axis=0), positions.max(axis=0)
    has_all = (lowest > SKIPPED) & (highest <= coding.points)
    complete = packed if len(positions) >= MANY_ITEMS else positions.T
    if not has_all.all():
        _count_incomplete(positions.take(np.flatnonzero(~has_all), axis=1), coding, sums)
        positions *= has_all  # a column of zeros adds nothing
        if complete is packed:
            complete = packed.take(np.flatnonzero(has_all), axis=0)
    sums.complete_counts += _position_counts(positions, coding.points)
    sums.complete_ticked += _products(complete)
    if coding.percent_step is None:
        sums.add_percent(len(positions), coding.percent_totals(coding.offsets(positions)))


def _products(packed: Rows) -> NDArray[np.int64]:
    """Return the products of positions, which sums turn into products of offsets once."""
    values = packed.astype(np.float32, order="A")
    return (values.T @ values).astype(np.int64)


def _count_incomplete(positions: Bytes, coding: Coding, sums: Sums) -> None:
    """Add sheets that lack an item, those with the same number of answers together."""
    item_count = len(positions)
    ones = ((positions - np.uint8(1)) < coding.points).view(np.uint8)
    answered_count = np.add.reduce(ones, axis=0, dtype=np.min_scalar_type(item_count))
    positions = positions.take(np.argsort(answered_count, kind="stable"), axis=1)
    sums.counts += _all_counts(positions, coding.points)
    is_answered = (positions - np.uint8(1)) < coding.points
    offsets = coding.offsets(positions)
    values = np.concatenate([offsets * is_answered, is_answered]).astype(np.float32)
    squares = np.square(values[:item_count].sum(axis=0), dtype=np.float64)
    by_count = np.bincount(answered_count, minlength=item_count)
    ends = np.cumsum(by_count)
    for answered in np.flatnonzero(by_count).tolist():
        here = slice(ends[answered] - by_count[answered], ends[answered])
        sums.add_incomplete(answered, values[:, here], squares[here])
        if coding.percent_step is None:
            sums.add_percent(answered, coding.percent_totals(offsets[:, here]))


def _all_counts(positions: Bytes, points: int) -> NDArray[np.int64]:
    """Return how often each item was skipped, ticked at each position, and not known."""
    counts = np.empty((len(positions), points + 2), dtype=np.int64)
    counts[:, 0] = [np.count_nonzero(row == SKIPPED) for row in positions]
    counts[:, 1:-1] = _position_counts(positions, points)
    counts[:, -1] = [np.count_nonzero(row == DONT_KNOW) for row in positions]
    if counts.sum() != positions.size:
        raise InvalidAnswer(f"a position lies above {points}")
    return counts


def _position_counts(positions: Bytes, points: int) -> NDArray[np.int64]:
    if points > FEW_POINTS:
        by_byte = [np.bincount(row, minlength=256)[1 : points + 1] for row in positions]
        return np.array(by_byte, dtype=np.int64)
    levels = np.arange(1, points + 1, dtype=np.uint8)
    by_level = [[np.count_nonzero(row) for row in positions == level] for level in levels]
    return np.array(by_level, dtype=np.int64).T
