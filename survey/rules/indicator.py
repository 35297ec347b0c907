"""The indicator tree, and how scores become a leaf's points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from survey.errors import PlanRefused, TreeRefused
from survey.rules.scoring.scoring_plan import WHOLE_BP, Source, check_weights

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
    for problem in tree_problems(tree, locales):
        raise problem
    return _levels(tree)[0]


def tree_problems(tree: TreeDefinition, locales: Sequence[str]) -> tuple[TreeRefused, ...]:
    """Return everything that keeps a tree from holding together."""
    problems = _levels(tree)[1]
    parents = {indicator.parent for indicator in tree.indicators}
    for indicator in tree.indicators:
        problems += _problems_of(indicator, locales, is_branch=indicator.code in parents)
    total_bp = sum(indicator.points_bp or 0 for indicator in tree.indicators)
    if total_bp != WHOLE_BP:
        problems.append(TreeRefused("tree_points_sum", total=f"{total_bp / 100:.2f}"))
    return tuple(problems)


def _levels(tree: TreeDefinition) -> tuple[dict[str, int], list[TreeRefused]]:
    levels: dict[str, int] = {}
    problems = []
    for code, parent in ((indicator.code, indicator.parent) for indicator in tree.indicators):
        if code in levels:
            problems.append(TreeRefused("tree_code_twice", indicator=code))
            continue
        if parent is not None and parent not in levels:
            problems.append(TreeRefused("tree_parent_missing", indicator=code, parent=parent))
        levels[code] = levels.get(parent, 0) + 1 if parent is not None else 1
        if levels[code] > DEEPEST_LEVEL:
            problems.append(TreeRefused("tree_too_deep", indicator=code, deepest=DEEPEST_LEVEL))
    return levels, problems


def _problems_of(
    indicator: IndicatorDefinition, locales: Sequence[str], *, is_branch: bool
) -> list[TreeRefused]:
    codes = []
    if any(not indicator.title.get(locale) for locale in locales):
        codes.append("tree_title_missing")
    if is_branch and (indicator.points_bp is not None or indicator.sources):
        codes.append("tree_branch_with_points")
    if not is_branch and (indicator.points_bp is None or indicator.points_bp <= 0):
        codes.append("tree_leaf_without_points")
    if indicator.sources:
        try:
            check_weights(indicator.sources)
        except PlanRefused:
            codes.append("tree_weights_wrong")
    return [TreeRefused(code, indicator=indicator.code) for code in codes]


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
