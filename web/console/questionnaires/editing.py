"""What every page of the editor needs: the draft, an edit of it, what is wrong with it in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends
from sqlmodel import Session

from scales import check_questionnaire
from survey.audit import record
from survey.edit_questionnaire.compare import part_digest
from survey.edit_questionnaire.document import Document, languages_of, read_document
from survey.edit_questionnaire.drafts import save_draft
from survey.edit_questionnaire.write import write_document
from survey.errors import DraftChanged, QuestionnaireUnusable, SurveyError
from survey.storage.queries.questionnaires import draft_by_code, newest_version
from web.console.questionnaires.problems import ShownProblem, shown_problems
from web.console.questionnaires.shown import shown_tables
from web.dependencies import NowDep, OfficerDep, SessionDep, Templates
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found

Change = Callable[[Document], Document]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as a page shows it."""

    code: str
    revision: int
    edited_by: str
    edited_at: datetime
    content: bytes
    document: Document
    published: Document | None  # the newest published version of the same questionnaire

    @property
    def address(self) -> str:
        """Where the draft's pages begin."""
        return f"/console/questionnaires/drafts/{self.code}"

    @property
    def tables(self) -> Mapping[str, Any]:
        """What the file says."""
        return self.document.tables

    @property
    def shown(self) -> Mapping[str, Any]:
        """What the file says, as templates read it."""
        return shown_tables(self.document.tables)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the file, Chinese first."""
        return languages_of(self.document)

    def is_kept(self, part: str, row_id: str) -> bool:
        """Whether the id was published, so that it must stay as it is."""
        rows = self.published.tables.get(part, []) if self.published else []
        return any(row["id"] == row_id for row in rows)


@dataclass(frozen=True, slots=True)
class Desk:
    """One officer's request to a draft: read it, or edit it in one transaction with its record."""

    session: Session
    officer: str
    now: datetime

    def draft(self, code: str, *, is_edited: bool = False) -> Draft:
        """Return the draft of a code, or show that it is not there."""
        row = found(draft_by_code(self.session, code, is_edited=is_edited))
        document = read_document(row.content)
        newest = newest_version(self.session, document.tables["id"])
        published = read_document(newest.content) if newest else None
        who = (row.code, row.revision, row.edited_by, row.edited_at)
        return Draft(*who, row.content, document, published)

    def edit(self, code: str, change: Change, what: str, **details: object) -> Draft:
        """Change a draft and take down who did what."""
        row = found(draft_by_code(self.session, code, is_edited=True))
        changed = change(read_document(row.content))
        with self.session.begin_nested():
            save_draft(self.session, row, changed, officer=self.officer, now=self.now)
        record(
            self.session,
            actor=self.officer,
            action="questionnaire.edited",
            subject=code,
            now=self.now,
            details={"what": what, **details},
        )
        return self.draft(code)


def _desk(session: SessionDep, officer: OfficerDep, now: NowDep) -> Desk:
    return Desk(session, officer.name, now)


DeskDep = Annotated[Desk, Depends(_desk)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form: what is wrong with it, and whether somebody else was quicker."""

    problems: Sequence[str] = ()
    is_changed: bool = False
    status_code: int = field(default=200)


def refused(error: SurveyError, templates: Templates) -> Outcome:
    """Return what a refused form says."""
    if isinstance(error, DraftChanged):
        return Outcome(is_changed=True, status_code=409)
    if isinstance(error, QuestionnaireUnusable):
        shown = shown_problems(error.problems, "", templates.locale)
        return Outcome([problem.words for problem in shown], status_code=422)
    return Outcome([sentence_of(error, templates.locale)], status_code=422)


def check_unchanged(part: object, seen: str) -> None:
    """Raise `DraftChanged` where a part says something else than when the page was made."""
    if part_digest(part) != seen:
        raise DraftChanged


def texts_of(form: Form, name: str, languages: Sequence[str]) -> dict[str, str]:
    """Return a text by language, from fields such as ``text.zh-Hans`` and ``text.en``."""
    return {own: form.text(f"{name}.{own}").replace("\r\n", "\n") for own in languages}


def problems_of_draft(draft: Draft, locale: str) -> list[ShownProblem]:
    """Return everything wrong or doubtful in a draft, each with the page that mends it."""
    return shown_problems(check_questionnaire(draft.content), draft.address, locale)


def problems_of_row(document: Document, name: str, address: str, locale: str) -> list[ShownProblem]:
    """Return what is wrong or doubtful in one part of a document as it would be saved."""
    found_all = check_questionnaire(write_document(document))
    return shown_problems([p for p in found_all if p.table == name], address, locale)
