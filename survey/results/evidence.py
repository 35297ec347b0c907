"""The evidence of a value: from points on a leaf down to what was counted."""

from sqlmodel import Session

from survey.errors import ValueNotFound
from survey.results.figures import UsedSource
from survey.results.indicator_figures import Evidence, NodeValue, SourceEvidence, TreeNode
from survey.results.indicators import Tree, node_values, tree_of
from survey.results.newest import NewestRun, evaluation_info, newest
from survey.results.reliability import campaign_reliability
from survey.results.sources import source_interval, used_source
from survey.rules.scoring.run import EnteredPoints, SourceFigure
from survey.storage.tables import Evaluation


def evidence_of(
    session: Session, evaluation: Evaluation, unit_code: str, indicator_code: str
) -> Evidence:
    """Return how a unit's points on a leaf came about; raise where there is no such value."""
    run = newest(session, evaluation)
    tree = tree_of(session, evaluation, run)
    if run is None or tree is None or unit_code not in run.content.inputs.units:
        raise ValueNotFound(unit=unit_code, indicator=indicator_code)
    leaf = run.content.inputs.leaves.get(indicator_code)
    if leaf is None:
        raise ValueNotFound(unit=unit_code, indicator=indicator_code)
    figures = run.content.outputs.units[unit_code]
    value = node_values(figures, tree.nodes)[indicator_code]
    sources = tuple(
        _source(run, unit_code, figure) for figure in figures.leaves[indicator_code].sources
    )
    path = _path(tree, indicator_code)
    entered = run.content.inputs.entered.get(indicator_code, {}).get(unit_code)
    return Evidence(
        evaluation=evaluation_info(session, evaluation),
        run=run.info,
        tree=tree.version.tree_id,
        tree_version=tree.version.version,
        unit_code=unit_code,
        unit_name=run.content.inputs.units[unit_code].name,
        leaf=path[-1],
        path=path,
        value=value,
        rule=leaf.rule,
        formula=_formula([each.source for each in sources], path[-1], value, entered),
        sources=sources,
        manual_note=entered.note if entered is not None else "",
        manual_entered_by=entered.entered_by if entered is not None else "",
    )


def _source(run: NewestRun, unit_code: str, figure: SourceFigure) -> SourceEvidence:
    campaign = None
    if figure.campaign is not None and figure.campaign in run.campaigns:
        campaign = campaign_reliability(run, run.campaigns[figure.campaign])
    scales = campaign.scales if campaign is not None else ()
    return SourceEvidence(
        source=used_source(run, unit_code, figure),
        ci95_percent=source_interval(run, unit_code, figure),
        campaign=campaign,
        reliability=next((s for s in scales if s.scale == figure.source.scale), None),
    )


def _path(tree: Tree, code: str) -> tuple[TreeNode, ...]:
    nodes = {node.code: node for node in tree.nodes}
    path = [nodes[code]]
    while path[0].parent is not None:
        path.insert(0, nodes[path[0].parent])
    return tuple(path)


def _formula(
    sources: list[UsedSource], leaf: TreeNode, value: NodeValue, entered: EnteredPoints | None
) -> str:
    """Return how the points were made with the numbers put in, four decimals of each.

    Where a band stands for a figure, the band stands in the formula too.
    """
    if entered is not None:
        return f"{entered.points:g}"
    if value.not_shown is not None:
        return ""
    used = [source for source in sources if source.used_weight > 0]
    terms = [_percent(source) for source in used]
    if len(used) > 1:
        weighted = (f"{u.used_weight:.4f} × {t}" for u, t in zip(used, terms, strict=True))
        terms = [f"({' + '.join(weighted)})"]
    points = (
        f"{value.points:.4f}"
        if value.points is not None
        else _range(value.band_points or (0.0, leaf.full_points))
    )
    return f"{terms[0]} ÷ 100 × {leaf.full_points:g} = {points}"


def _percent(source: UsedSource) -> str:
    if source.mean_percent is not None:
        return f"{source.mean_percent:.4f}"
    return _range(source.band_percent or (0.0, 100.0))


def _range(band: tuple[float, float]) -> str:
    return f"[{band[0]:g}, {band[1]:g}]"
