"""The first step: what the campaign is called, and which questionnaire it asks with."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from scales import DefinitionError, Problem
from survey.audit import record
from survey.distribute.prepare import begin_draft, choose_questionnaire
from survey.distribute.remark import Step
from survey.errors import FieldRefused, SurveyError
from survey.language import messages
from survey.storage.queries.drafts import draft_by_code
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.queries.questionnaires import questionnaire_of
from web.console.launch.offered import all_offered, chosen_version, offered
from web.console.launch.step_page import LONGEST_NAME, STEPS, saved, show_step
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

router = APIRouter(
    prefix="/console", dependencies=[Depends(officer_for_this)], include_in_schema=False
)


@router.get("/evaluations/{code}/campaigns/new")
def show_new(code: str, session: SessionDep, templates: TemplatesDep) -> Response:
    """Show the first step of a campaign that does not exist yet."""
    return _show_new(session, templates, code)


@router.post("/evaluations/{code}/campaigns")
def begin(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Begin a draft, or show every problem of the questionnaire."""
    evaluation = found(evaluation_by_code(session, code))
    try:
        with session.begin_nested():
            name = _name(form.text("name"))
            draft = begin_draft(session, evaluation, chosen_version(session, form, now), name, now)
    except SurveyError as error:
        return _show_new(session, templates, code, form, [sentence_of(error, templates.locale)])
    except DefinitionError as error:
        return _show_new(session, templates, code, form, in_words(error, templates))
    record(
        session,
        actor=officer.name,
        action="campaign.begun",
        subject=draft.code,
        now=now,
        details={"name": draft.name, "evaluation": code},
    )
    return RedirectResponse(f"/console/launches/{draft.code}/{Step.UNITS}", 303)


@router.get("/launches/{code}/questionnaire")
def show_questionnaire(
    code: str, session: SessionDep, templates: TemplatesDep, now: NowDep
) -> Response:
    """Show the first step of a draft."""
    return _show(session, templates, code, now)


@router.post("/launches/{code}/questionnaire")
def save_questionnaire(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Keep the name and the questionnaire."""
    draft = found(draft_by_code(session, code))
    try:
        with session.begin_nested():
            name = _name(form.text("name"))
            choose_questionnaire(session, draft, chosen_version(session, form, now), name)
    except SurveyError as error:
        return _show(session, templates, code, now, form, [sentence_of(error, templates.locale)])
    except DefinitionError as error:
        return _show(session, templates, code, now, form, in_words(error, templates))
    return saved(session, officer.name, code, Step.QUESTIONNAIRE, form, now)


def in_words(error: DefinitionError, templates: Templates) -> list[str]:
    """Return where in the questionnaire file something is wrong, and what."""
    return [_problem_in_words(problem, templates) for problem in error.problems]


def _problem_in_words(problem: Problem, templates: Templates) -> str:
    field = problem.key.rpartition(".")[2]
    values = {"table": problem.table, "field": field, **problem.values}
    sentence = messages().phrase(f"definition.{problem.code}", templates.locale, **values)
    where = ".".join(name for name in (problem.table, problem.key) if name)
    line = templates.text("console.launch.line", line=problem.line) if problem.line else ""
    return "  ".join(part for part in (line, where, sentence) if part)


def _name(value: str) -> str:
    if not 1 <= len(value) <= LONGEST_NAME:
        raise FieldRefused("field_name", longest=LONGEST_NAME)
    return value


def _show_new(
    session: Session,
    templates: Templates,
    code: str,
    form: Form | None = None,
    problems: Sequence[str] = (),
) -> Response:
    return templates.page(
        "console/launch/questionnaire.html",
        422 if problems else 200,
        draft=None,
        evaluation=found(evaluation_by_code(session, code)),
        step=Step.QUESTIONNAIRE,
        steps=STEPS,
        lacking=set(),
        seen=set(),
        remarks=[],
        form=form,
        problems=problems,
        offered=all_offered(session),
        chosen="",
    )


def _show(
    session: Session,
    templates: Templates,
    code: str,
    now: datetime,
    form: Form | None = None,
    problems: Sequence[str] = (),
) -> Response:
    draft = found(draft_by_code(session, code))
    present = offered(questionnaire_of(session, draft.questionnaire_version_id))
    others = [other for other in all_offered(session) if other.value != present.value]
    return show_step(
        session,
        templates,
        code,
        Step.QUESTIONNAIRE,
        now,
        form=form,
        problems=problems,
        offered=[present, *others],
        chosen=present.value,
    )
