"""How the answers to one item fall on its points, from unfavourable to favourable, for a bar."""

from collections.abc import Mapping
from dataclasses import dataclass

from scales import Format, Item, ItemAnalysis, Keying, Scale
from survey.language import messages
from survey.report.wording import figure, share

_UNFAVOURABLE, _MIDDLE, _FAVOURABLE = (178, 85, 47), (221, 226, 231), (36, 96, 150)
_ROOM_FOR_A_NUMBER = 8.0  # percent of the bar


@dataclass(frozen=True)
class Segment:
    """One answer point's part of a bar 100 long."""

    start: float
    length: float
    favour: float  # 0 unfavourable, ½ in the middle, 1 favourable
    colour: str
    is_dark: bool
    number: str  # empty where there is no room for it
    description: str


def segments(item: Item, counts: Mapping[str, int], locale: str) -> list[Segment]:
    """Return the parts of the bar; a reverse item's points stand the other way round."""
    if item.format is None or not sum(counts.values()):
        return []
    points = list(range(item.format.lowest, item.format.highest + 1))
    if item.keying is Keying.REVERSE:
        points.reverse()
    total = sum(counts.values())
    found, start = [], 0.0
    for place, point in enumerate(points):
        count = counts[str(point)]
        length = 100 * count / total
        favour = place / (len(points) - 1)
        colour = _shade(favour)
        described = messages().phrase(
            "score.report.segment",
            locale,
            label=label_of(item.format, point, locale),
            count=count,
            share=share(count / total),
        )
        number = figure(length, 0) if length >= _ROOM_FOR_A_NUMBER else ""
        found.append(
            Segment(start, length, favour, _hex(colour), _is_dark(colour), number, described)
        )
        start += length
    return [segment for segment in found if segment.length]


def legend(item_format: Format, locale: str) -> list[tuple[str, str]]:
    """Return colour and label of each point, lowest first, as forward items have them."""
    steps = max(1, item_format.points - 1)
    return [
        (_hex(_shade(place / steps)), label_of(item_format, item_format.lowest + place, locale))
        for place in range(item_format.points)
    ]


def label_of(item_format: Format, point: int, locale: str) -> str:
    """Return a point's label, or its number where only the ends have labels."""
    labels = item_format.labels.get(locale) or next(iter(item_format.labels.values()), ())
    place = point - item_format.lowest
    if len(labels) == item_format.points:
        return labels[place]
    if place in (0, item_format.points - 1) and labels:
        return f"{point} {labels[0] if place == 0 else labels[-1]}"
    return str(point)


def _shade(favour: float) -> tuple[int, int, int]:
    """Mix a colour: 0 unfavourable, ½ in the middle, 1 favourable."""
    start, end = (_UNFAVOURABLE, _MIDDLE) if favour < 0.5 else (_MIDDLE, _FAVOURABLE)
    part = favour * 2 if favour < 0.5 else favour * 2 - 1
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(start, end, strict=True))
    return red, green, blue


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _is_dark(colour: tuple[int, int, int]) -> bool:
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140


def percent_of_answers(item: Item, scale: Scale, figures: ItemAnalysis) -> float | None:
    """Return an item's mean from 0 to 100 by the percent table, None where nothing was counted."""
    if figures.mean is None or not figures.counts:
        return None
    table = scale.format.percent
    worth = table[::-1] if item.keying is Keying.REVERSE else table
    counts = [figures.counts[str(scale.lowest + place)] for place in range(len(table))]
    return sum(count * percent for count, percent in zip(counts, worth, strict=True)) / sum(counts)
