"""The fourth step: from when to when, and what whoever answers is told beforehand."""

from collections.abc import Sequence
from datetime import date, datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import Response

from survey.distribute.prepare import Promise, choose_window
from survey.distribute.remark import Step
from survey.errors import FieldRefused, LaunchRefused, SurveyError
from survey.storage.queries.drafts import draft_by_code
from web.console.fields import read_local_time, read_words
from web.console.launch.step_page import Fields, saved, show_step
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.forms import Form
from web.found import found

TEXTS = {"asked_by": 80, "legal_basis": 300, "contact": 200}  # the most characters of each

router = APIRouter(
    prefix="/console/launches/{code}/window",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_window(code: str, session: SessionDep, templates: TemplatesDep, now: NowDep) -> Response:
    """Show the window and the texts of the first page."""
    return _show(session, templates, code, now)


@router.post("")
def save_window(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Keep the window and the texts."""
    draft = found(draft_by_code(session, code))
    fields = Fields()
    opens_at = fields.take(read_local_time, form.text("opens_at"), "opens_at")
    closes_at = fields.take(read_local_time, form.text("closes_at"), "closes_at")
    promise = _promise(form, templates, fields)
    if fields.problems or opens_at is None or closes_at is None:
        return _show(session, templates, code, now, form, fields.problems)
    try:
        choose_window(session, draft, opens_at, closes_at, promise)
    except LaunchRefused as error:
        return _show(session, templates, code, now, form, [error])
    return saved(session, officer.name, code, Step.WINDOW, form, now)


def _promise(form: Form, templates: Templates, fields: Fields) -> Promise:
    texts = {
        name: fields.take(
            read_words, form.text(name), templates.text(f"console.launch.{name}"), longest
        )
        or ""
        for name, longest in TEXTS.items()
    }
    written = form.text("kept_until")
    return Promise(
        **texts,
        kept_until=fields.take(_day, written) if written else None,
        counts_only=form.text("counts_only") == "yes",
    )


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise FieldRefused("field_day", value=value) from None


def _show(
    session: Session,
    templates: Templates,
    code: str,
    now: datetime,
    form: Form | None = None,
    problems: Sequence[SurveyError] = (),
) -> Response:
    return show_step(
        session, templates, code, Step.WINDOW, now, form=form, problems=problems, longest=TEXTS
    )
