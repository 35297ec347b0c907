"""Title, opening, order and languages of a draft."""

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from survey.edit_questionnaire.compare import part_digest
from survey.edit_questionnaire.document import Document
from survey.edit_questionnaire.start import change_head
from survey.edit_questionnaire.words import add_language, missing_count, remove_language
from survey.errors import FieldRefused, SurveyError
from survey.language import LOCALES
from web.console.questionnaires.editing import (
    DeskDep,
    Draft,
    Outcome,
    check_unchanged,
    refused,
    texts_of,
)
from web.console.questionnaires.shown import shown_head
from web.dependencies import FormDep, Templates, TemplatesDep, officer_for_this
from web.forms import Form

_KEYS = ("id", "version", "title", "opening", "shuffle")
LONGEST_VERSION = 6

router = APIRouter(
    prefix="/console/questionnaires/drafts/{draft}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("/head")
def show_head(draft: str, desk: DeskDep, templates: TemplatesDep) -> Response:
    """Show the form."""
    shown = desk.draft(draft)
    return _show(templates, shown, _head(shown.document), Outcome())


@router.post("/head")
def save_head(draft: str, desk: DeskDep, form: FormDep, templates: TemplatesDep) -> Response:
    """Save it, or show the form again as it was filled in."""
    before = desk.draft(draft)
    typed = _typed(form, before)

    def change(document: Document) -> Document:
        check_unchanged(_head(document), form.text("seen"))
        return change_head(document, typed | {"version": _version(form)})

    try:
        shown = desk.edit(draft, change, "head_changed")
    except SurveyError as error:
        return _show(templates, before, typed, refused(error, templates))
    return RedirectResponse(shown.address, 303)


@router.post("/languages")
def change_languages(draft: str, desk: DeskDep, form: FormDep) -> Response:
    """Add a language, to be filled in, or take one out."""
    language = form.text("language")
    if form.text("do") == "add":
        shown = desk.edit(draft, lambda d: add_language(d, language), "language_added")
        return RedirectResponse(f"{shown.address}/words", 303)
    if form.text("do") != "remove":
        raise FieldRefused("field_deed")
    if not form.all("sure"):
        raise FieldRefused("field_sure_language")
    shown = desk.edit(draft, lambda d: remove_language(d, language), "language_removed")
    return RedirectResponse(f"{shown.address}/head", 303)


def _head(document: Document) -> dict[str, Any]:
    return {key: document.tables[key] for key in _KEYS if key in document.tables}


def _typed(form: Form, draft: Draft) -> dict[str, Any]:
    opening = texts_of(form, "opening", draft.languages)
    return {
        "id": draft.tables["id"] if draft.published else form.text("id", draft.tables["id"]),
        "version": form.text("version"),
        "title": texts_of(form, "title", draft.languages),
        "opening": opening if any(opening.values()) else None,
        "shuffle": bool(form.all("shuffle")),
    }


def _version(form: Form) -> int:
    written = form.text("version")
    if not (written.isascii() and written.isdecimal() and len(written) <= LONGEST_VERSION):
        raise FieldRefused("field_version", value=written)
    return int(written)


def _show(templates: Templates, draft: Draft, head: dict[str, Any], outcome: Outcome) -> Response:
    return templates.page(
        "console/questionnaires/head.html",
        outcome.status_code,
        draft=draft,
        head=shown_head(head),
        seen=part_digest(_head(draft.document)),
        missing={own: missing_count(draft.document, own) for own in draft.languages},
        other_languages=[own for own in LOCALES if own not in draft.languages],
        outcome=outcome,
    )
