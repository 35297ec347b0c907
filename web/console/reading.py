"""What the results page draws and says beside the figures."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from scales import Questionnaire
from survey.report.wording import Remark, remarks
from survey.results import Cell, ScaleReliability, ScaleScore, TreeNode, UnitResult


class HasCategory(Protocol):
    """A unit in any of its shapes."""

    @property
    def category(self) -> str:
        """The units it is ranked with."""


Member = TypeVar("Member", bound=HasCategory)


def score_of(cell: Cell, scale: str) -> ScaleScore | None:
    """Return a cell's score on a scale, if the scale was measured there."""
    return next((score for score in cell.scores if score.scale == scale), None)


def chart_of(
    rows: Sequence[tuple[UnitResult, Cell]], scale: ScaleReliability
) -> list[dict[str, Any]]:
    """Return what the chart shows: each unit's mean and interval, best first, hidden ones last."""
    bars = []
    for unit, cell in rows:
        score = score_of(cell, scale.scale)
        if score is not None:
            shown = score.mean_percent is not None
            interval = score.ci95_percent or score.band_percent
            if interval is None and score.mean_percent is not None:  # a dot by itself
                interval = score.mean_percent, score.mean_percent
            bars.append(
                {
                    "name": unit.name,
                    "mean": score.mean_percent,
                    "low": interval[0] if interval else None,
                    "high": interval[1] if interval else None,
                    "n": score.n if shown else None,
                }
            )
    return sorted(bars, key=lambda bar: (bar["mean"] is None, -(bar["mean"] or 0)))


def by_category(units: Iterable[Member]) -> list[tuple[str, list[Member]]]:
    """Return the units of each category, in the order in which categories come first."""
    groups: dict[str, list[Member]] = {}
    for unit in units:
        groups.setdefault(unit.category, []).append(unit)
    return list(groups.items())


def remarks_of(
    scales: Sequence[ScaleReliability], questionnaire: Questionnaire, locale: str
) -> dict[str, list[Remark]]:
    """Return, per scale, what its warnings say."""
    by_id = {scale.id: scale for scale in questionnaire.scales}
    return {
        found.scale: remarks(by_id[found.scale], found.analysis, locale)
        for found in scales
        if found.analysis is not None
    }


def leaves_under(branch: str, nodes: Sequence[TreeNode]) -> list[TreeNode]:
    """Return the leaves of a branch, in the order of the tree."""
    parents = {node.code: node.parent for node in nodes}

    def stands_under(code: str | None) -> bool:
        return code is not None and (code == branch or stands_under(parents[code]))

    return [node for node in nodes if node.source is not None and stands_under(node.code)]
