"""Figures: plans, runs, and points entered by hand."""

import json
from collections.abc import Sequence
from functools import lru_cache

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from survey.rules.audience import Audience
from survey.rules.scoring.run import RunContent, RunInputs
from survey.rules.scoring.scoring_plan import PlanContent, canonical_json, read_plan
from survey.rules.scoring.validity import Validity
from survey.rules.ways_in.link import is_open_to_all
from survey.storage.tables import Campaign, ManualValue, ScoringPlan, ScoringRun

_KEPT_RUNS = 8
_CONTENT = TypeAdapter(RunContent)
_INPUTS = TypeAdapter(RunInputs)


def newest_plan(session: Session, evaluation_id: int) -> ScoringPlan | None:
    """Return the newest version of an evaluation's plan."""
    return session.exec(
        select(ScoringPlan)
        .where(ScoringPlan.evaluation_id == evaluation_id)
        .order_by(col(ScoringPlan.version).desc())
        .limit(1)
    ).first()


def newest_sheet_rules(session: Session, campaign: Campaign, plan: PlanContent) -> Validity:
    """Return the rules for units that no run has counted: the plan's, of links those at the close.

    Rules chosen later would tell, by which of them reject it, what a listed sheet looks like.
    """
    audience = Audience(campaign.audience)
    if campaign.wound_up_at is None or is_open_to_all(audience):
        return plan.sheet_rules()
    of_evaluation = select(ScoringPlan).where(ScoringPlan.evaluation_id == campaign.evaluation_id)
    version = col(ScoringPlan.version)
    until_then = of_evaluation.where(ScoringPlan.made_at <= campaign.wound_up_at)
    kept = (
        session.exec(until_then.order_by(version.desc()).limit(1)).first()
        or session.exec(of_evaluation.order_by(version).limit(1)).first()
    )
    return (read_plan(kept.content) if kept is not None else plan).sheet_rules()


def plan_of_run(session: Session, run: ScoringRun) -> ScoringPlan:
    """Return the plan a run was made by."""
    return session.exec(select(ScoringPlan).where(ScoringPlan.id == run.plan_id)).one()


def newest_run(session: Session, evaluation_id: int) -> ScoringRun | None:
    """Return an evaluation's newest run."""
    return session.exec(
        select(ScoringRun)
        .where(ScoringRun.evaluation_id == evaluation_id)
        .order_by(col(ScoringRun.number).desc())
        .limit(1)
    ).first()


def manual_values_of(session: Session, evaluation_id: int) -> Sequence[ManualValue]:
    """Return every value entered by hand."""
    return session.exec(
        select(ManualValue)
        .where(ManualValue.evaluation_id == evaluation_id)
        .order_by(col(ManualValue.indicator_id), col(ManualValue.unit_id))
    ).all()


def manual_value(
    session: Session, evaluation_id: int, indicator_id: int, unit_id: int
) -> ManualValue | None:
    """Return the value entered for a unit on a leaf, if there is one."""
    return session.exec(
        select(ManualValue).where(
            ManualValue.evaluation_id == evaluation_id,
            ManualValue.indicator_id == indicator_id,
            ManualValue.unit_id == unit_id,
        )
    ).one_or_none()


def read_run(run: ScoringRun) -> RunContent:
    """Return what a run holds; the same content is read once."""
    return _read_content(run.content)


def write_run(content: RunContent) -> bytes:
    """Return a run as canonical bytes."""
    return canonical_json(_CONTENT.dump_python(content, mode="json"))


def write_inputs(inputs: RunInputs) -> bytes:
    """Return a run's inputs as canonical bytes."""
    return canonical_json(_INPUTS.dump_python(inputs, mode="json"))


@lru_cache(_KEPT_RUNS)
def _read_content(content: bytes) -> RunContent:
    return _CONTENT.validate_python(json.loads(content))
