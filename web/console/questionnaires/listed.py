"""The list of questionnaires, and how a draft is begun."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import groupby

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from scales import Questionnaire, load_questionnaire, shipped_questionnaires
from survey.audit import record
from survey.edit_questionnaire.document import read_document
from survey.edit_questionnaire.drafts import start_draft
from survey.errors import QuestionnaireUnusable, SurveyError
from survey.storage.queries.questionnaires import (
    questionnaire_drafts,
    questionnaire_of,
    questionnaire_version_by_number,
    questionnaire_versions,
)
from web.console.downloads import toml_download
from web.console.questionnaires.beginning import beginning_of
from web.console.questionnaires.editing import Outcome, refused
from web.console.questionnaires.problems import file_problem_words
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.found import found

router = APIRouter(
    prefix="/console/questionnaires",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """A draft as the list shows it."""

    code: str
    id: str
    version: int
    title: dict[str, str]
    item_count: int
    edited_by: str
    edited_at: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version as the list shows it."""

    version: int
    published_at: datetime
    says: Questionnaire


@dataclass(frozen=True, slots=True)
class Offered:
    """What the list shows besides what went wrong."""

    drafts: list[ListedDraft]
    published: dict[str, list[Edition]]
    shipped: list[Questionnaire] = field(default_factory=list)


@router.get("")
def list_questionnaires(
    session: SessionDep, templates: TemplatesDep, notice: str = "", about: str = ""
) -> Response:
    """Show drafts, published versions and templates."""
    return _show(session, templates, Outcome(), notice, about)


@router.post("")
def begin_draft(
    session: SessionDep, officer: OfficerDep, templates: TemplatesDep, form: FormDep, now: NowDep
) -> Response:
    """Begin a draft: empty, from a template, from a published version, or from a file."""
    try:
        content = beginning_of(session, form)
        with session.begin_nested():
            draft = start_draft(session, content, officer=officer.name, now=now)
    except QuestionnaireUnusable as error:
        wrong = [file_problem_words(problem, templates.locale) for problem in error.problems]
        return _show(session, templates, Outcome(wrong, status_code=422))
    except SurveyError as error:
        return _show(session, templates, refused(error, templates))
    record(
        session,
        actor=officer.name,
        action="questionnaire.drafted",
        subject=draft.code,
        now=now,
        details={"questionnaire": draft.questionnaire_id, "from": form.text("from")},
    )
    return RedirectResponse(f"/console/questionnaires/drafts/{draft.code}", 303)


@router.get("/shipped/{questionnaire}.toml")
def download_shipped(questionnaire: str) -> Response:
    """Return a template's file."""
    path = found(shipped_questionnaires().get(questionnaire))
    return toml_download(path.read_bytes(), path.name)


@router.get("/published/{questionnaire}/{version}.toml")
def download_published(questionnaire: str, version: int, session: SessionDep) -> Response:
    """Return a published file, byte for byte."""
    row = found(questionnaire_version_by_number(session, questionnaire, version))
    return toml_download(row.content, f"{questionnaire}.v{version}.toml")


def _show(
    session: Session, templates: Templates, outcome: Outcome, notice: str = "", about: str = ""
) -> Response:
    offered = Offered(_drafts(session), _published(session), list(_shipped()))
    return templates.page(
        "console/questionnaires/list.html",
        outcome.status_code,
        offered=offered,
        problems=outcome.problems,
        notice=notice,
        about=about,
    )


def _drafts(session: Session) -> list[ListedDraft]:
    listed = []
    for row in questionnaire_drafts(session):
        tables = read_document(row.content).tables
        listed.append(
            ListedDraft(
                code=row.code,
                id=tables["id"],
                version=tables["version"],
                title=tables["title"],
                item_count=len(tables.get("items", [])),
                edited_by=row.edited_by,
                edited_at=row.edited_at,
            )
        )
    return listed


def _published(session: Session) -> dict[str, list[Edition]]:
    rows = questionnaire_versions(session)
    return {
        name: [
            Edition(row.version, row.published_at, questionnaire_of(session, row.id or 0))
            for row in sorted(versions, key=lambda each: -each.version)
        ]
        for name, versions in groupby(rows, key=lambda row: row.questionnaire_id)
    }


@cache
def _shipped() -> tuple[Questionnaire, ...]:
    return tuple(load_questionnaire(path) for path in shipped_questionnaires().values())
