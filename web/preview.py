"""A questionnaire as a phone shows it, for officers: framed by the console, nothing is stored."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from scales import Questionnaire, load_questionnaire, shipped_questionnaires
from survey.edit_questionnaire.document import read_document
from survey.edit_questionnaire.look import as_far_as_written
from survey.storage.queries.questionnaires import (
    draft_by_code,
    questionnaire_of,
    questionnaire_version_by_number,
)
from web.answer import Pages
from web.dependencies import LocaleDep, SessionDep, officer_for_this
from web.found import found
from web.templating import screen_phrases

router = APIRouter(
    prefix="/console/questionnaires",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("/drafts/{draft}/preview")
def preview_draft(
    draft: str, request: Request, session: SessionDep, locale: LocaleDep, size: str = ""
) -> Response:
    """Show a draft as far as it is written."""
    row = found(draft_by_code(session, draft))
    return _shown(request, as_far_as_written(read_document(row.content)), locale, size)


@router.get("/published/{questionnaire}/{version}/preview")
def preview_published(
    questionnaire: str,
    version: int,
    request: Request,
    session: SessionDep,
    locale: LocaleDep,
    size: str = "",
) -> Response:
    """Show a published version."""
    row = found(questionnaire_version_by_number(session, questionnaire, version))
    return _shown(request, questionnaire_of(session, row.id or 0), locale, size)


@router.get("/shipped/{questionnaire}/preview")
def preview_shipped(
    questionnaire: str, request: Request, locale: LocaleDep, size: str = ""
) -> Response:
    """Show a questionnaire that comes with the program."""
    path = found(shipped_questionnaires().get(questionnaire))
    return _shown(request, load_questionnaire(path), locale, size)


def _shown(request: Request, questionnaire: Questionnaire, locale: str, size: str) -> Response:
    pages: Pages = request.app.state.pages
    unit_name = screen_phrases().phrase("console.editor.example_unit", locale)
    headers = {
        "content-security-policy": pages.preview_policy,
        "x-frame-options": "SAMEORIGIN",
    }
    return HTMLResponse(pages.preview(questionnaire, unit_name, locale, size), headers=headers)
