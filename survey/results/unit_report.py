"""One unit: what its scores are worth, and where it stands in its category."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from survey.errors import UnitNotFound
from survey.results.dependability import shown_agreement
from survey.results.figures import Cell, NotShown, ScaleScore, UnitResult
from survey.results.newest import AskedCampaign, NewestRun, evaluation_info, newest
from survey.results.scores import unit_result
from survey.results.unit_figures import RankedBy, RankedUnit, Ranking, UnitReport
from survey.rules.scoring.standing import Standing
from survey.storage.tables import Evaluation


def unit_report(session: Session, evaluation: Evaluation, unit_code: str) -> UnitReport:
    """Return a unit beside the others of its category; raise where no run holds it."""
    run = newest(session, evaluation)
    if run is None or unit_code not in run.content.inputs.units:
        raise UnitNotFound(unit=unit_code)
    category = run.content.inputs.units[unit_code].category
    results = [
        unit_result(run, code)
        for code, unit in sorted(run.content.inputs.units.items())
        if unit.category == category
    ]
    of_scales = [
        _by_scale(run, asked, cell.scores[position], position, results)
        for cell in next(unit for unit in results if unit.code == unit_code).cells
        for asked in [run.campaigns[cell.campaign]]
        for position in range(len(cell.scores))
    ]
    return UnitReport(
        evaluation=evaluation_info(session, evaluation),
        run=run.info,
        unit=next(unit for unit in results if unit.code == unit_code),
        rankings=(_by_total(results), _by_score(results), *of_scales),
        limits=run.plan.judgement,
    )


def _by_total(results: Iterable[UnitResult]) -> Ranking:
    units = [
        _ranked(unit, unit.total_points, unit.total_standing, _total_not_shown(unit))
        for unit in results
    ]
    return _ranking(RankedBy.TOTAL, units)


def _total_not_shown(unit: UnitResult) -> NotShown | None:
    is_pending = unit.total_points is None and unit.band_points is None
    return NotShown("pending") if is_pending else unit.rank_not_shown


def _by_score(results: Iterable[UnitResult]) -> Ranking:
    units = [
        _ranked(unit, unit.score.percent, unit.score.standing, unit.score.not_shown)
        for unit in results
    ]
    return _ranking(RankedBy.SCORE, units)


def _by_scale(
    run: NewestRun,
    asked: AskedCampaign,
    score: ScaleScore,
    position: int,
    results: Iterable[UnitResult],
) -> Ranking:
    units = []
    for unit in results:
        cell = _cell_of(unit, asked)
        if cell is not None:
            found = cell.scores[position]
            units.append(
                RankedUnit(
                    code=unit.code,
                    name=unit.name,
                    value=found.mean_percent,
                    ci95=found.ci95_percent,
                    standing=found.standing,
                    not_shown=found.not_shown or cell.not_shown,
                )
            )
    return Ranking(
        by=RankedBy.SCALE,
        campaign=asked.campaign.code,
        audience=run.content.inputs.campaigns[asked.campaign.code].audience,
        scale=score.scale,
        title=score.title,
        agreement=shown_agreement(run, asked.campaign.code, score.scale),
        units=_best_first(units),
    )


def _cell_of(unit: UnitResult, asked: AskedCampaign) -> Cell | None:
    return next((cell for cell in unit.cells if cell.campaign == asked.campaign.code), None)


def _ranked(
    unit: UnitResult, value: float | None, standing: Standing | None, not_shown: NotShown | None
) -> RankedUnit:
    return RankedUnit(unit.code, unit.name, value, None, standing, not_shown)


def _ranking(by: RankedBy, units: Sequence[RankedUnit]) -> Ranking:
    return Ranking(by, None, None, None, {}, None, _best_first(units))


def _best_first(units: Iterable[RankedUnit]) -> tuple[RankedUnit, ...]:
    def place(unit: RankedUnit) -> tuple[bool, int, bool, float, str]:
        standing, value = unit.standing, unit.value
        return (
            standing is None,
            standing.place if standing is not None else 0,
            value is None,
            -(value or 0.0),
            unit.code,
        )

    return tuple(sorted(units, key=place))
