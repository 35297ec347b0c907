"""The forms of a draft's scales and of its formats, the answers people tick."""

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from survey.edit_questionnaire.compare import part_digest
from survey.edit_questionnaire.document import Document, row_of, rows_of
from survey.edit_questionnaire.formats import (
    add_format,
    change_format,
    delete_format,
    format_of,
)
from survey.edit_questionnaire.scales import add_scale, change_scale, delete_scale, item_ids_of
from survey.errors import EditRefused, SurveyError
from web.console.questionnaires.editing import (
    DeskDep,
    Draft,
    Outcome,
    check_unchanged,
    problems_of_row,
    refused,
    texts_of,
)
from web.console.questionnaires.format_fields import Points, points_of, read_format, typed_points
from web.console.questionnaires.shown import shown_scale
from web.dependencies import FormDep, Templates, TemplatesDep, officer_for_this
from web.errors import NoSuchPage

SHARES = ("1/2", "2/3", "3/4", "1")

router = APIRouter(
    prefix="/console/questionnaires/drafts/{draft}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.post("/scales")
def add_a_scale(draft: str, desk: DeskDep) -> Response:
    """Add a scale and open its form."""
    made: list[str] = []

    def change(document: Document) -> Document:
        changed, scale_id = add_scale(document)
        made.append(scale_id)
        return changed

    shown = desk.edit(draft, change, "scale_added")
    return RedirectResponse(f"{shown.address}/scales/{made[0]}", 303)


@router.get("/scales/{scale}")
def show_scale(draft: str, scale: str, desk: DeskDep, templates: TemplatesDep) -> Response:
    """Show a scale's form."""
    shown = desk.draft(draft)
    return _show_scale(templates, shown, _stored(shown, scale), Outcome())


@router.post("/scales/{scale}")
def save_scale(
    draft: str, scale: str, desk: DeskDep, form: FormDep, templates: TemplatesDep
) -> Response:
    """Save or delete a scale, or show the form again as it was filled in."""
    before = desk.draft(draft)
    stored = _stored(before, scale)
    own_id = scale if before.is_kept("scales", scale) else form.text("id", scale)
    typed = stored | {
        "id": own_id,
        "title": texts_of(form, "title", before.languages),
        "min_answered": form.text("min_answered"),
    }
    is_deleted = form.text("do") == "delete"

    def change(document: Document) -> Document:
        check_unchanged(row_of(document.tables, "scales", scale), form.text("seen"))
        if is_deleted:
            return delete_scale(document, scale)
        return change_scale(document, scale, typed)

    try:
        what = "scale_deleted" if is_deleted else "scale_changed"
        shown = desk.edit(draft, change, what, scale=scale)
    except SurveyError as error:
        return _show_scale(templates, before, stored, refused(error, templates), typed)
    return RedirectResponse(f"{shown.address}#scales", 303)


@router.post("/formats")
def add_a_format(draft: str, desk: DeskDep, form: FormDep) -> Response:
    """Add a ready format and open its form."""
    made: list[str] = []

    def change(document: Document) -> Document:
        changed, name = add_format(document, form.text("ready"))
        made.append(name)
        return changed

    shown = desk.edit(draft, change, "format_added")
    return RedirectResponse(f"{shown.address}/formats/{made[0]}", 303)


@router.get("/formats/{format}")
def show_format(draft: str, format: str, desk: DeskDep, templates: TemplatesDep) -> Response:
    """Show a format's form."""
    shown = desk.draft(draft)
    own = _format(shown, format)
    return _show_format(templates, shown, format, points_of(own, shown.languages), Outcome())


@router.post("/formats/{format}")
def save_format(
    draft: str, format: str, desk: DeskDep, form: FormDep, templates: TemplatesDep
) -> Response:
    """Save or delete a format, or show the form again as it was filled in."""
    before = desk.draft(draft)
    own = _format(before, format)
    is_deleted = form.text("do") == "delete"

    def change(document: Document) -> Document:
        check_unchanged(format_of(document.tables, format), form.text("seen"))
        if is_deleted:
            return delete_format(document, format)
        return change_format(document, format, read_format(form, own, before.languages))

    try:
        what = "format_deleted" if is_deleted else "format_changed"
        shown = desk.edit(draft, change, what, format=format)
    except SurveyError as error:
        points = typed_points(form, before.languages)
        return _show_format(templates, before, format, points, refused(error, templates))
    return RedirectResponse(f"{shown.address}#formats", 303)


def _stored(draft: Draft, scale_id: str) -> dict[str, Any]:
    for row in rows_of(draft.tables, "scales"):
        if row["id"] == scale_id:
            return row
    raise NoSuchPage


def _format(draft: Draft, name: str) -> dict[str, Any]:
    try:
        return format_of(draft.tables, name)
    except EditRefused:
        raise NoSuchPage from None


def _show_scale(
    templates: Templates,
    draft: Draft,
    stored: dict[str, Any],
    outcome: Outcome,
    typed: dict[str, Any] | None = None,
) -> Response:
    name = f"scales.{stored['id']}"
    return templates.page(
        "console/questionnaires/scale.html",
        outcome.status_code,
        draft=draft,
        scale=shown_scale(typed or stored),
        stored=stored,
        items=item_ids_of(draft.document, stored["id"]),
        shares=SHARES,
        seen=part_digest(stored),
        outcome=outcome,
        said=problems_of_row(draft.document, name, draft.address, templates.locale),
    )


def _show_format(
    templates: Templates, draft: Draft, name: str, points: Points, outcome: Outcome
) -> Response:
    own = format_of(draft.tables, name)
    users = [item["id"] for item in rows_of(draft.tables, "items") if item.get("format") == name]
    return templates.page(
        "console/questionnaires/format.html",
        outcome.status_code,
        draft=draft,
        name=name,
        points=points,
        users=users,
        seen=part_digest(own),
        outcome=outcome,
        said=problems_of_row(draft.document, f"formats.{name}", draft.address, templates.locale),
    )
