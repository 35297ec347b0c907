"""A run's cells, unit scores and reliability."""

from sqlmodel import Session

from scales import Scale
from survey.results.dependability import with_dependability, with_response
from survey.results.evaluation_figures import EvaluationResults
from survey.results.figures import (
    Cell,
    NotShown,
    ScaleScore,
    UnitResult,
    UnitScore,
)
from survey.results.newest import AskedCampaign, NewestRun, evaluation_info, newest
from survey.results.ranks import rank_not_shown
from survey.results.reliability import campaign_reliabilities
from survey.results.sources import scale_score, source_score, used_source
from survey.results.trust import trust_shares, with_trust
from survey.rules.scoring.run import CountedCampaign, ScaleFigure, UnitFigures
from survey.rules.scoring.suppression import is_shown
from survey.storage.tables import Evaluation


def evaluation_results(session: Session, evaluation: Evaluation) -> EvaluationResults:
    """Return what the newest run found, unit by unit."""
    info = evaluation_info(session, evaluation)
    run = newest(session, evaluation)
    if run is None:
        return EvaluationResults(info, None, (), (), NotShown("no_run"))
    return EvaluationResults(
        evaluation=info,
        run=run.info,
        campaigns=campaign_reliabilities(run),
        units=tuple(unit_result(run, code) for code in sorted(run.content.inputs.units)),
        not_shown=None,
        comparisons=run.content.outputs.comparisons,
        limits=run.plan.judgement,
    )


def unit_result(run: NewestRun, code: str) -> UnitResult:
    """Return what a run found for a unit."""
    unit = run.content.inputs.units[code]
    figures = run.content.outputs.units[code]
    is_exact = figures.band_points is None
    return UnitResult(
        code=code,
        name=unit.name,
        category=unit.category,
        cells=tuple(
            _cell(run, asked, code) for asked in run.campaigns.values() if code in asked.unit_codes
        ),
        score=_unit_score(run, code, figures),
        total_points=figures.total_points if is_exact else None,
        band_points=figures.band_points,
        rank=figures.rank,
        rank_not_shown=rank_not_shown(figures),
        total_standing=figures.total_standing if is_exact else None,
    )


def _cell(run: NewestRun, asked: AskedCampaign, unit_code: str) -> Cell:
    campaign = run.content.inputs.campaigns[asked.campaign.code]
    minima = run.plan.minima[campaign.audience]
    counted = campaign.cells.get(unit_code)
    has_enough = counted is not None and is_shown(counted.sheet_count, minima.shown)
    figures = run.content.outputs.cells[asked.campaign.code].get(unit_code, {})
    cell = Cell(
        audience=campaign.audience,
        campaign=asked.campaign.code,
        questionnaire=campaign.questionnaire,
        questionnaire_version=campaign.version,
        sheet_count=counted.sheet_count if counted is not None and has_enough else None,
        scores=tuple(
            _dependable_score(run, asked, unit_code, scale, figures.get(scale.id))
            if has_enough
            else scale_score(run, campaign.audience, campaign.questionnaire, scale.id, None)
            for scale in asked.questionnaire.scales
        ),
        not_shown=None if has_enough else _why_hidden(campaign, unit_code, minima.shown),
        trust=trust_shares(counted) if has_enough else {},
        merged_into=_name(run, campaign.merged.get(unit_code)),
        merged_from=tuple(
            _name(run, unit) or unit for unit, into in campaign.merged.items() if into == unit_code
        ),
    )
    return with_response(run, unit_code, cell)


def _why_hidden(campaign: CountedCampaign, unit_code: str, minimum: int) -> NotShown:
    if unit_code in campaign.merged:
        return NotShown("merged")
    if campaign.counts_only and not campaign.is_closed:
        return NotShown("before_close")
    return NotShown("too_few", minimum)


def _name(run: NewestRun, unit_code: str | None) -> str | None:
    unit = run.content.inputs.units.get(unit_code or "")
    return unit.name if unit is not None else unit_code


def _dependable_score(
    run: NewestRun, asked: AskedCampaign, unit: str, scale: Scale, figure: ScaleFigure | None
) -> ScaleScore:
    code = asked.campaign.code
    campaign = run.content.inputs.campaigns[code]
    score = scale_score(run, campaign.audience, campaign.questionnaire, scale.id, figure)
    score = with_trust(score, run, code, unit)
    return with_dependability(run, code, unit, score, figure, scale.format)


def _unit_score(run: NewestRun, unit_code: str, figures: UnitFigures) -> UnitScore:
    score = figures.score
    sources = tuple(used_source(run, unit_code, source) for source in score.sources)
    used = [
        source_score(run, unit_code, figure)
        for figure in score.sources
        if figure.campaign is not None
    ]
    lacking = [each.not_graded for each in used if not each.is_enough_for_grade]
    nothing = NotShown("no_score")
    if any(source.not_shown == NotShown("not_fed") for source in sources):
        nothing = NotShown("not_fed")
    return UnitScore(
        percent=score.value if score.band is None else None,
        band_percent=score.band,
        is_renormalised=score.is_renormalised,
        is_enough_for_grade=bool(used) and not lacking,
        sources=sources,
        not_shown=None if score.value is not None else nothing,
        standing=figures.score_standing if score.band is None else None,
        not_graded=next(iter(lacking), None) if None not in lacking else None,
    )
