"""Pool the cells that are shown: reliability over all of them, item answers where it is safe."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import reduce
from operator import add

from scales import ItemAnalysis, Moments, Questionnaire, Scale, ScaleAnalysis, analyse_moments
from survey.evaluate.by_counts import pool_counts
from survey.evaluate.measure import CellFigures, share_on_top
from survey.rules.audience import Minima
from survey.rules.scoring.answer_share import show_share
from survey.rules.scoring.run import CountedCampaign, PooledScale, ScaleFigure
from survey.rules.scoring.suppression import is_shown, show_figure

ITEM_ANSWERS = (
    "n",
    "mean",
    "sd",
    "skew",
    "kurtosis",
    "counts",
    "floor_share",
    "ceiling_share",
    "missing_share",
    "dont_know_share",
)
"""What of an item's figures says how it was ticked."""


def pool(
    campaign: CountedCampaign, cells: CellFigures, questionnaire: Questionnaire, minima: Minima
) -> dict[str, PooledScale]:
    """Analyse each scale over the cells whose score is shown exactly.

    A cell that is held back, or shown as a band, would come out by subtraction.
    """
    pooled: dict[str, PooledScale] = {}
    for scale in questionnaire.scales:
        units = exact_units(cells, scale.id, minima)
        if campaign.counts_only:
            if units:
                shared = units_of_items(cells, scale.id, minima)
                pooled[scale.id] = pool_counts(campaign, units, shared, scale)
            continue
        moments = {
            unit: Moments.from_json(campaign.cells[unit].moments[scale.id]) for unit in units
        }
        if units and is_shown(
            sum(m.rows for m in moments.values()), minima.subgroup or minima.shown
        ):
            shared = units_of_items(cells, scale.id, minima)
            pooled[scale.id] = _pool_scale(moments, shared, scale)
    return pooled


def exact_units(cells: CellFigures, scale: str, minima: Minima) -> list[str]:
    """Return the units whose score on a scale is shown exactly."""
    return [u for u, found in cells.items() if scale in found and _is_exact(found[scale], minima)]


def units_of_items(cells: CellFigures, scale: str, minima: Minima) -> list[str]:
    """Return the units over which answers to items are told: with an exact share, if any has."""
    units = exact_units(cells, scale, minima)
    return [u for u in units if _has_exact_share(cells[u][scale], minima)] or units


def _pool_scale(moments: Mapping[str, Moments], shared: Sequence[str], scale: Scale) -> PooledScale:
    """Analyse the scale over all units, and what was ticked item by item over the `shared` ones.

    The share of high answers is published by unit; were the units whose share is not shown counted
    in the answers to the items, subtracting would show it.
    """
    analysis = analyse_moments(reduce(add, moments.values()), scale)
    ticked = reduce(add, (moments[unit] for unit in shared))
    if len(shared) < len(moments):
        analysis = _with_answers(analysis, analyse_moments(ticked, scale))
    return PooledScale(len(moments), asdict(analysis), len(shared), share_on_top(ticked, scale))


def _with_answers(analysis: ScaleAnalysis, answers: ScaleAnalysis) -> ScaleAnalysis:
    by_item: dict[str, ItemAnalysis] = {}
    for item, figures in analysis.by_item.items():
        ticked = {name: getattr(answers.by_item[item], name) for name in ITEM_ANSWERS}
        by_item[item] = replace(figures, **ticked)
    return replace(analysis, by_item=by_item)


def _is_exact(figure: ScaleFigure, minima: Minima) -> bool:
    return show_figure(figure, minima).is_exact


def _has_exact_share(figure: ScaleFigure, minima: Minima) -> bool:
    top = figure.top
    if top is None:
        return False
    return show_share(figure.n, top.n_on_levels, top.n_answers, top.item_count, minima).is_exact
