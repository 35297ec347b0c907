"""Levels of a format: which answers count as satisfied, and what they are called."""

from collections.abc import Sequence

from scales.definition import Format
from scales.errors import InvalidAnswer


def top_levels(item_format: Format, level_count: int = 2) -> tuple[int, ...]:
    """Return the highest points of a format, lowest of them first.

    Parameters
    ----------
    item_format : Format
        The answer points.
    level_count : int
        How many points count; fewer than the format has.

    Returns
    -------
    tuple of int

    Raises
    ------
    InvalidAnswer
        If no level, or every level, would count.
    """
    if not 0 < level_count < item_format.points:
        raise InvalidAnswer(f"{level_count} of {item_format.points} levels is no choice")
    return tuple(range(item_format.highest - level_count + 1, item_format.highest + 1))


def level_names(item_format: Format, levels: Sequence[int], locale: str) -> tuple[str, ...]:
    """Return the levels' labels as a forward item has them; the number where there is no label."""
    labels = item_format.labels.get(locale, ())
    if len(labels) != item_format.points:
        return tuple(str(level) for level in levels)
    return tuple(labels[level - item_format.lowest] for level in levels)


def checked_levels(item_format: Format, levels: Sequence[int] | None) -> tuple[int, ...]:
    """Return the levels that count in order, the two highest where None are given."""
    counted = top_levels(item_format) if levels is None else tuple(sorted(set(levels)))
    if not counted or counted[0] < item_format.lowest or counted[-1] > item_format.highest:
        raise InvalidAnswer(f"levels {counted} are not on {item_format.id}")
    return counted
