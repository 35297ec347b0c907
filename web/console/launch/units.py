"""The second step: who is asked, about which units, and what is settled about each."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.distribute.choose_units import UnitChoice, add_units, remove_units, settle_units
from survey.distribute.prepare import choose_audience
from survey.distribute.remark import Step
from survey.errors import FieldRefused, SurveyError
from survey.rules.audience import Audience
from survey.rules.unit import LONGEST_STATEMENT, MOST_PEOPLE
from survey.storage.queries.drafts import draft_by_code
from survey.storage.queries.evaluations import units_of
from web.console.fields import read_count, read_words
from web.console.launch.step_page import Fields, saved
from web.console.launch.units_page import units_page
from web.console.unit_search import Sought, SoughtDep, read_page, sought_in
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

router = APIRouter(
    prefix="/console/launches/{code}/units",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_units(
    code: str,
    session: SessionDep,
    templates: TemplatesDep,
    now: NowDep,
    sought: SoughtDep,
) -> Response:
    """List the units of the evaluation, ticked where the draft asks about them."""
    return units_page(session, templates, code, sought, now)


@router.post("")
def save_units(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Keep audience and units; units that the page did not list stay as they are."""
    draft = found(draft_by_code(session, code))
    sought = sought_in(form)
    fields = Fields()
    audience = fields.take(_audience, form.text("audience"))
    choices = _choices(form, templates, fields)
    try:
        if audience is None or fields.problems:
            return units_page(session, templates, code, sought, now, form, fields.problems)
        with session.begin_nested():
            choose_audience(session, draft, audience)
            _keep(session, draft, form, sought, choices)
    except SurveyError as error:
        return units_page(session, templates, code, sought, now, form, [error])
    done = saved(session, officer.name, code, Step.UNITS, form, now)
    return done if form.text("do") in ("next", "save") else _listing(code, sought, form)


def _listing(code: str, sought: Sought, form: Form) -> Response:
    """Lead to the units that were asked for: another page of them, or others."""
    query = sought.query(read_page(form.text("go", "1")))
    return RedirectResponse(f"/console/launches/{code}/units?{query}#units", 303)


def _keep(
    session: Session, draft: Any, form: Form, sought: Sought, choices: Mapping[str, UnitChoice]
) -> None:
    everyone = {unit.code: unit for unit in units_of(session, draft.evaluation_id)}
    listed = [everyone[code] for code in form.all("listed") if code in everyone]
    add_units(session, draft, [unit for unit in listed if unit.code in choices])
    remove_units(session, draft, [unit for unit in listed if unit.code not in choices])
    settle_units(session, draft, {c: choice for c, choice in choices.items() if c in everyone})
    found_by_words = [unit for unit in everyone.values() if sought.takes(unit)]
    if form.text("do") == "add":
        add_units(session, draft, found_by_words)
    if form.text("do") == "remove":
        remove_units(session, draft, found_by_words)


def _choices(form: Form, templates: Templates, fields: Fields) -> dict[str, UnitChoice]:
    """Return what is settled about each unit that is ticked."""
    said = templates.text("console.launch.statement")
    choices = {}
    for code in dict.fromkeys(form.all("unit")):
        written = form.text(f"count-{code}")
        count = fields.take(read_count, written, code, MOST_PEOPLE) if written else None
        statement = fields.take(
            read_words, form.text(f"statement-{code}"), f"{said} · {code}", LONGEST_STATEMENT
        )
        choices[code] = UnitChoice(count, statement or "", form.text(f"merge-{code}"))
    return choices


def _audience(value: str) -> Audience:
    if value not in list(Audience):
        raise FieldRefused("field_audience")
    return Audience(value)
