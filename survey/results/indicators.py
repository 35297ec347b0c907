"""The indicator tree with each unit's points, totals and ranks, and what was entered by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from survey.results.figures import NotShown, Range
from survey.results.indicator_figures import (
    CategoryTable,
    IndicatorTable,
    ManualEntry,
    NodeValue,
    TreeNode,
    UnitIndicators,
)
from survey.results.newest import NewestRun, evaluation_info, newest
from survey.results.ranks import rank_not_shown
from survey.rules.grade import total_points
from survey.rules.indicator import MANUAL
from survey.rules.scoring.run import UnitFigures, WeightedFigure
from survey.storage.keys import key_of
from survey.storage.queries.evaluations import units_of
from survey.storage.queries.figures import manual_values_of
from survey.storage.queries.indicators import indicators_of, tree_version, tree_version_by_number
from survey.storage.tables import Evaluation, IndicatorTreeVersion


@dataclass(frozen=True, slots=True)
class Tree:
    """A version of a tree with its nodes, parents before their children."""

    version: IndicatorTreeVersion
    nodes: tuple[TreeNode, ...]


def indicator_table(session: Session, evaluation: Evaluation) -> IndicatorTable:
    """Return the tree and each unit's points, total and rank by category."""
    run = newest(session, evaluation)
    tree = tree_of(session, evaluation, run)
    nodes = tree.nodes if tree is not None else ()
    rows = (
        [_row(run, code, nodes) for code in sorted(run.content.inputs.units)]
        if run is not None
        else _empty_rows(session, evaluation, nodes)
    )
    return IndicatorTable(
        evaluation=evaluation_info(session, evaluation),
        run=run.info if run is not None else None,
        tree=tree.version.tree_id if tree is not None else None,
        tree_version=tree.version.version if tree is not None else None,
        title=tree.version.title if tree is not None else {},
        nodes=nodes,
        categories=_by_category(rows),
    )


def tree_of(session: Session, evaluation: Evaluation, run: NewestRun | None) -> Tree | None:
    """Return the tree a run used, or without a run the one it would use."""
    version = None
    if run is not None:
        inputs = run.content.inputs
        if inputs.tree is not None and inputs.tree_version is not None:
            version = tree_version_by_number(session, inputs.tree, inputs.tree_version)
    elif evaluation.tree_version_id is not None:
        version = tree_version(session, evaluation.tree_version_id)
    if version is None:
        return None
    rows = indicators_of(session, key_of(version))
    codes = {row.id: row.code for row in rows}
    nodes = tuple(
        TreeNode(
            code=row.code,
            parent=codes.get(row.parent_id),
            level=row.level,
            title=row.title,
            full_points=row.points_bp / 100,
            source=row.source,
            standard=row.standard,
            method=row.method,
        )
        for row in rows
    )
    return Tree(version, nodes)


def node_values(figures: UnitFigures, nodes: Sequence[TreeNode]) -> dict[str, NodeValue]:
    """Return a unit's points on every node; a branch sums what stands below it."""
    below: dict[str, list[WeightedFigure]] = {node.code: [] for node in nodes}
    parents = {node.code: node.parent for node in nodes}
    for code, leaf in figures.leaves.items():
        at: str | None = code
        while at is not None:
            below[at].append(leaf)
            at = parents[at]
    return {code: _node_value(code, leaves) for code, leaves in below.items()}


def manual_entries(session: Session, evaluation: Evaluation) -> tuple[ManualEntry, ...]:
    """Return every manual leaf × unit with the points entered so far, by tree and unit code."""
    if evaluation.tree_version_id is None:
        return ()
    units = units_of(session, key_of(evaluation))
    entered = {
        (value.indicator_id, value.unit_id): value
        for value in manual_values_of(session, key_of(evaluation))
    }
    return tuple(
        ManualEntry(
            unit_code=unit.code,
            unit_name=unit.name,
            indicator=leaf.code,
            title=leaf.title,
            full_points=leaf.points_bp / 100,
            points=value.points if value is not None else None,
            note=value.note if value is not None else "",
            entered_by=value.entered_by if value is not None else "",
            entered_at=value.entered_at if value is not None else None,
        )
        for leaf in indicators_of(session, evaluation.tree_version_id)
        if leaf.source == MANUAL
        for unit in units
        for value in [entered.get((key_of(leaf), key_of(unit)))]
    )


def _node_value(code: str, leaves: Sequence[WeightedFigure]) -> NodeValue:
    points = total_points([leaf.value for leaf in leaves])
    band = _band(leaves)
    return NodeValue(
        indicator=code,
        points=points if band is None else None,
        band_points=band if points is not None else None,
        is_renormalised=any(leaf.is_renormalised for leaf in leaves),
        not_shown=None if points is not None else NotShown("pending"),
    )


def _band(leaves: Sequence[WeightedFigure]) -> Range | None:
    if all(leaf.band is None for leaf in leaves):
        return None
    low = total_points([leaf.band[0] if leaf.band else leaf.value for leaf in leaves])
    high = total_points([leaf.band[1] if leaf.band else leaf.value for leaf in leaves])
    return (low, high) if low is not None and high is not None else None


def _row(run: NewestRun, code: str, nodes: Sequence[TreeNode]) -> UnitIndicators:
    unit = run.content.inputs.units[code]
    figures = run.content.outputs.units[code]
    values = node_values(figures, nodes)
    return UnitIndicators(
        code=code,
        name=unit.name,
        category=unit.category,
        values=tuple(values[node.code] for node in nodes),
        total_points=figures.total_points if figures.band_points is None else None,
        band_points=figures.band_points,
        rank=figures.rank,
        rank_not_shown=rank_not_shown(figures),
        pending_count=sum(leaf.value is None for leaf in figures.leaves.values()),
    )


def _empty_rows(
    session: Session, evaluation: Evaluation, nodes: Sequence[TreeNode]
) -> list[UnitIndicators]:
    leaf_count = sum(node.source is not None for node in nodes)
    values = tuple(NodeValue(node.code, None, None, False, NotShown("no_run")) for node in nodes)
    return [
        UnitIndicators(
            code=unit.code,
            name=unit.name,
            category=unit.category,
            values=values,
            total_points=None,
            band_points=None,
            rank=None,
            rank_not_shown=None,
            pending_count=leaf_count,
        )
        for unit in units_of(session, key_of(evaluation))
    ]


def _by_category(rows: Sequence[UnitIndicators]) -> tuple[CategoryTable, ...]:
    categories: dict[str, list[UnitIndicators]] = {}
    for row in rows:
        categories.setdefault(row.category, []).append(row)
    return tuple(
        CategoryTable(category, tuple(sorted(units, key=_place)))
        for category, units in categories.items()
    )


def _place(row: UnitIndicators) -> tuple[bool, int, str]:
    return row.rank is None, row.rank or 0, row.code
