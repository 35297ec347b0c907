"""What changed from one evaluation to another, over the scores that both show exactly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from scales import GroupSummary, Scale, Undefined, compare_independent
from survey.results.change_figures import EvaluationChanges, ScaleChange, UnitChange
from survey.results.figures import NotShown
from survey.results.newest import NewestRun, evaluation_info, newest
from survey.rules.audience import Audience
from survey.rules.scoring.judgement import (
    BEYOND_CHANCE_BELOW,
    DEFAULT_LIMITS,
    JudgementLimits,
    judge,
)
from survey.rules.scoring.run import RunUnit
from survey.rules.scoring.same_scale import is_worded_alike, why_not_alike
from survey.rules.scoring.suppression import show_score
from survey.storage.keys import key_of
from survey.storage.tables import Evaluation

_Name = tuple[Audience, str, str]  # audience, questionnaire, scale


@dataclass(frozen=True, slots=True)
class _Asked:
    """A scale as an evaluation asked it about a unit; `score` is None unless shown exactly."""

    scale: Scale
    score: GroupSummary | None
    counts_only: bool = False


_Side = Mapping[_Name, Mapping[str, _Asked]]  # by name of the scale, then by unit


def evaluation_changes(session: Session, one: Evaluation, other: Evaluation) -> EvaluationChanges:
    """Compare two evaluations unit by unit, the earlier first, whichever was named first.

    Nobody can be found again in anonymous answers, so people count as different ones.
    """
    before, after = sorted((one, other), key=_founded)
    first, second = newest(session, before), newest(session, after)
    scales: tuple[ScaleChange, ...] = ()
    if first is not None and second is not None:
        scales = tuple(_scale_changes(first, second))
    missing = "no_run_before" if first is None else "no_run_after" if second is None else None
    return EvaluationChanges(
        before=evaluation_info(session, before),
        after=evaluation_info(session, after),
        before_run=first.info if first is not None else None,
        after_run=second.info if second is not None else None,
        scales=scales,
        not_shown=NotShown(missing) if missing is not None else None,
        limits=second.plan.judgement if second is not None else DEFAULT_LIMITS,
    )


def _founded(evaluation: Evaluation) -> tuple[int, datetime, int]:
    return evaluation.year, evaluation.created_at, key_of(evaluation)


def _scale_changes(first: NewestRun, second: NewestRun) -> Iterable[ScaleChange]:
    before, after = _side(first), _side(second)
    units = {**first.content.inputs.units, **second.content.inputs.units}
    for name in {**after, **before}:  # in the order of the later evaluation
        earlier, later = before.get(name, {}), after.get(name, {})
        codes = sorted(earlier.keys() | later.keys())
        both = [(earlier[code].scale, later[code].scale) for code in earlier.keys() & later.keys()]
        newest_scale = next(iter((later or earlier).values())).scale
        yield ScaleChange(
            audience=name[0],
            questionnaire=name[1],
            scale=name[2],
            title=newest_scale.title,
            is_same_wording=all(is_worded_alike(*scales) for scales in both),
            units=tuple(
                _unit_change(
                    code,
                    units[code],
                    earlier.get(code),
                    later.get(code),
                    second.plan.judgement,
                )
                for code in codes
            ),
        )


def _side(run: NewestRun) -> _Side:
    """Return what a run knows of each scale, by unit; a unit is asked each once."""
    side: dict[_Name, dict[str, _Asked]] = {}
    for code, asked in run.campaigns.items():
        campaign = run.content.inputs.campaigns[code]
        minima = run.plan.minima[campaign.audience]
        for scale in asked.questionnaire.scales:
            units = side.setdefault((campaign.audience, campaign.questionnaire, scale.id), {})
            for unit in run.content.inputs.units.keys() & set(asked.unit_codes):
                figure = run.content.outputs.cells[code].get(unit, {}).get(scale.id)
                score = None
                if figure is not None and figure.mean_percent is not None:
                    mean, sd = figure.mean_percent, figure.sd_percent
                    if figure.is_alike is None and show_score(figure.n, mean, sd, minima).is_exact:
                        score = GroupSummary(figure.n, mean, sd or 0.0)
                units[unit] = _Asked(scale, score, campaign.counts_only)
    return {name: units for name, units in side.items() if units}


def _unit_change(
    code: str,
    unit: RunUnit,
    before: _Asked | None,
    after: _Asked | None,
    limits: JudgementLimits,
) -> UnitChange:
    nothing = UnitChange(code, unit.name, unit.category)
    reason = _why_not_compared(before, after)
    if before is None or after is None or before.score is None or after.score is None or reason:
        return replace(nothing, not_shown=NotShown(reason or "no_score"))
    try:
        found = compare_independent(before.score, after.score)
    except Undefined:  # one person on a side: a self-rating
        return replace(nothing, not_shown=NotShown("not_computable"))
    is_beyond_chance = found.welch.p < BEYOND_CHANCE_BELOW
    size = judge("effect", found.hedges_g.value, limits=limits)
    return replace(
        nothing,
        n_before=found.first.n,
        n_after=found.second.n,
        before_percent=found.first.mean,
        after_percent=found.second.mean,
        change_percent=found.difference,
        ci95_percent=found.welch.ci95,
        p=found.welch.p,
        is_beyond_chance=is_beyond_chance,
        hedges_g=found.hedges_g.value,
        hedges_g_ci95=found.hedges_g.ci95,
        band=size.band if is_beyond_chance else None,
    )


def _why_not_compared(before: _Asked | None, after: _Asked | None) -> str | None:
    """Return why two scores of a unit are not compared; what was asked comes first."""
    if before is None or after is None:
        return "not_asked_before" if before is None else "not_asked_after"
    reason = why_not_alike(before.scale, after.scale)
    if reason is not None:
        return reason
    if before.counts_only or after.counts_only:
        return "counts_only"
    withheld = before.score is None, after.score is None
    return {
        (True, True): "withheld_both",
        (True, False): "withheld_before",
        (False, True): "withheld_after",
    }.get(withheld)
