"""Scales, and sheets as packed positions, for tests of the arithmetic."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from scales import Format, Item, ItemKind, Keying, Scale

ANY_ANSWER = Fraction(1, 1000)


def a_scale(
    items: str | Sequence[str] = "abc",
    reverse: str | Sequence[str] = (),
    *,
    lowest: int = 1,
    points: int = 5,
    percent: Sequence[float] | None = None,
    min_answered: Fraction = Fraction(2, 3),
    fractional: bool = False,
) -> Scale:
    """Return a scale; a string stands for items with ids of one letter."""
    table = percent or [100 * offset / (points - 1) for offset in range(points)]
    item_format = Format("F", points, lowest, {}, tuple(table), True, fractional)
    return Scale(
        "s",
        {},
        tuple(
            Item(
                item,
                ItemKind.SCALED,
                {},
                item_format,
                Keying.REVERSE if item in reverse else Keying.FORWARD,
            )
            for item in items
        ),
        min_answered,
    )


def pack(raw: Sequence[Sequence[float]] | np.ndarray, scale: Scale) -> np.ndarray:
    """Return points as packed positions; NaN becomes “skipped”."""
    points = np.array(raw, dtype=np.float64).reshape(-1, len(scale.items))
    return np.where(np.isnan(points), 0, points - scale.lowest + 1).astype(np.uint8)
