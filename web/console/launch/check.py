"""The last step: what is missing or odd, a look at the phone page, and opening for good."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.launch import open_draft
from survey.distribute.prepare import delete_draft
from survey.distribute.remark import Step
from survey.errors import FieldRefused, LaunchRefused, SurveyError
from survey.rules.sheets.answering_time import minutes_to_answer
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.drafts import draft_by_code
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.questionnaires import questionnaire_of
from web.console.launch.step_page import show_step
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.found import found

router = APIRouter(
    prefix="/console/launches/{code}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def resume(code: str, session: SessionDep) -> Response:
    """Go on with a draft where something is left to do."""
    found(draft_by_code(session, code))
    return RedirectResponse(f"/console/launches/{code}/{Step.CHECK}", 303)


@router.get("/check")
def show_check(code: str, session: SessionDep, templates: TemplatesDep, now: NowDep) -> Response:
    """Show what is missing, what is odd, and everything that was chosen."""
    return _show(session, templates, code, now)


@router.post("/open")
def open_campaign(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Freeze the draft; only with the tick that says so, and with nothing missing."""
    draft = found(draft_by_code(session, code))
    if form.text("sure") != "yes":
        return _show(session, templates, code, now, [FieldRefused("field_sure_open")])
    try:
        made = open_draft(session, draft, now)
    except LaunchRefused as error:
        return _show(session, templates, code, now, [error])
    record(
        session,
        actor=officer.name,
        action="campaign.launched",
        subject=code,
        now=now,
        details={"name": made.name, "audience": made.audience},
    )
    return RedirectResponse(f"/console/campaigns/{code}", 303)


@router.post("/delete")
def delete(code: str, session: SessionDep, officer: OfficerDep, now: NowDep) -> Response:
    """Forget the draft."""
    draft = found(draft_by_code(session, code))
    evaluation = evaluation_of_campaign(session, draft)
    details = {"name": draft.name}
    delete_draft(session, draft)
    record(
        session,
        actor=officer.name,
        action="campaign.draft_deleted",
        subject=code,
        now=now,
        details=details,
    )
    return RedirectResponse(f"/console/evaluations/{evaluation.code}/campaigns", 303)


def _show(
    session: Session,
    templates: Templates,
    code: str,
    now: datetime,
    problems: Sequence[SurveyError] = (),
) -> Response:
    draft = found(draft_by_code(session, code))
    questionnaire = questionnaire_of(session, draft.questionnaire_version_id)
    asked = units_of_campaign(session, draft.id or 0)
    return show_step(
        session,
        templates,
        code,
        Step.CHECK,
        now,
        problems=problems,
        questionnaire=questionnaire,
        minutes=minutes_to_answer(questionnaire),
        asked_count=len(asked),
        head_count=sum(row.head_count or 0 for row, _ in asked),
        counted_units=sum(row.head_count is not None for row, _ in asked),
        opens_now=draft.opens_at <= now,
        chosen=draft.draft_ways or {"kinds": [], "places": []},
    )
