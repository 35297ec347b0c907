"""One table that waits: what its columns are, what it becomes, and taking it in."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.collect.import_answers import import_answers
from survey.errors import ImportRefused, SurveyError
from survey.exchange.foreign_answers.translate import column_reports
from survey.exchange.foreign_answers.wait import forget_export
from survey.rules.sheets.imported_sheet import Fidelity, ignored_headings
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_of_campaign
from web.console.import_desk import (
    NUMBERS,
    Desk,
    chosen_fields,
    chosen_query,
    has_numbers,
    items_left,
    mark_of,
    open_desk,
    read_table,
    reading_in,
    suggested_reading,
)
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    SettingsDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}/import/{waiting}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@dataclass(frozen=True)
class _Read:
    """A table as the form wants it read, or why it cannot be."""

    desk: Desk
    form: Form
    fidelity: Fidelity | None = None
    problem: SurveyError | None = None


def _desk(
    code: str,
    waiting: str,
    request: Request,
    officer: OfficerDep,
    settings: SettingsDep,
    now: NowDep,
) -> Desk | None:
    """Open the table in a session of its own."""
    with request.app.state.database.reading() as session:
        campaign = found(campaign_by_code(session, code))
        return open_desk(session, settings, campaign, waiting, officer.name, now)


DeskDep = Annotated[Desk | None, Depends(_desk)]


def _read(request: Request, form: FormDep, desk: DeskDep) -> _Read | None:
    """Read the table; where a route asks for it before its session, answers do not wait for it."""
    asked = form if request.method == "POST" else _asked(request)
    if desk is None:
        return None
    try:
        return _Read(desk, asked, read_table(asked, desk))
    except ImportRefused as error:
        return _Read(desk, asked, problem=error)


ReadDep = Annotated[_Read | None, Depends(_read)]


@router.get("")
def show_columns(
    code: str,
    waiting: str,
    request: Request,
    desk: DeskDep,
    session: SessionDep,
    templates: TemplatesDep,
) -> Response:
    """Show each column with its first values and what it seems to be, or was said to be."""
    if desk is None:
        return _gone(code)
    return _columns_page(session, templates, desk, waiting, _asked(request))


@router.get("/report")
def show_report(
    code: str, waiting: str, read: ReadDep, session: SessionDep, templates: TemplatesDep
) -> Response:
    """Show what the table would become, before anything of it is stored."""
    return _gone(code) if read is None else _report_page(session, templates, read, waiting)


@router.post("")
def take_in(
    code: str,
    waiting: str,
    read: ReadDep,
    session: SessionDep,
    templates: TemplatesDep,
    officer: OfficerDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Store every sheet of the table, or none and say why."""
    if read is None:
        return _gone(code)
    if read.fidelity is None:
        return _report_page(session, templates, read, waiting)
    campaign = found(campaign_by_code(session, code))
    export, fidelity = read.desk.export, read.fidelity
    try:
        if has_numbers(fidelity) and not read.form.text(NUMBERS):
            raise ImportRefused("import_numbers")
        outcome = import_answers(session, campaign, export, fidelity, officer=officer.name, now=now)
    except ImportRefused as error:
        return _report_page(session, templates, read, waiting, error)
    record(
        session,
        actor=officer.name,
        action="answers.imported",
        subject=code,
        now=now,
        details={"file": export.digest, "count": outcome.stored_count},
    )
    forget_export(settings, waiting)
    return RedirectResponse(f"/console/campaigns/{code}/import?said=stored", 303)


@router.post("/discard")
def discard(code: str, waiting: str, desk: DeskDep, settings: SettingsDep) -> Response:
    """Erase the table that waits."""
    if desk is not None:
        forget_export(settings, waiting)
    return RedirectResponse(f"/console/campaigns/{code}/import?said=discarded", 303)


def _asked(request: Request) -> Form:
    return Form({name: (value,) for name, value in request.query_params.items()})


def _gone(code: str) -> Response:
    return RedirectResponse(f"/console/campaigns/{code}/import?said=gone", 303)


def _columns_page(
    session: Session,
    templates: Templates,
    desk: Desk,
    waiting: str,
    form: Form,
    problem: SurveyError | None = None,
) -> Response:
    try:
        reading = reading_in(form, desk) if chosen_fields(form) else suggested_reading(desk)
        reports = column_reports(desk.export, reading, desk.questionnaire, desk.units)
    except ImportRefused as error:
        problem = problem or error
        reading, reports = suggested_reading(desk), {}
    return templates.page(
        "console/import_columns.html",
        422 if problem else 200,
        campaign=desk.campaign,
        evaluation=evaluation_of_campaign(session, desk.campaign),
        desk=desk,
        waiting=waiting,
        chosen=chosen_fields(form),
        reading=reading,
        reports=reports,
        problems=[sentence_of(problem, templates.locale)] if problem else [],
        here=f"/console/campaigns/{desk.campaign.code}/import/{waiting}",
    )


def _report_page(
    session: Session,
    templates: Templates,
    read: _Read,
    waiting: str,
    problem: SurveyError | None = None,
) -> Response:
    """Show the report; where the columns cannot be so, show the columns again."""
    desk, fidelity = read.desk, read.fidelity
    if fidelity is None:
        return _columns_page(session, templates, desk, waiting, read.form, read.problem)
    return templates.page(
        "console/import_report.html",
        422 if problem else 200,
        campaign=desk.campaign,
        evaluation=evaluation_of_campaign(session, desk.campaign),
        desk=desk,
        waiting=waiting,
        items={item.id: item for item in desk.questionnaire.items},
        fidelity=fidelity,
        ignored=ignored_headings(desk.export, fidelity),
        left=items_left(desk, fidelity),
        has_numbers=has_numbers(fidelity),
        mark_of=mark_of,
        form=read.form,
        chosen=chosen_fields(read.form),
        query=chosen_query(read.form),
        problems=[sentence_of(problem, templates.locale)] if problem else [],
        here=f"/console/campaigns/{desk.campaign.code}/import/{waiting}/report",
    )
