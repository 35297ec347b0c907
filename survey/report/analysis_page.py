"""The result of an item analysis as one self-contained page, for reading and printing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scales import Item, ItemAnalysis, Questionnaire, Scale, ScaleAnalysis
from survey.item_analysis import GroupAnalysis, ItemAnalysisResult, TooFew
from survey.language import messages
from survey.report.distribution import Segment, legend, segments
from survey.report.wording import (
    Remark,
    alpha_band,
    figure,
    in_order,
    remarks,
    score_interval,
    share,
    worded,
)

_TEMPLATES = Path(__file__).parent / "templates"
_MORE_FIGURES = (
    "mean_points",
    "sd_points",
    "sem_points",
    "alpha_standardized",
    "lambda2",
    "lambda6",
    "average_r",
    "median_r",
    "first_eigenvalue",
)


@dataclass(frozen=True)
class ItemRow:
    """One item as the page shows it."""

    item: Item
    text: str
    figures: ItemAnalysis
    segments: list[Segment]


@dataclass(frozen=True)
class Score:
    """A score from 0 to 100 with its interval."""

    percent: float | None
    limits: tuple[float, float] | None


@dataclass(frozen=True)
class ScalePart:
    """One scale as the page shows it."""

    scale: Scale
    title: str
    analysis: ScaleAnalysis
    score: Score
    band: str
    items: list[ItemRow]
    legend: list[tuple[str, str]]
    missing_share: float | None
    dont_know_share: float | None
    figures: list[tuple[str, float | None]]


@dataclass(frozen=True)
class GroupRow:
    """One group as the page shows it; None where it is too small."""

    label: str
    sheets: int
    scores: list[Score | None]


def analysis_page(result: ItemAnalysisResult, questionnaire: Questionnaire, locale: str) -> str:
    """Return the page: what to look at first, each scale, each breakdown, how it was computed."""
    parts = [_part(scale, result.scales[scale.id], locale) for scale in questionnaire.scales]
    found = in_order(remarks(part.scale, part.analysis, locale) for part in parts)
    template = _environment(partial(messages().phrase, locale=locale)).get_template(
        "item_analysis.html"
    )
    return template.render(
        language="zh-CN" if locale == "zh-Hans" else locale,
        title=worded(questionnaire.title, locale),
        result=result,
        parts=parts,
        to_do=_with_action(found, needed=True),
        to_know=_with_action(found, needed=False),
        breakdowns=_breakdowns(result, questionnaire, locale),
    )


def _environment(phrase: Callable[..., str]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = lambda key, **values: phrase(f"score.{key}", **values)
    environment.filters |= {"figure": figure, "share": share}
    return environment


def _part(scale: Scale, analysis: ScaleAnalysis, locale: str) -> ScalePart:
    items = [_item_row(item, analysis.by_item[item.id], locale) for item in scale.items]
    return ScalePart(
        scale=scale,
        title=worded(scale.title, locale),
        analysis=analysis,
        score=_score(scale, analysis),
        band=alpha_band(analysis.alpha, analysis.n),
        items=items,
        legend=legend(scale.format, locale),
        missing_share=_average([row.figures.missing_share for row in items]),
        dont_know_share=_average([row.figures.dont_know_share for row in items]),
        figures=[(name, getattr(analysis, name)) for name in _MORE_FIGURES],
    )


def _item_row(item: Item, figures: ItemAnalysis, locale: str) -> ItemRow:
    bar = [] if figures.counts is None else segments(item, figures.counts, locale)
    return ItemRow(item, worded(item.text, locale), figures, bar)


def _score(scale: Scale, analysis: ScaleAnalysis) -> Score:
    return Score(analysis.mean_percent, score_interval(scale, analysis))


def _average(shares: list[float | None]) -> float | None:
    known = [part for part in shares if part is not None]
    return sum(known) / len(known) if known else None


def _with_action(found: list[Remark], *, needed: bool) -> list[Remark]:
    return [remark for remark in found if remark.needs_action is needed]


def _breakdowns(
    result: ItemAnalysisResult, questionnaire: Questionnaire, locale: str
) -> list[tuple[str, list[GroupRow]]]:
    scales = questionnaire.scales
    no_group = messages().phrase("score.no_group", locale)

    def row(label: str, group: GroupAnalysis) -> GroupRow:
        found = [(scale, group.scales[scale.id]) for scale in scales]
        scores = [None if isinstance(a, TooFew) else _score(scale, a) for scale, a in found]
        return GroupRow(label or no_group, group.n, scores)

    return [
        (columns.replace(",", " × "), [row(label, group) for label, group in groups.items()])
        for columns, groups in result.by.items()
    ]
