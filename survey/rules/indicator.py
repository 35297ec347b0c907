"""The indicator tree, and how scores become a leaf's points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from survey.errors import PlanRefused, TreeRefused
from survey.rules.scoring_plan import WHOLE_BP, Source, check_weights

MANUAL = "manual"
SURVEY = "survey"
DEEPEST_LEVEL = 3

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """A node of a tree; a leaf has `points_bp`, and `sources` where a survey feeds it."""

    code: str
    title: Mapping[str, str]
    parent: str | None = None
    points_bp: int | None = None
    sources: tuple[Source, ...] = ()
    standard: str = ""
    method: str = ""

    @property
    def source(self) -> str | None:
        """Where a leaf's points come from; None for a branch."""
        if self.points_bp is None:
            return None
        return SURVEY if self.sources else MANUAL


@dataclass(frozen=True, slots=True)
class TreeDefinition:
    """A version of an indicator tree, parents before their children."""

    tree_id: str
    version: int
    title: Mapping[str, str]
    indicators: tuple[IndicatorDefinition, ...]


@dataclass(frozen=True, slots=True)
class Combined:
    """A weighted mean with the share each source had; a source left out has 0."""

    percent: float
    used_weights: tuple[float, ...]
    is_renormalised: bool


def check_tree(tree: TreeDefinition, locales: Sequence[str]) -> dict[str, int]:
    """Refuse a tree that does not hold together or sum to 100 points; return codes → levels."""
    levels = _levels(tree)
    parents = {indicator.parent for indicator in tree.indicators}
    for indicator in tree.indicators:
        _check_indicator(indicator, locales, is_branch=indicator.code in parents)
    total_bp = sum(indicator.points_bp or 0 for indicator in tree.indicators)
    if total_bp != WHOLE_BP:
        raise TreeRefused("tree_points_sum", total=f"{total_bp / 100:.2f}")
    return levels


def _levels(tree: TreeDefinition) -> dict[str, int]:
    levels: dict[str, int] = {}
    for indicator in tree.indicators:
        if indicator.code in levels:
            raise TreeRefused("tree_code_twice", indicator=indicator.code)
        if indicator.parent is not None and indicator.parent not in levels:
            raise TreeRefused(
                "tree_parent_missing", indicator=indicator.code, parent=indicator.parent
            )
        levels[indicator.code] = 1 if indicator.parent is None else levels[indicator.parent] + 1
        if levels[indicator.code] > DEEPEST_LEVEL:
            raise TreeRefused("tree_too_deep", indicator=indicator.code, deepest=DEEPEST_LEVEL)
    return levels


def _check_indicator(
    indicator: IndicatorDefinition, locales: Sequence[str], *, is_branch: bool
) -> None:
    if any(not indicator.title.get(locale) for locale in locales):
        raise TreeRefused("tree_title_missing", indicator=indicator.code)
    if is_branch and (indicator.points_bp is not None or indicator.sources):
        raise TreeRefused("tree_branch_with_points", indicator=indicator.code)
    if not is_branch and (indicator.points_bp is None or indicator.points_bp <= 0):
        raise TreeRefused("tree_leaf_without_points", indicator=indicator.code)
    if indicator.sources:
        try:
            check_weights(indicator.sources)
        except PlanRefused as refused:
            raise TreeRefused("tree_weights_wrong", indicator=indicator.code) from refused


def branch_points_bp(tree: TreeDefinition) -> dict[str, int]:
    """Return the full points of every node; a branch has the sum of its leaves."""
    points_bp = {indicator.code: indicator.points_bp or 0 for indicator in tree.indicators}
    for indicator in reversed(tree.indicators):
        if indicator.parent is not None:
            points_bp[indicator.parent] += points_bp[indicator.code]
    return points_bp


def combine_sources(sources: Sequence[Source], percents: Sequence[float | None]) -> Combined | None:
    """Return the weighted mean of the sources that have a score, None where none has.

    A source without a score is left out and the others share its weight in proportion.
    """
    used = [
        source.weight_bp if p is not None else 0
        for source, p in zip(sources, percents, strict=True)
    ]
    whole = sum(used)
    if whole == 0:
        return None
    weighted = (bp * p for bp, p in zip(used, percents, strict=True) if p is not None)
    return Combined(
        percent=fsum(weighted) / whole,
        used_weights=tuple(bp / whole for bp in used),
        is_renormalised=whole != sum(source.weight_bp for source in sources),
    )


def direct_points(percent: float, full_points: float) -> float:
    """Return a leaf's points in full precision: the percent's share of its full points."""
    return percent / 100 * full_points
