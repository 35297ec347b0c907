"""From what was counted to scores, points, totals and ranks; no session, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scales import Questionnaire
from survey.evaluate.agree import agree
from survey.evaluate.compare import compare_audiences
from survey.evaluate.measure import measure_cells
from survey.evaluate.place import with_standings
from survey.evaluate.pool import pool
from survey.rules.audience import Audience
from survey.rules.grade import competition_ranks, total_points
from survey.rules.indicator import combine_sources, direct_points
from survey.rules.scoring.run import (
    Range,
    RunInputs,
    RunLeaf,
    RunOutputs,
    ScaleFigure,
    SourceFigure,
    UnitFigures,
    WeightedFigure,
)
from survey.rules.scoring.scoring_plan import PlanContent, Source
from survey.rules.scoring.suppression import show_figure

Questionnaires = Mapping[str, Questionnaire]  # by campaign code


@dataclass(frozen=True, slots=True)
class _Usable:
    """A unit's score on a source that may be shown: exactly, or as a band."""

    campaign: str
    percent: float
    low_percent: float
    high_percent: float


def compute_outputs(
    inputs: RunInputs, plan: PlanContent, questionnaires: Questionnaires
) -> RunOutputs:
    """Return everything a run finds in its inputs."""
    campaigns = sorted(inputs.campaigns.items())
    minima = {code: plan.minima[campaign.audience] for code, campaign in campaigns}
    cells = {
        code: measure_cells(campaign, inputs.asked.get(code, {}), questionnaires[code])
        for code, campaign in campaigns
    }
    pooled = {
        code: pool(campaign, cells[code], questionnaires[code], minima[code])
        for code, campaign in campaigns
    }
    categories = {code: unit.category for code, unit in inputs.units.items()}
    agreement = {
        code: agree(cells[code], [s.id for s in questionnaires[code].scales], categories, minimum)
        for code, minimum in minima.items()
    }
    usable = _usable_scores(inputs, cells, plan)
    figures = {
        unit: _unit_figures(unit, inputs, plan, usable.get(unit, {})) for unit in inputs.units
    }
    ranked = with_standings(inputs, cells, _ranked(inputs, figures))
    compared = compare_audiences(inputs, cells, pooled, questionnaires, minima)
    return RunOutputs(cells, pooled, ranked, agreement, compared)


def _usable_scores(
    inputs: RunInputs,
    cells: Mapping[str, Mapping[str, Mapping[str, ScaleFigure]]],
    plan: PlanContent,
) -> dict[str, dict[tuple[Audience, str, str], _Usable]]:
    usable: dict[str, dict[tuple[Audience, str, str], _Usable]] = {}
    for code, campaign in inputs.campaigns.items():
        minima = plan.minima[campaign.audience]
        for unit, figures in cells[code].items():
            for scale, figure in figures.items():
                percent = figure.mean_percent
                showing = show_figure(figure, minima)
                if percent is None or not showing.is_shown:
                    continue
                low, high = showing.band_percent or (percent, percent)
                name = (campaign.audience, campaign.questionnaire, scale)
                usable.setdefault(unit, {})[name] = _Usable(code, percent, low, high)
    return usable


def _unit_figures(
    unit: str,
    inputs: RunInputs,
    plan: PlanContent,
    usable: Mapping[tuple[Audience, str, str], _Usable],
) -> UnitFigures:
    leaves = {
        code: _survey_points(leaf, usable) if leaf.sources else _entered_points(unit, code, inputs)
        for code, leaf in sorted(inputs.leaves.items())
    }
    return UnitFigures(
        score=_weigh(plan.unit_score, usable),
        leaves=leaves,
        total_points=total_points([leaf.value for leaf in leaves.values()]) if leaves else None,
        band_points=_total_band(leaves),
        rank=None,
    )


def _weigh(
    sources: tuple[Source, ...], usable: Mapping[tuple[Audience, str, str], _Usable]
) -> WeightedFigure:
    scores = [usable.get((each.audience, each.questionnaire, each.scale)) for each in sources]
    combined = combine_sources(sources, [s.percent if s else None for s in scores])
    low = combine_sources(sources, [s.low_percent if s else None for s in scores])
    high = combine_sources(sources, [s.high_percent if s else None for s in scores])
    if combined is None or low is None or high is None:
        return WeightedFigure(
            None, None, False, tuple(SourceFigure(source, None, 0.0) for source in sources)
        )
    is_exact = all(score is None or score.low_percent == score.high_percent for score in scores)
    return WeightedFigure(
        value=combined.percent,
        band=None if is_exact else (low.percent, high.percent),
        is_renormalised=combined.is_renormalised,
        sources=tuple(
            SourceFigure(source, score.campaign if score else None, weight)
            for source, score, weight in zip(sources, scores, combined.used_weights, strict=True)
        ),
    )


def _survey_points(
    leaf: RunLeaf, usable: Mapping[tuple[Audience, str, str], _Usable]
) -> WeightedFigure:
    percent = _weigh(leaf.sources, usable)
    if percent.value is None:
        return percent
    band: Range | None = None
    if percent.band is not None:
        low, high = percent.band
        band = direct_points(low, leaf.full_points), direct_points(high, leaf.full_points)
    return WeightedFigure(
        value=direct_points(percent.value, leaf.full_points),
        band=band,
        is_renormalised=percent.is_renormalised,
        sources=percent.sources,
    )


def _entered_points(unit: str, leaf: str, inputs: RunInputs) -> WeightedFigure:
    entered = inputs.entered.get(leaf, {}).get(unit)
    return WeightedFigure(entered.points if entered is not None else None, None, False, ())


def _total_band(leaves: Mapping[str, WeightedFigure]) -> Range | None:
    if all(leaf.band is None for leaf in leaves.values()):
        return None
    low = total_points([leaf.band[0] if leaf.band else leaf.value for leaf in leaves.values()])
    high = total_points([leaf.band[1] if leaf.band else leaf.value for leaf in leaves.values()])
    return None if low is None or high is None else (low, high)


def _ranked(inputs: RunInputs, figures: Mapping[str, UnitFigures]) -> dict[str, UnitFigures]:
    """Rank the totals that are shown exactly; a rank would tell what a band leaves open."""
    totals = {u: f.total_points if f.band_points is None else None for u, f in figures.items()}
    ranks: dict[str, int | None] = {}
    for category in {unit.category for unit in inputs.units.values()}:
        codes = [code for code, unit in inputs.units.items() if unit.category == category]
        ranks |= competition_ranks({code: totals[code] for code in codes})
    return {code: replace(f, rank=ranks[code]) for code, f in figures.items()}
