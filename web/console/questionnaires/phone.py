"""Both languages of a questionnaire side by side, as phones show them."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from scales import load_questionnaire, shipped_questionnaires
from survey.edit_questionnaire.look import what_hinders
from survey.language import LOCALES
from survey.storage.queries.questionnaires import (
    questionnaire_of,
    questionnaire_version_by_number,
)
from web.console.questionnaires.editing import DeskDep
from web.console.questionnaires.problems import ShownProblem, shown_problems
from web.dependencies import SessionDep, Templates, TemplatesDep, officer_for_this
from web.found import found

LIST = "/console/questionnaires"
SIZES = ("", "large", "larger")

router = APIRouter(prefix=LIST, dependencies=[Depends(officer_for_this)], include_in_schema=False)


@router.get("/drafts/{draft}/phone")
def show_draft(draft: str, desk: DeskDep, templates: TemplatesDep, size: str = "") -> Response:
    """Show a draft on phones, or what must be put right first."""
    shown = desk.draft(draft)
    problems = shown_problems(what_hinders(shown.document), shown.address, templates.locale)
    name = shown.tables["id"]
    return _show(templates, name, shown.languages, shown.address, shown.address, size, problems)


@router.get("/published/{questionnaire}/{version}/phone")
def show_published(
    questionnaire: str, version: int, session: SessionDep, templates: TemplatesDep, size: str = ""
) -> Response:
    """Show a published version on phones."""
    row = found(questionnaire_version_by_number(session, questionnaire, version))
    languages = questionnaire_of(session, row.id or 0).languages
    address = f"{LIST}/published/{questionnaire}/{version}"
    return _show(templates, questionnaire, languages, address, LIST, size)


@router.get("/shipped/{questionnaire}/phone")
def show_shipped(questionnaire: str, templates: TemplatesDep, size: str = "") -> Response:
    """Show a questionnaire that comes with the program on phones."""
    path = found(shipped_questionnaires().get(questionnaire))
    languages = load_questionnaire(path).languages
    address = f"{LIST}/shipped/{questionnaire}"
    return _show(templates, questionnaire, languages, address, LIST, size)


def _show(
    templates: Templates,
    name: str,
    languages: tuple[str, ...],
    address: str,
    back: str,
    size: str,
    problems: list[ShownProblem] | None = None,
) -> Response:
    return templates.page(
        "console/questionnaires/phone.html",
        name=name,
        languages=[own for own in languages if own in LOCALES],
        address=f"{address}/preview",
        back=back,
        size=size if size in SIZES else "",
        problems=problems or [],
    )
