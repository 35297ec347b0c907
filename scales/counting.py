"""scale_moments: from packed positions to exact integer moments, block by block."""

import numpy as np
from numpy.typing import NDArray

from scales.coding import Coding, coding_of
from scales.definition import DONT_KNOW, Scale
from scales.errors import InvalidAnswer
from scales.keying import check_columns
from scales.moments import Moments
from scales.sums import Sums

BLOCK_ROWS = 65_536
FLOAT32_EXACT = 2**24  # every integer up to here is a float32

Bytes = NDArray[np.uint8]  # (n_items, rows): one item's answers lie together


def scale_moments(packed: NDArray[np.uint8], scale: Scale) -> Moments:
    """Count packed answers into moments.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        The scale's columns: 0 skipped, 1…k the position ticked, 255 don't know.
    scale : Scale
        Gives keying, range and percent table.

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
    sums = Sums.of_nobody(len(scale.items), coding.points, coding.percent_step)
    block_rows = min(BLOCK_ROWS, FLOAT32_EXACT // max(1, coding.points - 1) ** 2)
    for start in range(0, len(packed), block_rows):
        _count_block(packed[start : start + block_rows], coding, sums)
    return sums.moments(coding.percent_denominator)


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


def _count_block(packed: NDArray[np.uint8], coding: Coding, sums: Sums) -> None:
    positions = np.ascontiguousarray(packed.T)
    _count_positions(positions, coding.points, sums)
    offsets = positions - np.uint8(1)
    is_answered = offsets < coding.points
    offsets[coding.reverse_rows] = np.uint8(coding.points - 1) - offsets[coding.reverse_rows]
    item_count = len(offsets)
    answered_count = np.add.reduce(
        is_answered.view(np.uint8), axis=0, dtype=np.min_scalar_type(item_count)
    )
    has_all = answered_count == item_count
    if has_all.all():
        _add_complete(offsets, len(has_all), sums)
    else:
        _add_complete(offsets * has_all, int(has_all.sum()), sums)
        others = np.flatnonzero(~has_all)
        others = others[np.argsort(answered_count[others], kind="stable")]
        _add_partial(offsets.take(others, axis=1), is_answered.take(others, axis=1), sums)
    if coding.percent_step is None:
        _add_percent(offsets, is_answered, answered_count, coding, sums)


def _count_positions(positions: Bytes, points: int, sums: Sums) -> None:
    by_byte = np.array([np.bincount(row, minlength=256) for row in positions])
    if by_byte[:, points + 1 : DONT_KNOW].any():
        raise InvalidAnswer(f"a position lies above {points}")
    sums.counts += by_byte[:, [*range(points + 1), DONT_KNOW]]


def _add_complete(offsets: Bytes, people: int, sums: Sums) -> None:
    """Add the sheets with every item; columns of zeros stand for the others."""
    item_count, rows = offsets.shape
    values = np.empty((item_count + 1, rows), dtype=np.float32)
    values[:-1], values[-1] = offsets, 1
    gram = (values @ values.T).astype(np.int64)
    sums.people[-1] += people
    sums.n[-1] += people
    sums.sums[-1] += gram[:-1, -1:]
    sums.products[-1] += gram[:-1, :-1]
    sums.squares[-1] += gram[:-1, :-1].sum()


def _add_partial(offsets: Bytes, is_answered: NDArray[np.bool_], sums: Sums) -> None:
    """Add incomplete sheets, which lie in the order of how many items they answer."""
    item_count = len(offsets)
    values = np.concatenate([offsets * is_answered, is_answered]).astype(np.float32)
    totals_squared = np.square(values[:item_count].sum(axis=0), dtype=np.float64)
    by_count = np.bincount(is_answered.sum(axis=0), minlength=item_count + 1)
    ends = np.cumsum(by_count)
    for answered in np.flatnonzero(by_count):
        here = slice(ends[answered] - by_count[answered], ends[answered])
        gram = (values[:, here] @ values[:, here].T).astype(np.int64)
        sums.people[answered] += by_count[answered]
        sums.n[answered] += gram[item_count:, item_count:]
        sums.sums[answered] += gram[:item_count, item_count:]
        sums.products[answered] += gram[:item_count, :item_count]
        squares = values[item_count:, here].astype(np.float64) @ totals_squared[here]
        sums.squares[answered] += squares.astype(np.int64)


def _add_percent(
    offsets: Bytes,
    is_answered: NDArray[np.bool_],
    answered_count: NDArray[np.unsignedinteger],
    coding: Coding,
    sums: Sums,
) -> None:
    """Add percent totals, which do not follow from the points under an uneven table."""
    table = np.append(coding.percent_units, 0)
    totals = table[np.where(is_answered, offsets, np.uint8(coding.points))].sum(axis=0)
    for answered in range(len(offsets) + 1):
        sums.add_percent(answered, totals[answered_count == answered])
