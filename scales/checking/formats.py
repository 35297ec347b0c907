"""The formats of a questionnaire file: points, labels, percent table."""

from collections.abc import Mapping

from scales.checking.table import Table, is_number, shown
from scales.checking.texts import read_labels
from scales.definition import Format

FEWEST_POINTS, MOST_POINTS = 2, 250  # a point's position must fit a byte beside "don't know"

_KEYS = frozenset({"labels", "percent", "dont_know", "lowest", "points", "fractional"})
_FARTHEST_LOWEST = 1000


def read_format(table: Table, format_id: str, languages: tuple[str, ...]) -> Format:
    """Return the format a table describes."""
    table.refuse_unknown_keys(_KEYS)
    labels = read_labels(table, "labels", languages)
    points = _read_points(table, labels)
    return Format(
        id=format_id,
        points=points,
        lowest=table.whole("lowest", 1, -_FARTHEST_LOWEST, _FARTHEST_LOWEST),
        labels=labels,
        percent=_read_percent(table, points),
        dont_know=table.flag("dont_know"),
        fractional=table.flag("fractional"),
    )


def _read_points(table: Table, labels: Mapping[str, tuple[str, ...]]) -> int:
    lengths = [len(words) for words in labels.values()]
    longest = max(lengths, default=FEWEST_POINTS)
    if len(set(lengths)) > 1:
        counts = ", ".join(f"{language}: {len(words)}" for language, words in labels.items())
        table.note("labels_differ", "labels", counts=counts)
    if "points" not in table.values:
        if not FEWEST_POINTS <= longest <= MOST_POINTS:
            table.note("label_count", "labels", count=str(longest))
        return max(longest, FEWEST_POINTS)
    points = table.whole("points", longest, FEWEST_POINTS, MOST_POINTS)
    if len(set(lengths)) == 1 and longest not in (FEWEST_POINTS, points):
        table.note("labels_not_points", "labels", count=str(longest), points=str(points))
    return max(points, FEWEST_POINTS)


def _read_percent(table: Table, points: int) -> tuple[float, ...]:
    evenly = tuple(100 * step / (points - 1) for step in range(points))
    if "percent" not in table.values:
        return evenly
    percent: list[float] = []
    for entry in table.entries("percent"):
        if isinstance(entry, int | float) and is_number(entry) and 0 <= entry <= 100:
            percent.append(float(entry))
        else:
            table.note("percent_off_range", "percent", found=shown(entry))
            return evenly
    if percent and len(percent) != points:
        table.note("percent_length", "percent", count=str(len(percent)), points=str(points))
        return evenly
    if percent != sorted(percent):
        table.doubt("percent_falls", "percent")
    return tuple(percent) or evenly
