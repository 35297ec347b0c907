"""Make a scoring run: sheets → cells → unit scores → indicator points → totals, frozen."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session

from survey.errors import NothingNewToScore, WaitingCell
from survey.evaluate.compute import compute_outputs
from survey.evaluate.count import Count, count_campaign
from survey.evaluate.gather import gather_inputs, leaves_of
from survey.rules.link import new_code
from survey.rules.run import RunContent, RunOutputs
from survey.rules.scoring_plan import PlanContent, digest_of, read_plan
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaigns_of
from survey.storage.queries.evaluations import units_of
from survey.storage.queries.figures import newest_run, read_run, write_inputs, write_run
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import (
    Campaign,
    Evaluation,
    Indicator,
    IndicatorValue,
    ScoringPlan,
    ScoringRun,
    Unit,
)

_CONTENT_VERSION = 1


def score_evaluation(
    session: Session, evaluation: Evaluation, plan: ScoringPlan, now: datetime
) -> ScoringRun:
    """Make the next run; raise NothingNewToScore where it would find what the last one found."""
    rules = read_plan(plan.content)
    before = newest_run(session, key_of(evaluation))
    units = units_of(session, key_of(evaluation))
    campaigns = campaigns_of(session, key_of(evaluation))
    counts = _count(session, campaigns, before, rules)
    counted = {code: count.campaign for code, count in counts.items()}
    inputs = gather_inputs(session, evaluation, plan, units, counted)
    inputs_digest = digest_of(write_inputs(inputs))
    if before is not None and before.inputs_digest == inputs_digest:
        raise NothingNewToScore(_waiting(counts, units))

    questionnaires = {
        campaign.code: questionnaire_of(session, campaign.questionnaire_version_id)
        for campaign in campaigns
    }
    outputs = compute_outputs(inputs, rules, questionnaires)
    written = write_run(RunContent(_CONTENT_VERSION, inputs, outputs))
    run = ScoringRun(
        code=new_code(),
        evaluation_id=key_of(evaluation),
        number=before.number + 1 if before is not None else 1,
        plan_id=key_of(plan),
        made_at=now,
        inputs_digest=inputs_digest,
        content=written,
        digest=digest_of(written),
    )
    session.add(run)
    session.flush()
    _keep_values(session, run, outputs, units, leaves_of(session, evaluation))
    return run


def _count(
    session: Session,
    campaigns: Sequence[Campaign],
    before: ScoringRun | None,
    plan: PlanContent,
) -> dict[str, Count]:
    counted = read_run(before).inputs.campaigns if before is not None else {}
    return {
        campaign.code: count_campaign(session, campaign, counted.get(campaign.code), plan)
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


def _keep_values(
    session: Session,
    run: ScoringRun,
    outputs: RunOutputs,
    units: Sequence[Unit],
    leaves: Sequence[Indicator],
) -> None:
    rows = [
        {
            "run_id": key_of(run),
            "indicator_id": key_of(leaf),
            "unit_id": key_of(unit),
            "points": outputs.units[unit.code].leaves[leaf.code].value,
        }
        for unit in units
        for leaf in leaves
    ]
    if rows:
        session.connection().execute(insert(IndicatorValue), rows)
