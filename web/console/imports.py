"""Answers collected elsewhere: upload an export, and what became of earlier ones."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.collect.import_answers import (
    IMPORT_AUDIENCES,
    check_import_is_taken,
    check_is_new,
)
from survey.errors import FieldRefused, InputError, SurveyError
from survey.exchange.foreign_answers.read_export import MOST_ROWS, Destination, read_export
from survey.exchange.foreign_answers.wait import Waiting, let_wait
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.imports import imports_of
from survey.storage.queries.questionnaires import questionnaire_of
from web.console.import_desk import units_by_id
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
from web.found import found

UPLOAD_BYTES = 32 * 1024 * 1024

router = APIRouter(
    prefix="/console/campaigns/{code}/import",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_imports(
    code: str, request: Request, session: SessionDep, templates: TemplatesDep, now: NowDep
) -> Response:
    """Show the form that takes a file, and what became of earlier files."""
    said = request.query_params.get("said", "")
    return _page(session, templates, code, now, said=said)


@router.post("", max_body_size=UPLOAD_BYTES)
def upload(
    code: str,
    request: Request,
    templates: TemplatesDep,
    officer: OfficerDep,
    form: FormDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Read a file and let it wait for the meaning of its columns; nothing is stored yet.

    It opens no writing session: answers must not wait while a long file is read.
    """
    with request.app.state.database.reading() as session:
        campaign = found(campaign_by_code(session, code))
        try:
            check_import_is_taken(session, campaign, now)
            if "file" not in form.files:
                raise FieldRefused("field_file")
            names = [name for _, name in units_by_id(session, campaign).values()]
            questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
            destination = Destination(code, questionnaire, names, settings.key("imported rows"))
            export = read_export(form.files["file"], form.file_names["file"], destination)
            check_is_new(session, campaign, export.digest)
            waiting = let_wait(settings, Waiting(officer.name, code), export, now)
        except InputError as error:
            return _page(session, templates, code, now, problems=[error])
    return RedirectResponse(f"/console/campaigns/{code}/import/{waiting}", 303)


def _page(
    session: Session,
    templates: Templates,
    code: str,
    now: datetime,
    *,
    said: str = "",
    problems: Sequence[SurveyError] = (),
) -> Response:
    campaign = found(campaign_by_code(session, code))
    try:
        check_import_is_taken(session, campaign, now)
        closed = None
    except InputError as error:
        closed = sentence_of(error, templates.locale)
    sentences = [sentence_of(problem, templates.locale) for problem in problems]
    return templates.page(
        "console/imports.html",
        422 if problems else 200,
        campaign=campaign,
        evaluation=evaluation_of_campaign(session, campaign),
        files=imports_of(session, key_of(campaign)),
        is_for_it=campaign.audience in IMPORT_AUDIENCES,
        closed=closed,
        most=MOST_ROWS,
        said=said,
        problems=[sentence for sentence in sentences if sentence != closed],
        here=f"/console/campaigns/{code}/import",
    )
