"""Totals, and ranks in a category."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import fsum

_CENT = Decimal("0.01")


def total_points(values: Sequence[float | None]) -> float | None:
    """Return the sum of leaf values, None while one is pending; the order does not matter."""
    known = [value for value in values if value is not None]
    return fsum(known) if len(known) == len(values) else None


def round_half_up(value: float) -> Decimal:
    """Return a figure as it is displayed and ranked: two decimals, halves up.

    Nine decimals are settled first, so that the last bit of a sum does not decide a half.
    """
    return Decimal(f"{value:.9f}").quantize(_CENT, ROUND_HALF_UP)


def competition_ranks(totals: Mapping[str, float | None]) -> dict[str, int | None]:
    """Return ranks 1, 1, 3 on the rounded totals; without a total there is no rank."""
    rounded = {code: round_half_up(total) for code, total in totals.items() if total is not None}
    ordered = sorted(rounded.values())
    return {
        code: 1 + len(ordered) - bisect_right(ordered, rounded[code]) if code in rounded else None
        for code in totals
    }
