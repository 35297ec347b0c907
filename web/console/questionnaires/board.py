"""A draft at a glance: its items in their order, what is wrong, and the one-click edits."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from scales import ItemKind
from survey.audit import record
from survey.edit_questionnaire.compare import part_digest
from survey.edit_questionnaire.document import Document, row_of, rows_of
from survey.edit_questionnaire.drafts import delete_draft
from survey.edit_questionnaire.formats import ready_formats
from survey.edit_questionnaire.items import add_item, delete_item, duplicate_item, move_item
from survey.edit_questionnaire.memberships import memberships_of, turn_item
from survey.edit_questionnaire.scales import item_ids_of
from survey.edit_questionnaire.words import missing_count
from survey.errors import DraftChanged, EditRefused, FieldRefused
from survey.storage.queries.questionnaires import draft_by_code
from web.console.downloads import toml_download
from web.console.questionnaires.editing import (
    DeskDep,
    check_unchanged,
    problems_of_draft,
)
from web.console.questionnaires.shown import shown_item
from web.dependencies import FormDep, TemplatesDep, officer_for_this
from web.forms import Form
from web.found import found

UP, DOWN = "up", "down"
_STEPS = {UP: -1, DOWN: 1}

router = APIRouter(
    prefix="/console/questionnaires/drafts/{draft}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the board shows it; `signs` is scale → key."""

    item: dict[str, Any]
    kind: str
    signs: dict[str, str]
    seen: str


@router.get("")
def show_board(draft: str, desk: DeskDep, templates: TemplatesDep, notice: str = "") -> Response:
    """Show the draft."""
    shown = desk.draft(draft)
    return templates.page(
        "console/questionnaires/board.html",
        draft=shown,
        rows=[_row(item) for item in rows_of(shown.tables, "items")],
        scales=[
            (scale, item_ids_of(shown.document, scale["id"])) for scale in shown.shown["scales"]
        ],
        titles={scale["id"]: scale["title"] for scale in shown.shown["scales"]},
        ready=ready_formats(),
        missing={own: missing_count(shown.document, own) for own in shown.languages},
        kinds=[kind.value for kind in ItemKind],
        problems=problems_of_draft(shown, templates.locale),
        notice=notice,
    )


@router.get("/file.toml")
def download_draft(draft: str, desk: DeskDep) -> Response:
    """Return the draft's file, byte for byte."""
    shown = desk.draft(draft)
    return toml_download(shown.content, f"{shown.tables['id']}.v{shown.tables['version']}.toml")


@router.post("/delete")
def throw_away(draft: str, desk: DeskDep) -> Response:
    """Throw the draft away."""
    row = found(draft_by_code(desk.session, draft, is_edited=True))
    record(
        desk.session,
        actor=desk.officer,
        action="questionnaire.draft_deleted",
        subject=draft,
        now=desk.now,
        details={"questionnaire": row.questionnaire_id},
    )
    delete_draft(desk.session, row)
    return RedirectResponse("/console/questionnaires?notice=deleted", 303)


@router.post("/items")
def add(draft: str, desk: DeskDep, form: FormDep) -> Response:
    """Add an item and open its form."""
    kind = form.text("kind")
    if kind not in [each.value for each in ItemKind]:
        raise FieldRefused("field_kind")
    made: list[str] = []

    def change(document: Document) -> Document:
        changed, item_id = add_item(document, ItemKind(kind), form.text("after"))
        made.append(item_id)
        return changed

    shown = desk.edit(draft, change, "item_added", kind=kind)
    return RedirectResponse(f"{shown.address}/items/{made[0]}", 303)


@router.post("/items/{item}/do")
def do_with_item(draft: str, item: str, desk: DeskDep, form: FormDep) -> Response:
    """Turn, move, duplicate or delete an item, then show the board again."""
    deed = form.text("do")
    address = f"/console/questionnaires/drafts/{draft}"
    try:
        desk.edit(
            draft, lambda document: _done(document, item, deed, form), f"item_{deed}", item=item
        )
    except DraftChanged:
        return RedirectResponse(f"{address}?notice=changed", 303)
    except EditRefused as error:
        if error.code == "edit_gone":
            return RedirectResponse(f"{address}?notice=changed", 303)
        raise
    return RedirectResponse(address if deed == "delete" else f"{address}#item-{item}", 303)


def _done(document: Document, item_id: str, deed: str, form: Form) -> Document:
    if deed == "turn":
        return turn_item(document, item_id, form.text("keyed"), form.text("scale"))
    if deed in _STEPS:
        return move_item(document, item_id, _STEPS[deed])
    if deed == "duplicate":
        return duplicate_item(document, item_id)[0]
    if deed == "delete":
        check_unchanged(row_of(document.tables, "items", item_id), form.text("seen"))
        return delete_item(document, item_id)
    raise FieldRefused("field_deed")


def _row(item: dict[str, Any]) -> Row:
    kind = item.get("kind", ItemKind.SCALED.value)
    return Row(shown_item(item), kind, memberships_of(item), part_digest(item))
