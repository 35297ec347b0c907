"""Launch a campaign: choose questionnaire, audience, units, window and places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from scales import DefinitionError, Problem, read_questionnaire, shipped_questionnaires
from survey.audit import record
from survey.distribute.launch import launch_campaign, open_links
from survey.distribute.publish import publish_questionnaire
from survey.errors import FieldRefused, SurveyError
from survey.language import messages
from survey.rules.audience import Audience
from survey.rules.link import ADMITTED_BY, LinkKind
from survey.storage.queries.evaluations import evaluation_by_code, units_of
from web.console.fields import read_local_time, read_places
from web.console.reading import by_category
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found
from web.templating import field_time

UPLOADED = "uploaded"
DAYS_OPEN = 14

router = APIRouter(
    prefix="/console/evaluations/{code}/campaigns",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A questionnaire that comes with the program, as it is offered."""

    id: str
    version: int
    title: Mapping[str, str]
    item_count: int
    scale_count: int


@dataclass(frozen=True, slots=True)
class Filled:
    """The launch form as it stands; a refused one keeps what was filled in."""

    name: str = ""
    questionnaire: str = ""
    audience: str = Audience.CITIZEN
    units: frozenset[str] = frozenset()
    opens_at: str = ""
    closes_at: str = ""
    places: str = ""
    problems: tuple[str, ...] = field(default=())


@router.get("/new")
def show_launch(code: str, session: SessionDep, templates: TemplatesDep, now: NowDep) -> Response:
    """Show the form, all units ticked, open from now for two weeks."""
    evaluation = found(evaluation_by_code(session, code))
    filled = Filled(
        units=frozenset(unit.code for unit in units_of(session, evaluation.id or 0)),
        opens_at=field_time(now),
        closes_at=field_time(now + timedelta(days=DAYS_OPEN)),
    )
    return _show(session, templates, evaluation, filled)


@router.post("")
def launch(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Publish the questionnaire and make the campaign, or show every problem."""
    evaluation = found(evaluation_by_code(session, code))
    try:
        with session.begin_nested():
            made = _launch(session, evaluation, form, now)
    except DefinitionError as error:
        problems = tuple(_in_words(problem, templates) for problem in error.problems)
        return _show(session, templates, evaluation, _filled(form, problems), 422)
    except SurveyError as error:
        problems = (sentence_of(error, templates.locale),)
        return _show(session, templates, evaluation, _filled(form, problems), 422)
    record(
        session,
        actor=officer.name,
        action="campaign.launched",
        subject=made.code,
        now=now,
        details={"name": made.name, "audience": made.audience, "evaluation": code},
    )
    return RedirectResponse(f"/console/campaigns/{made.code}", 303)


def _launch(session: Session, evaluation: Any, form: Form, now: datetime) -> Any:
    chosen = frozenset(form.all("unit"))
    units = [unit for unit in units_of(session, evaluation.id) if unit.code in chosen]
    audience = _audience(form.text("audience"))
    places = read_places(form.text("places"))
    campaign = launch_campaign(
        session,
        evaluation=evaluation,
        questionnaire_version=publish_questionnaire(session, _content(form), now),
        audience=audience,
        name=_name(form.text("name")),
        units=units,
        opens_at=read_local_time(form.text("opens_at"), "opens_at"),
        closes_at=read_local_time(form.text("closes_at"), "closes_at"),
    )
    if ADMITTED_BY[audience] is LinkKind.OPEN:
        open_links(session, campaign, {unit.code: places for unit in units})
    return campaign


def _in_words(problem: Problem, templates: Templates) -> str:
    """Return where in the questionnaire file something is wrong, and what."""
    field = problem.key.rpartition(".")[2]
    values = {"table": problem.table, "field": field, **problem.values}
    sentence = messages().phrase(f"definition.{problem.code}", templates.locale, **values)
    where = ".".join(name for name in (problem.table, problem.key) if name)
    line = templates.text("console.launch.line", line=problem.line) if problem.line else ""
    return "  ".join(part for part in (line, where, sentence) if part)


def _content(form: Form) -> bytes:
    chosen, shipped = form.text("questionnaire"), shipped_questionnaires()
    if chosen in shipped:
        return shipped[chosen].read_bytes()
    if chosen != UPLOADED or "file" not in form.files:
        raise FieldRefused("field_questionnaire")
    return form.files["file"]


def _audience(value: str) -> Audience:
    if value not in list(Audience):
        raise FieldRefused("field_audience")
    return Audience(value)


def _name(value: str) -> str:
    if not 1 <= len(value) <= 80:
        raise FieldRefused("field_name", longest=80)
    return value


def _filled(form: Form, problems: tuple[str, ...]) -> Filled:
    return Filled(
        name=form.text("name"),
        questionnaire=form.text("questionnaire"),
        audience=form.text("audience"),
        units=frozenset(form.all("unit")),
        opens_at=form.text("opens_at"),
        closes_at=form.text("closes_at"),
        places=form.text("places"),
        problems=problems,
    )


def _show(
    session: Session,
    templates: Templates,
    evaluation: Any,
    filled: Filled,
    status_code: int = 200,
) -> Response:
    return templates.page(
        "console/launch.html",
        status_code,
        evaluation=evaluation,
        categories=by_category(units_of(session, evaluation.id)),
        questionnaires=_shipped(),
        audiences=tuple(Audience),
        filled=filled,
    )


def _shipped() -> tuple[Shipped, ...]:
    said = (read_questionnaire(path.read_bytes()) for path in shipped_questionnaires().values())
    return tuple(Shipped(q.id, q.version, q.title, len(q.items), len(q.scales)) for q in said)
