"""Publish a draft: what it would freeze, what changed, and then no more edits."""

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.publish import publish_questionnaire
from survey.edit_questionnaire.compare import changes_of_rule, part_digest, word_changes
from survey.edit_questionnaire.document import Document, read_document
from survey.edit_questionnaire.drafts import delete_draft
from survey.edit_questionnaire.start import as_version
from survey.edit_questionnaire.write import write_document
from survey.errors import DraftChanged
from survey.storage.queries.questionnaires import (
    draft_by_code,
    newest_version,
    questionnaire_version_by_number,
)
from web.console.questionnaires.editing import (
    DeskDep,
    Draft,
    Outcome,
    problems_of_draft,
    refused,
)
from web.console.questionnaires.problems import shown_problems
from web.dependencies import FormDep, Templates, TemplatesDep, officer_for_this
from web.found import found

LONGEST_NOTE = 200

router = APIRouter(
    prefix="/console/questionnaires/drafts/{draft}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("/publish")
def show_publish(draft: str, desk: DeskDep, templates: TemplatesDep) -> Response:
    """Show what would be published."""
    return _show(templates, desk, desk.draft(draft), Outcome())


@router.post("/publish")
def publish(draft: str, desk: DeskDep, form: FormDep, templates: TemplatesDep) -> Response:
    """Freeze the draft's file as a version, or show why not."""
    shown = desk.draft(draft, is_edited=True)
    if _mark(shown) != form.text("seen"):
        return _show(templates, desk, shown, refused(DraftChanged(), templates))
    if _is_hindered(shown, desk, templates):
        return _show(templates, desk, shown, Outcome(status_code=422))
    version = shown.tables["version"]
    note = form.text("note")[:LONGEST_NOTE]
    content = shown.content
    if note:
        content = write_document(shown.document.with_note(f"v{version}: {note}"))
    row = publish_questionnaire(desk.session, content, desk.now)
    record(
        desk.session,
        actor=desk.officer,
        action="questionnaire.published",
        subject=f"{row.questionnaire_id} v{row.version}",
        now=desk.now,
        details={"digest": row.digest, "note": note, "changed": _changed(shown, desk)},
    )
    delete_draft(desk.session, found(draft_by_code(desk.session, draft)))
    about = f"{row.questionnaire_id}.v{row.version}"
    return RedirectResponse(f"/console/questionnaires?notice=published&about={about}", 303)


@router.post("/version")
def take_next_version(draft: str, desk: DeskDep) -> Response:
    """Give the draft the next free number."""

    def change(document: Document) -> Document:
        newest = newest_version(desk.session, document.tables["id"])
        return as_version(document, newest.version + 1 if newest else 1)

    shown = desk.edit(draft, change, "version_changed")
    return RedirectResponse(f"{shown.address}/publish", 303)


def _older(draft: Draft, desk: DeskDep) -> bytes | None:
    """Return the file published before this version of it."""
    row = newest_version(desk.session, draft.tables["id"], below=draft.tables["version"])
    return row.content if row else None


def _is_taken(draft: Draft, desk: DeskDep) -> bool:
    name, version = draft.tables["id"], draft.tables["version"]
    row = questionnaire_version_by_number(desk.session, name, version)
    return row is not None


def _is_hindered(draft: Draft, desk: DeskDep, templates: Templates) -> bool:
    problems = problems_of_draft(draft, templates.locale)
    return _is_taken(draft, desk) or any(not each.is_warning for each in problems)


def _changed(draft: Draft, desk: DeskDep) -> list[str]:
    older = _older(draft, desk)
    if older is None:
        return []
    changes = word_changes(draft.document, read_document(older))
    return list(dict.fromkeys(change.place for change in changes))


def _mark(draft: Draft) -> str:
    return part_digest(draft.content.decode())


def _show(templates: Templates, desk: DeskDep, draft: Draft, outcome: Outcome) -> Response:
    older = _older(draft, desk)
    rules = changes_of_rule(draft.content, older) if older is not None else ()
    is_taken = _is_taken(draft, desk)
    return templates.page(
        "console/questionnaires/publish.html",
        outcome.status_code,
        draft=draft,
        problems=problems_of_draft(draft, templates.locale),
        is_taken=is_taken,
        is_hindered=_is_hindered(draft, desk, templates),
        older=read_document(older) if older is not None else None,
        word_changes=word_changes(draft.document, read_document(older)) if older else (),
        rule_changes=shown_problems(rules, draft.address, templates.locale),
        seen=_mark(draft),
        longest_note=LONGEST_NOTE,
        outcome=outcome,
    )
