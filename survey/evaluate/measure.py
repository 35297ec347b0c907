"""Measure each cell: its score, its interval, and the share of answers on the highest levels."""

from collections.abc import Mapping

from scales import (
    Moments,
    Questionnaire,
    Scale,
    ScoreSummary,
    Undefined,
    corrected_interval,
    summarise_moments,
    top_share,
)
from survey.evaluate.by_counts import levels_that_count, measure_counts
from survey.evaluate.by_rater import summary_by_rater
from survey.rules.scoring.run import CountedCampaign, CountedCell, Range, ScaleFigure
from survey.rules.scoring.standing import AskedOf, TopShare

CellFigures = dict[str, dict[str, ScaleFigure]]  # by unit, then by scale


def measure_cells(
    campaign: CountedCampaign, asked: Mapping[str, AskedOf], questionnaire: Questionnaire
) -> CellFigures:
    """Return each unit's figures on each scale that enough people have a score on."""
    return {
        unit: {
            scale.id: _figure(cell, scale, asked.get(unit, _NOT_KNOWN))
            for scale in questionnaire.scales
            if scale.id in cell.moments or scale.items[0].id in cell.counts
        }
        for unit, cell in sorted(campaign.cells.items())
    }


def share_on_top(moments: Moments, scale: Scale) -> TopShare | None:
    """Return the share of answers on the two highest points, on the highest where there are few."""
    try:
        share = top_share(moments, scale, levels_that_count(scale))
    except Undefined:
        return None
    return TopShare(
        levels=share.levels,
        n_on_levels=share.n_on_levels,
        n_answers=share.n_answers,
        item_count=len(scale.items),
        share=share.share,
        ci95=share.ci95,
    )


def _figure(cell: CountedCell, scale: Scale, asked: AskedOf) -> ScaleFigure:
    if scale.id in cell.moments:
        return _measure(cell, scale, asked)
    return measure_counts(cell.counts, scale)


def _measure(cell: CountedCell, scale: Scale, asked: AskedOf) -> ScaleFigure:
    moments = Moments.from_json(cell.moments[scale.id])
    sums = cell.by_rater.get(scale.id)
    summary = summarise_moments(moments, scale) if sums is None else summary_by_rater(sums)
    return ScaleFigure(
        n=summary.n,
        mean_percent=summary.mean_percent,
        sd_percent=summary.sd_percent,
        ci95_percent=summary.ci95_percent,
        finite_ci95_percent=_finite_interval(summary, asked.head_count),
        top=share_on_top(moments, scale),
    )


def _finite_interval(summary: ScoreSummary, head_count: int | None) -> Range | None:
    """Return the interval for the people the unit has, where their number is known."""
    mean, sd = summary.mean_percent, summary.sd_percent
    if mean is None or sd is None or head_count is None:
        return None
    try:
        return corrected_interval(mean, sd, summary.n, head_count)
    except Undefined:
        return None


_NOT_KNOWN = AskedOf(None, None)
