"""Keep a version of an evaluation's scoring plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from scales import QualityLimits
from survey.errors import PlanMissing, PlanRefused
from survey.results import phase_of
from survey.rules.campaign import Act, may
from survey.rules.scoring.scoring_plan import PlanContent, digest_of, read_plan, write_plan
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaigns_of
from survey.storage.queries.figures import newest_plan
from survey.storage.tables import Evaluation, ScoringPlan


def save_plan(
    session: Session, evaluation: Evaluation, content: PlanContent, now: datetime
) -> ScoringPlan:
    """Keep the plan as the next version; the plan that holds already is not kept twice."""
    newest = newest_plan(session, key_of(evaluation))
    written = write_plan(content)
    if newest is not None and newest.content == written:
        return newest
    plan = ScoringPlan(
        evaluation_id=key_of(evaluation),
        version=newest.version + 1 if newest is not None else 1,
        content=written,
        digest=digest_of(written),
        made_at=now,
    )
    session.add(plan)
    session.flush()
    return plan


def current_plan(session: Session, evaluation: Evaluation) -> ScoringPlan:
    """Return the newest version of the plan; raise PlanMissing where there is none."""
    plan = newest_plan(session, key_of(evaluation))
    if plan is None:
        raise PlanMissing(evaluation=evaluation.code)
    return plan


def plan_content(session: Session, evaluation: Evaluation) -> PlanContent:
    """Return what the newest version of the plan says; raise PlanMissing where there is none."""
    return read_plan(current_plan(session, evaluation).content)


def choose_quality_rules(
    session: Session,
    evaluation: Evaluation,
    validity: Sequence[str],
    limits: QualityLimits,
    now: datetime,
    *,
    grades_open_alone: bool = True,
) -> ScoringPlan:
    """Keep the plan with other rules that reject sheets, and other limits of flags.

    Not once a campaign is locked: which of its sheets count changes no more.
    """
    for campaign in campaigns_of(session, key_of(evaluation)):
        if not may(Act.COUNT, phase_of(session, campaign, now)):
            raise PlanRefused("plan_locked", campaign=campaign.name)
    plan = plan_content(session, evaluation)
    changed = replace(
        plan, validity=tuple(validity), quality=limits, grades_open_alone=grades_open_alone
    )
    return save_plan(session, evaluation, changed, now)
