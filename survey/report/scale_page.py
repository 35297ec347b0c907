"""One scale as the report shows it: the page for everybody, and the figures for who asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from scales import Item, ItemAnalysis, Keying, Scale, ScaleAnalysis
from survey.report.distribution import legend, percent_of_answers, segments
from survey.report.drawing import Diverging, Gauge, diverging_bars, gauge_of
from survey.report.judging import Judged, judged
from survey.report.scale_figures import (
    FigureRow,
    check_key_first,
    figure_rows,
    headline_reliability,
    judged_reliability,
    judged_score,
)
from survey.report.things import Thing, things_to_look_at
from survey.report.wording import looks_turned, score_interval, worded
from survey.rules.scoring.judgement import DEFAULT_LIMITS, JudgementLimits

_MANY_ITEMS = 9  # beyond, rows are set closer so that the page stays one page


@dataclass(frozen=True)
class Score:
    """A score from 0 to 100 with its interval."""

    percent: float | None
    limits: tuple[float, float] | None


@dataclass(frozen=True)
class ItemRow:
    """One item as the page shows it."""

    item: Item
    text: str
    figures: ItemAnalysis
    percent: float | None
    bar: Diverging | None
    fit: Judged
    looks_turned: bool


@dataclass(frozen=True)
class ScalePart:
    """One scale as the page shows it."""

    scale: Scale
    title: str
    analysis: ScaleAnalysis
    score: Score
    score_judged: Judged
    precision: Judged
    reliability: float | None
    reliability_name: str
    reliability_limits: tuple[float, float] | None
    reliability_judged: Judged
    gauge: Gauge
    items: list[ItemRow]
    middle: float
    legend: list[tuple[str, str]]
    things: tuple[Thing, ...]
    is_dense: bool
    has_reverse: bool
    missing_share: float | None
    dont_know_share: float | None
    figures: list[FigureRow]
    check_first: str | None = None  # before the score is used


def scale_part(
    scale: Scale, analysis: ScaleAnalysis, locale: str, limits: JudgementLimits = DEFAULT_LIMITS
) -> ScalePart:
    """Put a scale together as the page shows it; bands begin where `limits` say."""
    name, value, reach = headline_reliability(scale, analysis)
    score = Score(analysis.mean_percent, score_interval(scale, analysis))
    middle, items = _item_rows(scale, analysis, locale, limits)
    return ScalePart(
        scale=scale,
        title=worded(scale.title, locale),
        analysis=analysis,
        score=score,
        score_judged=judged_score(analysis, score.percent, locale, limits),
        precision=judged("precision", half_width(score), locale, limits=limits),
        reliability=value,
        reliability_name=name,
        reliability_limits=reach,
        reliability_judged=judged_reliability(name, value, analysis, locale, limits),
        gauge=gauge_of(value, reach, locale, limits),
        items=items,
        middle=middle,
        legend=legend(scale.format, locale),
        things=things_to_look_at(scale, analysis, locale, limits),
        is_dense=len(items) > _MANY_ITEMS,
        has_reverse=any(item.keying is Keying.REVERSE for item in scale.items),
        missing_share=_average([row.figures.missing_share for row in items]),
        dont_know_share=_average([row.figures.dont_know_share for row in items]),
        figures=figure_rows(analysis, locale, limits),
        check_first=check_key_first(analysis, locale),
    )


def half_width(score: Score) -> float | None:
    """Return half of a score's interval."""
    return None if score.limits is None else (score.limits[1] - score.limits[0]) / 2


def _item_rows(
    scale: Scale, analysis: ScaleAnalysis, locale: str, limits: JudgementLimits
) -> tuple[float, list[ItemRow]]:
    found = {item.id: analysis.by_item[item.id] for item in scale.items}
    middle, bars = diverging_bars(
        {
            item.id: segments(item, counts, locale)
            for item in scale.items
            if (counts := found[item.id].counts) is not None
        }
    )
    rows = [
        ItemRow(
            item,
            worded(item.text, locale),
            found[item.id],
            percent_of_answers(item, scale, found[item.id]),
            bars.get(item.id),
            judged("r_drop", found[item.id].r_drop, locale, found[item.id].n, limits=limits),
            looks_turned(found[item.id], analysis),
        )
        for item in scale.items
    ]
    return middle, rows


def _average(shares: Sequence[float | None]) -> float | None:
    known = [part for part in shares if part is not None]
    return sum(known) / len(known) if known else None
