"""Where things stand in the drawings of the report, in percent of their width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.language import messages
from survey.report.distribution import Segment
from survey.rules.scoring.judgement import DEFAULT_LIMITS, JudgementLimits
from survey.rules.scoring.judgement_figures import LADDERS

Limits = tuple[float, float]

MIDDLE = 0.5


@dataclass(frozen=True)
class GaugeBand:
    """One band of the gauge: where it begins, how long it is, and its limit below."""

    band: str
    word: str
    has_marker: bool
    start: float
    length: float
    limit: float | None


@dataclass(frozen=True)
class Gauge:
    """Reliability on a row of bands of equal length, the worst first."""

    bands: tuple[GaugeBand, ...]
    marker: float | None
    whisker: Limits | None


@dataclass(frozen=True)
class Diverging:
    """One item's bar, beginning left of the middle line as far as answers are unfavourable."""

    start: float
    scale: float  # length of one percent of the answers
    segments: Sequence[Segment]


def gauge_of(
    value: float | None,
    interval: Limits | None,
    locale: str,
    limits: JudgementLimits = DEFAULT_LIMITS,
) -> Gauge:
    """Draw a reliability from 0 to 1 on its bands."""
    ladder = LADDERS["reliability"]
    floors = [*reversed(limits.of("reliability"))]
    names = [ladder.beyond.band, *(step.band for step in reversed(ladder.steps))]
    edges, length = [0.0, *floors, 1.0], 100 / len(names)
    marked = None if value is None else _band_at(value, edges)
    bands = tuple(
        GaugeBand(
            band=name,
            word=messages().phrase(f"judgement_word.reliability.{name}", locale),
            has_marker=at == marked,
            start=at * length,
            length=length,
            limit=floors[at - 1] if at else None,
        )
        for at, name in enumerate(names)
    )
    return Gauge(
        bands,
        None if value is None else _place(value, edges),
        None if interval is None else (_place(interval[0], edges), _place(interval[1], edges)),
    )


def _band_at(figure: float, edges: Sequence[float]) -> int:
    return max(at for at, edge in enumerate(edges[:-1]) if max(figure, 0.0) >= edge)


def _place(figure: float, edges: Sequence[float]) -> float:
    """Return where a figure stands on bands of equal length, in percent."""
    band = _band_at(figure, edges)
    inside = min(max(figure, 0.0), 1.0)
    length = edges[band + 1] - edges[band]
    part = (inside - edges[band]) / length if length else 1.0
    return 100 * (band + part) / (len(edges) - 1)


def diverging_bars(rows: Mapping[str, Sequence[Segment]]) -> tuple[float, dict[str, Diverging]]:
    """Lay the bars of a scale's items on one middle line; return where it stands."""
    sides = {item: _sides(segments) for item, segments in rows.items() if segments}
    left = max((side[0] for side in sides.values()), default=50.0)
    right = max((side[1] for side in sides.values()), default=50.0)
    scale = 100 / (left + right)
    middle = left * scale
    return middle, {
        item: Diverging(middle - own_left * scale, scale, rows[item])
        for item, (own_left, _) in sides.items()
    }


def _sides(segments: Sequence[Segment]) -> Limits:
    """Return how much of a bar is unfavourable and favourable; the middle answer is half each."""
    left = sum(segment.length * _unfavourable(segment.favour) for segment in segments)
    return left, 100.0 - left


def _unfavourable(favour: float) -> float:
    if favour == MIDDLE:
        return 0.5
    return float(favour < MIDDLE)
