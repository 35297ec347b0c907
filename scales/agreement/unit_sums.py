"""UnitSums: what agreement needs of every unit, as integers; from moments or from answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from scales.coding import Coding, coding_of
from scales.definition import DONT_KNOW, SKIPPED, Scale
from scales.errors import InvalidAnswer, Undefined
from scales.keying import check_columns, is_reverse
from scales.moments import Moments

Integers = NDArray[np.int64]
Rows = NDArray[np.uint8]

BLOCK_ROWS = 16_384


@dataclass(eq=False)
class UnitSums:
    """Integer sums, the first axis being the unit.

    Attributes
    ----------
    people, points, points_squared : (n_units, n_items + 1) array
        By the number of answered items, as in `ScoreSums`.
    complete_counts : (n_units, n_items, points) array of people
        Raw positions among the people who answered every item.
    """

    people: Integers
    points: Integers
    points_squared: Integers
    complete_counts: Integers

    @classmethod
    def of_nobody(cls, unit_count: int, scale: Scale) -> Self:
        """Return sums of units without answers."""
        items = len(scale.items)
        by_answered = np.zeros((3, unit_count, items + 1), dtype=np.int64)
        counts = np.zeros((unit_count, items, scale.format.points), dtype=np.int64)
        return cls(by_answered[0], by_answered[1], by_answered[2], counts)


def sums_of_moments(units: Sequence[Moments], scale: Scale) -> UnitSums:
    """Take what agreement needs out of every unit's moments.

    Parameters
    ----------
    units : sequence of Moments
        Of one scale, one for each unit.
    scale : Scale
        What was measured.

    Returns
    -------
    UnitSums

    Raises
    ------
    InvalidAnswer
        If moments are not of this scale.
    Undefined
        ``complete_not_counted`` if a unit's moments do not hold the counts of complete people.
    """
    sums = UnitSums.of_nobody(len(units), scale)
    for unit, moments in enumerate(units):
        if moments.counts.shape != (len(scale.items), scale.format.points + 2):
            raise InvalidAnswer(f"the moments are not of scale {scale.id}")
        if moments.complete_counts is None:
            raise Undefined("complete_not_counted")
        sums.complete_counts[unit] = moments.complete_counts
        sums.people[unit] = [scores.people for scores in moments.scores]
        sums.points[unit] = [scores.points for scores in moments.scores]
        sums.points_squared[unit] = [scores.points_squared for scores in moments.scores]
    return sums


def count_units(
    packed: Rows, unit_of_row: NDArray[np.integer], unit_count: int, scale: Scale
) -> UnitSums:
    """Count packed answers unit by unit, in one pass.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        The scale's columns: 0 skipped, 1…k the position ticked, 255 don't know.
    unit_of_row : (n_respondents,) array of int
        From 0; negative where a row belongs to no unit. Quickest where a unit's rows lie together.
    unit_count : int
        How many units there are.
    scale : Scale
        Gives keying and range.

    Returns
    -------
    UnitSums

    Raises
    ------
    InvalidAnswer
        If the shapes do not match, a unit lies above the count, or a position off the format.
    """
    check_columns(packed, scale)
    if unit_of_row.shape != packed.shape[:1] or unit_of_row.max(initial=-1) >= unit_count:
        raise InvalidAnswer(f"every row needs one of the {unit_count} units, or none")
    sums = UnitSums.of_nobody(unit_count, scale)
    coding = coding_of(scale)
    signs = np.where(is_reverse(scale), -1, 1).astype(np.float32)
    for rows, unit in _blocks(packed, unit_of_row):
        _count_block(rows, unit, coding, signs, sums)
    return sums


def _blocks(
    packed: Rows, unit_of_row: NDArray[np.integer]
) -> Iterator[tuple[Rows, NDArray[np.intp]]]:
    """Give rows in the order of their units, a block at a time."""
    units = unit_of_row.astype(np.intp)
    order = None
    if not len(units) or units[0] < 0 or (units[1:] < units[:-1]).any():
        order = np.argsort(units, kind="stable")
        units = units[order]
    first = int(np.searchsorted(units, 0))
    for start in range(first, len(units), BLOCK_ROWS):
        here = slice(start, start + BLOCK_ROWS)
        yield packed[here] if order is None else packed[order[here]], units[here]


def _count_block(
    rows: Rows, unit: NDArray[np.intp], coding: Coding, signs: NDArray[np.float32], sums: UnitSums
) -> None:
    first, span = int(unit[0]), int(unit[-1] - unit[0]) + 1
    here, local = slice(first, first + span), unit - unit[0]
    lowest = np.where(signs > 0, 1, -coding.points).astype(np.float32)
    is_answered = (rows - np.uint8(1)) < coding.points
    if not is_answered.all():
        if (~is_answered & (rows != SKIPPED) & (rows != DONT_KNOW)).any():
            raise InvalidAnswer(f"a position lies above {coding.points}")
        answered = is_answered.astype(np.float32)
        answered_count = answered.sum(axis=1).astype(np.intp)
        has_all = answered_count == rows.shape[1]
        totals = ((rows * answered) @ signs - answered @ lowest)[~has_all]
        _add_partial(
            totals.astype(np.float64), answered_count[~has_all], local[~has_all], sums, here
        )
        rows, local = rows[has_all], local[has_all]
    totals = rows.astype(np.float32) @ signs - lowest.sum()
    _add_scores(totals.astype(np.float64), local, rows.shape[1], sums, here)
    _add_counts(rows, local, coding.points, sums.complete_counts[here])


def _add_partial(
    totals: NDArray[np.float64],
    answered_count: NDArray[np.intp],
    local: NDArray[np.intp],
    sums: UnitSums,
    here: slice,
) -> None:
    for answered in np.flatnonzero(np.bincount(answered_count)):
        chosen = answered_count == answered
        _add_scores(totals[chosen], local[chosen], int(answered), sums, here)


def _add_scores(
    totals: NDArray[np.float64], local: NDArray[np.intp], answered: int, sums: UnitSums, here: slice
) -> None:
    """Add people's totals of aligned offsets: small integers, so float64 holds their sums."""
    span = here.stop - here.start
    sums.people[here, answered] += np.bincount(local, minlength=span)
    sums.points[here, answered] += np.bincount(local, totals, span).astype(np.int64)
    sums.points_squared[here, answered] += np.bincount(local, totals**2, span).astype(np.int64)


def _add_counts(rows: Rows, local: NDArray[np.intp], points: int, counts: Integers) -> None:
    """Count two items at a time where units are not tiny: one table of both fills as quickly."""
    offsets = np.ascontiguousarray(rows.T).astype(np.uint16) - np.uint16(1)
    units, item_count = len(counts), len(offsets)
    pairs = item_count // 2 if units * points**2 < len(rows) else 0
    firsts, seconds = offsets[0 : 2 * pairs : 2], offsets[1 : 2 * pairs : 2]
    codes = np.empty(len(rows), dtype=np.intp)
    for pair, code in enumerate(firsts * np.uint16(points) + seconds):
        np.add(local * points**2, code, out=codes)
        found = np.bincount(codes, minlength=units * points**2).reshape(units, points, points)
        counts[:, 2 * pair] += found.sum(axis=2)
        counts[:, 2 * pair + 1] += found.sum(axis=1)
    for item in range(2 * pairs, item_count):
        np.add(local * points, offsets[item], out=codes)
        counts[:, item] += np.bincount(codes, minlength=units * points).reshape(units, points)
