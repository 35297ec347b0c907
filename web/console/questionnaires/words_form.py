"""Every text of a draft on one page, its languages side by side."""

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from survey.edit_questionnaire.compare import part_digest
from survey.edit_questionnaire.document import Document
from survey.edit_questionnaire.words import Words, missing_count, set_words, words_of
from survey.errors import SurveyError
from web.console.questionnaires.editing import DeskDep, Draft, Outcome, check_unchanged, refused
from web.dependencies import FormDep, Templates, TemplatesDep, officer_for_this
from web.forms import Form

router = APIRouter(
    prefix="/console/questionnaires/drafts/{draft}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("/words")
def show_words(draft: str, desk: DeskDep, templates: TemplatesDep) -> Response:
    """Show every text in every language."""
    shown = desk.draft(draft)
    return _show(templates, shown, words_of(shown.document), Outcome())


@router.post("/words")
def save_words(draft: str, desk: DeskDep, form: FormDep, templates: TemplatesDep) -> Response:
    """Save what was typed, or show it again."""
    before = desk.draft(draft)
    typed = _typed(form, before)

    def change(document: Document) -> Document:
        check_unchanged(_mark(document), form.text("seen"))
        return set_words(document, {words.place: words.texts for words in typed})

    try:
        shown = desk.edit(draft, change, "words_changed")
    except SurveyError as error:
        return _show(templates, before, typed, refused(error, templates))
    return RedirectResponse(shown.address, 303)


def _mark(document: Document) -> list[object]:
    return [[words.place, dict(words.texts)] for words in words_of(document)]


def _typed(form: Form, draft: Draft) -> tuple[Words, ...]:
    """Return every text as it was filled in; one the page did not have is as it is stored."""
    return tuple(
        Words(
            words.place,
            {
                own: form.text(f"{own}|{words.place}", said).replace("\r\n", "\n")
                for own, said in words.texts.items()
            },
        )
        for words in words_of(draft.document)
    )


def _show(
    templates: Templates, draft: Draft, words: tuple[Words, ...], outcome: Outcome
) -> Response:
    return templates.page(
        "console/questionnaires/words.html",
        outcome.status_code,
        draft=draft,
        words=words,
        seen=part_digest(_mark(draft.document)),
        missing={own: missing_count(draft.document, own) for own in draft.languages},
        outcome=outcome,
    )
