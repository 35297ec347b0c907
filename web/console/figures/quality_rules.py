"""Rules and limits of validity and flags: choosing them makes a version of the scoring plan."""

from collections.abc import Sequence

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from scales import QualityLimits
from survey.audit import record
from survey.errors import FieldRefused, SurveyError
from survey.evaluate.plan import choose_quality_rules, current_plan, plan_content
from survey.results import rules_without_reach
from survey.rules.scoring.validity import RULES
from survey.storage.queries.evaluations import evaluation_by_code
from web.console.fields import read_limits
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found

OF_RULES = (
    "answered_share",
    "seconds_per_item",
    "short_form_items",
    "short_form_seconds_per_item",
    "straight_line_items",
    "contradiction_pairs",
    "contradiction_share",
)
"""Limits of the rules that may reject a sheet; the others are of flags only."""

router = APIRouter(
    prefix="/console/evaluations/{code}/rules",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_rules(
    code: str, request: Request, session: SessionDep, templates: TemplatesDep
) -> Response:
    """Show the rules in force, and the form to choose others."""
    return _show(session, templates, code, notice=request.query_params.get("notice", ""))


@router.post("")
def choose_rules(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Keep what was chosen as a new version of the plan; what holds already is not kept twice."""
    evaluation = found(evaluation_by_code(session, code))
    before = current_plan(session, evaluation)
    stands = plan_content(session, evaluation)
    limits, problems = read_limits(
        form, stands.quality, lambda name: templates.text(f"console.rules.limit.{name}")
    )
    unknown = [rule for rule in form.all("rule") if rule not in RULES]
    problems += [FieldRefused("plan_rule_unknown", rule=rule) for rule in unknown]
    if problems:
        return _show(session, templates, code, form=form, problems=problems)
    rules = [rule for rule in RULES if rule in form.all("rule")]
    may_grade = form.text("grades_open_alone") == "1"
    plan = choose_quality_rules(
        session, evaluation, rules, limits, now, grades_open_alone=may_grade
    )
    if plan.version == before.version:
        return RedirectResponse(f"/console/evaluations/{code}/rules?notice=unchanged", 303)
    record(
        session,
        actor=officer.name,
        action="plan.rules_chosen",
        subject=code,
        now=now,
        details={
            "version": plan.version,
            "before": {
                "validity": list(stands.validity),
                "grades_open_alone": stands.grades_open_alone,
                **_changed(stands.quality, limits),
            },
            "after": {
                "validity": rules,
                "grades_open_alone": may_grade,
                **_changed(limits, stands.quality),
            },
        },
    )
    return RedirectResponse(f"/console/evaluations/{code}/rules?notice=saved", 303)


def _changed(limits: QualityLimits, others: QualityLimits) -> dict[str, float]:
    """Return the limits in which these differ from the others."""
    compared = others.as_dict()
    return {name: value for name, value in limits.as_dict().items() if value != compared[name]}


def _show(
    session: Session,
    templates: Templates,
    code: str,
    *,
    notice: str = "",
    form: Form | None = None,
    problems: Sequence[SurveyError] = (),
) -> Response:
    evaluation = found(evaluation_by_code(session, code))
    stands = plan_content(session, evaluation)
    kept = stands.quality.as_dict()
    return templates.page(
        "console/quality_rules.html",
        422 if problems else 200,
        evaluation=evaluation,
        version=current_plan(session, evaluation).version,
        rules=RULES,
        chosen=form.all("rule") if form is not None else stands.validity,
        grades_open_alone=form.text("grades_open_alone") == "1"
        if form is not None
        else stands.grades_open_alone,
        not_checked=rules_without_reach(session, evaluation, stands.quality),
        limits={name: kept[name] for name in OF_RULES},
        other_limits={name: value for name, value in kept.items() if name not in OF_RULES},
        form=form or Form({}),
        notice=notice,
        problems=[sentence_of(problem, templates.locale) for problem in problems],
        here=f"/console/evaluations/{code}/rules",
    )
