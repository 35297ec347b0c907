"""Make an evaluation from a list of units and an indicator tree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.errors import FieldRefused, SurveyError
from survey.exchange.tree_file import read_tree_file, shipped_tree
from survey.exchange.units_file import read_units, units_template
from survey.new_evaluation import found_evaluation
from web.console.downloads import csv_download, toml_download
from web.dependencies import (
    FormDep,
    LocaleDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import problems_of, sentence_of
from web.forms import Form

SHIPPED, UPLOADED = "shipped", "uploaded"
LONGEST_NAME = 80
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100

Value = TypeVar("Value")

router = APIRouter(
    prefix="/console/evaluations",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it stands; a refused one keeps what was typed in."""

    name: str = ""
    year: str = ""
    tree: str = SHIPPED
    problems: tuple[str, ...] = ()


class Problems:
    """Everything that is wrong with a form, in words."""

    def __init__(self, templates: Templates) -> None:
        self.sentences: list[str] = []
        self._locale = templates.locale

    def of(self, read: Callable[[], Value]) -> Value | None:
        """Return what is read, or take down why it is refused."""
        try:
            return read()
        except SurveyError as error:
            said = problems_of(error, self._locale) or [sentence_of(error, self._locale)]
            self.sentences += said
            return None


@router.get("/new")
def show_form(templates: TemplatesDep, now: NowDep) -> Response:
    """Show the form, for this year and with the tree that comes with the program."""
    return _show(templates, Filled(year=str(now.year)))


@router.get("/new/units.csv")
def download_units_template(locale: LocaleDep, templates: TemplatesDep) -> Response:
    """Return the list of units to fill in."""
    return csv_download(units_template(locale), templates.text("console.new_evaluation.units_name"))


@router.get("/new/tree.toml")
def download_tree() -> Response:
    """Return the tree that comes with the program, to be changed."""
    return toml_download(shipped_tree(), "yearly.v1.toml")


@router.post("")
def make_evaluation(
    session: SessionDep, officer: OfficerDep, templates: TemplatesDep, form: FormDep, now: NowDep
) -> Response:
    """Make the evaluation, or show every problem."""
    problems = Problems(templates)
    made = _make(session, form, templates, problems, now)
    if made is None:
        filled = Filled(
            form.text("name"), form.text("year"), form.text("tree"), tuple(problems.sentences)
        )
        return _show(templates, filled, 422)
    record(
        session,
        actor=officer.name,
        action="evaluation.founded",
        subject=made.code,
        now=now,
        details={"name": made.name, "year": made.year},
    )
    return RedirectResponse(f"/console/evaluations/{made.code}", 303)


def _make(
    session: Session, form: Form, templates: Templates, problems: Problems, now: datetime
) -> Any:
    name = problems.of(lambda: _name(form.text("name")))
    year = problems.of(lambda: _year(form.text("year")))
    units_words = templates.text("console.new_evaluation.units")
    units = problems.of(lambda: read_units(_units(form), file_name=units_words))
    tree_file = problems.of(lambda: read_tree_file(_tree(form)))
    if name is None or year is None or units is None or tree_file is None:
        return None

    def found() -> Any:
        with session.begin_nested():
            return found_evaluation(
                session,
                name=name,
                year=year,
                units=units,
                tree=tree_file.tree,
                plan=tree_file.plan,
                now=now,
            )

    return problems.of(found)


def _name(value: str) -> str:
    if not 1 <= len(value) <= LONGEST_NAME:
        raise FieldRefused("field_evaluation_name", longest=LONGEST_NAME)
    return value


def _year(value: str) -> int:
    is_year = value.isascii() and value.isdecimal() and len(value) == 4
    if not is_year or not EARLIEST_YEAR <= int(value) <= LATEST_YEAR:
        raise FieldRefused("field_year", earliest=EARLIEST_YEAR, latest=LATEST_YEAR)
    return int(value)


def _units(form: Form) -> bytes:
    if "units" not in form.files:
        raise FieldRefused("field_units_file")
    return form.files["units"]


def _tree(form: Form) -> bytes:
    chosen = form.text("tree")
    if chosen == SHIPPED:
        return shipped_tree()
    if chosen != UPLOADED or "tree_file" not in form.files:
        raise FieldRefused("field_tree")
    return form.files["tree_file"]


def _show(templates: Templates, filled: Filled, status_code: int = 200) -> Response:
    shipped = read_tree_file(shipped_tree()).tree
    leaves = [indicator for indicator in shipped.indicators if indicator.source is not None]
    return templates.page(
        "console/new_evaluation.html",
        status_code,
        filled=filled,
        title=dict(shipped.title),
        version=shipped.version,
        leaf_count=len(leaves),
    )
