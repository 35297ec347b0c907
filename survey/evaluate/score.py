"""Make a scoring run: sheets → cells → unit scores → indicator points → totals, frozen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session

from survey.errors import NothingNewToScore, RunOvertaken, WaitingCell
from survey.evaluate.compute import compute_outputs
from survey.evaluate.count import Count, count_campaign
from survey.evaluate.gather import asked_of, gather_inputs, leaves_of
from survey.evaluate.tabulate import scales_of_several
from survey.rules.scoring.run import RunContent
from survey.rules.scoring.scoring_plan import PlanContent, digest_of, read_plan
from survey.rules.ways_in.link import new_code
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaigns_of
from survey.storage.queries.evaluations import units_of
from survey.storage.queries.figures import newest_run, read_run, write_inputs, write_run
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import (
    Campaign,
    Evaluation,
    IndicatorValue,
    ScoringPlan,
    ScoringRun,
    Unit,
)

_CONTENT_VERSION = 2


@dataclass(frozen=True, slots=True)
class PreparedRun:
    """A run that is computed and not yet kept; `number` is the one it will have."""

    evaluation_id: int
    plan_id: int
    number: int
    inputs_digest: str
    content: bytes
    points: tuple[tuple[int, int, float | None], ...]  # indicator, unit, points


def score_evaluation(
    session: Session, evaluation: Evaluation, plan: ScoringPlan, now: datetime
) -> ScoringRun:
    """Make the next run; raise NothingNewToScore where it would find what the last one found."""
    return keep_run(session, prepare_run(session, evaluation, plan), now)


def prepare_run(session: Session, evaluation: Evaluation, plan: ScoringPlan) -> PreparedRun:
    """Compute the next run; reads only, so that nobody waits to write meanwhile."""
    rules = read_plan(plan.content)
    before = newest_run(session, key_of(evaluation))
    units = units_of(session, key_of(evaluation))
    campaigns = campaigns_of(session, key_of(evaluation))
    questionnaires = {
        campaign.code: questionnaire_of(session, campaign.questionnaire_version_id)
        for campaign in campaigns
    }
    counts = _count(session, campaigns, before, rules, scales_of_several(questionnaires))
    counted = {code: count.campaign for code, count in counts.items()}
    asked = asked_of(session, campaigns, counted)
    inputs = gather_inputs(session, evaluation, plan, units, counted, asked)
    inputs_digest = digest_of(write_inputs(inputs))
    if before is not None and before.inputs_digest == inputs_digest:
        raise NothingNewToScore(_waiting(counts, units))

    outputs = compute_outputs(inputs, rules, questionnaires)
    leaves = leaves_of(session, evaluation)
    return PreparedRun(
        evaluation_id=key_of(evaluation),
        plan_id=key_of(plan),
        number=before.number + 1 if before is not None else 1,
        inputs_digest=inputs_digest,
        content=write_run(RunContent(_CONTENT_VERSION, inputs, outputs)),
        points=tuple(
            (key_of(leaf), key_of(unit), outputs.units[unit.code].leaves[leaf.code].value)
            for unit in units
            for leaf in leaves
        ),
    )


def keep_run(session: Session, prepared: PreparedRun, now: datetime) -> ScoringRun:
    """Keep a prepared run, unless another was kept since it was prepared."""
    before = newest_run(session, prepared.evaluation_id)
    if prepared.number != (before.number + 1 if before is not None else 1):
        raise RunOvertaken
    run = ScoringRun(
        code=new_code(),
        evaluation_id=prepared.evaluation_id,
        number=prepared.number,
        plan_id=prepared.plan_id,
        made_at=now,
        inputs_digest=prepared.inputs_digest,
        content=prepared.content,
        digest=digest_of(prepared.content),
    )
    session.add(run)
    session.flush()
    rows = [
        {"run_id": key_of(run), "indicator_id": leaf, "unit_id": unit, "points": points}
        for leaf, unit, points in prepared.points
    ]
    if rows:
        session.connection().execute(insert(IndicatorValue), rows)
    return run


def _count(
    session: Session,
    campaigns: Sequence[Campaign],
    before: ScoringRun | None,
    plan: PlanContent,
    compared: Mapping[str, Collection[str]],
) -> dict[str, Count]:
    counted = read_run(before).inputs.campaigns if before is not None else {}
    return {
        campaign.code: count_campaign(
            session,
            campaign,
            counted.get(campaign.code),
            plan,
            compared=compared.get(campaign.code, ()),
        )
        for campaign in campaigns
    }


def _waiting(counts: Mapping[str, Count], units: Sequence[Unit]) -> list[WaitingCell]:
    names = {unit.code: unit.name for unit in units}
    waiting = [
        WaitingCell(campaign, unit, names.get(unit, unit), missing)
        for campaign, count in counts.items()
        for unit, missing in count.missing.items()
    ]
    return sorted(waiting, key=lambda cell: (cell.missing_count, cell.unit_code, cell.campaign))
