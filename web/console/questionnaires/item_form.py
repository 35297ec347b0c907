"""The form of one item: words side by side, key, scale, answers; checked while it is filled in."""

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from scales import ItemKind
from survey.edit_questionnaire.compare import part_digest
from survey.edit_questionnaire.document import Document, row_of, rows_of
from survey.edit_questionnaire.items import change_item
from survey.edit_questionnaire.memberships import memberships_of
from survey.errors import EditRefused, QuestionnaireUnusable, SurveyError
from web.console.questionnaires.editing import (
    DeskDep,
    Draft,
    Outcome,
    check_unchanged,
    problems_of_row,
    refused,
)
from web.console.questionnaires.item_fields import read_item
from web.console.questionnaires.shown import shown_item
from web.dependencies import FormDep, Templates, TemplatesDep, officer_for_this
from web.errors import NoSuchPage
from web.forms import Form

router = APIRouter(
    prefix="/console/questionnaires/drafts/{draft}/items/{item}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_item(draft: str, item: str, desk: DeskDep, templates: TemplatesDep) -> Response:
    """Show an item's form."""
    shown = desk.draft(draft)
    return _show(templates, shown, _item(shown, item), Outcome())


@router.post("")
def save_item(
    draft: str, item: str, desk: DeskDep, form: FormDep, templates: TemplatesDep
) -> Response:
    """Save the item, or show the form again as it was filled in."""
    before = desk.draft(draft)

    def change(document: Document) -> Document:
        stored = row_of(document.tables, "items", item)
        check_unchanged(stored, form.text("seen"))
        return change_item(document, item, read_item(form, stored, before))

    try:
        shown = desk.edit(draft, change, "item_changed", item=item)
    except SurveyError as error:
        stored = _item(before, item)
        outcome = refused(error, templates)
        return _show(templates, before, stored, outcome, _typed(form, stored, before))
    following = _following(shown, form.text("id") or item)
    if form.text("do") == "save_and_next" and following:
        return RedirectResponse(f"{shown.address}/items/{following}", 303)
    return RedirectResponse(f"{shown.address}#item-{form.text('id') or item}", 303)


@router.post("/check")
def check_item(
    draft: str, item: str, desk: DeskDep, form: FormDep, templates: TemplatesDep
) -> Response:
    """Say what would be wrong with the item as it is being filled in; nothing is kept."""
    shown = desk.draft(draft)
    stored = _item(shown, item)
    typed = _typed(form, stored, shown)
    try:
        document = change_item(shown.document, item, typed)
        found_all = problems_of_row(
            document, f"items.{typed['id']}", shown.address, templates.locale
        )
        problems, warnings = (
            [each.words for each in found_all if each.is_warning is is_warning]
            for is_warning in (False, True)
        )
    except (EditRefused, QuestionnaireUnusable) as error:
        problems, warnings = list(refused(error, templates).problems), []
    return templates.page(
        "console/questionnaires/_item_check.html", problems=problems, warnings=warnings
    )


def _item(draft: Draft, item_id: str) -> dict[str, Any]:
    for row in rows_of(draft.tables, "items"):
        if row["id"] == item_id:
            return row
    raise NoSuchPage


def _typed(form: Form, stored: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """Return the item as it was filled in; a field that cannot be read is as it was stored."""
    try:
        return stored | read_item(form, stored, draft)
    except SurveyError:
        return stored | read_item(form, stored, draft, is_lenient=True)


def _without_gaps(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value is not None}


def _following(draft: Draft, item_id: str) -> str:
    ids = [row["id"] for row in rows_of(draft.tables, "items")]
    at = ids.index(item_id) + 1 if item_id in ids else len(ids)
    return ids[at] if at < len(ids) else ""


def _show(
    templates: Templates,
    draft: Draft,
    stored: dict[str, Any],
    outcome: Outcome,
    typed: dict[str, Any] | None = None,
) -> Response:
    item = shown_item(typed or stored)
    name = f"items.{stored['id']}"
    said = problems_of_row(draft.document, name, draft.address, templates.locale)
    return templates.page(
        "console/questionnaires/item.html",
        outcome.status_code,
        draft=draft,
        item=item,
        stored=stored,
        kind=stored.get("kind", ItemKind.SCALED.value),
        signs=memberships_of(_without_gaps(typed or stored)),
        seen=part_digest(stored),
        following=_following(draft, stored["id"]),
        number=[row["id"] for row in rows_of(draft.tables, "items")].index(stored["id"]) + 1,
        scaled=[shown_item(row) for row in rows_of(draft.tables, "items") if row.get("format")],
        outcome=outcome,
        problems=[each.words for each in said if not each.is_warning] if typed is None else [],
        warnings=[each.words for each in said if each.is_warning] if typed is None else [],
    )
