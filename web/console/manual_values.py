"""Points entered by hand: on the page, or as a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.errors import FieldRefused, InputError, ManualValuesRefused, SurveyError
from survey.evaluate.enter import Entry, enter_manual_values
from survey.exchange.manual_values import manual_values_csv, read_manual_values
from survey.results import ManualEntry, manual_entries
from survey.storage.queries.evaluations import evaluation_by_code
from web.console.downloads import csv_download
from web.console.fields import read_points
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
from web.found import found

router = APIRouter(
    prefix="/console/evaluations/{code}/manual-values",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_manual_values(
    code: str, request: Request, session: SessionDep, templates: TemplatesDep
) -> Response:
    """Show the points entered by hand, and the form to enter more."""
    evaluation = found(evaluation_by_code(session, code))
    form = Form({"indicator": (request.query_params.get("indicator", ""),)})
    return _show(
        session, templates, evaluation, form, changed=request.query_params.get("changed", "")
    )


@router.post("")
def enter_values(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Keep the points of one leaf for every unit that has some in the form, or say what is wrong.

    A field left empty leaves the points as they stand.
    """
    evaluation = found(evaluation_by_code(session, code))
    indicator = form.text("indicator")
    standing = [e for e in manual_entries(session, evaluation) if e.indicator == indicator]
    entries, problems = _read_entries(standing, form, templates.locale)
    if not standing:
        problems.append(FieldRefused("manual_indicator_unknown", indicator=indicator))
    if problems:
        said = [sentence_of(problem, templates.locale) for problem in problems]
        return _show(session, templates, evaluation, form, said)
    before = {entry.unit_code: entry for entry in standing}
    changed = [e for e in entries if (e.points, e.note) != _stands(before[e.unit_code])]
    enter_manual_values(session, evaluation, changed, entered_by=officer.name, now=now)
    if changed:
        values = {
            e.unit_code: {"before": before[e.unit_code].points, "after": e.points} for e in changed
        }
        record(
            session,
            actor=officer.name,
            action="values.entered",
            subject=code,
            now=now,
            details={"indicator": indicator, "values": values},
        )
    return _back(code, len(changed), indicator)


@router.get(".csv")
def download_manual_values(code: str, session: SessionDep, locale: LocaleDep) -> Response:
    """Send the file to fill in: a row per unit and leaf, with what stands so far."""
    evaluation = found(evaluation_by_code(session, code))
    return csv_download(manual_values_csv(session, evaluation, locale), f"values-{code}.csv")


@router.post("/import")
def import_values(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Enter every row of a filled-in file, or none."""
    evaluation = found(evaluation_by_code(session, code))
    try:
        if not form.file_names.get("file"):
            raise FieldRefused("field_file")
        count = read_manual_values(
            session,
            evaluation,
            form.files.get("file", b""),
            file_name=form.file_names["file"],
            entered_by=officer.name,
            now=now,
        )
    except InputError as error:
        return _show(session, templates, evaluation, form, *_in_words(error, templates.locale))
    record(
        session,
        actor=officer.name,
        action="values.imported",
        subject=code,
        now=now,
        details={"count": count},
    )
    return _back(code, count, "")


def _read_entries(
    standing: Sequence[ManualEntry], form: Form, locale: str
) -> tuple[list[Entry], list[SurveyError]]:
    """Return what was typed for each unit, and every field that is wrong."""
    entries: list[Entry] = []
    problems: list[SurveyError] = []
    for entry in standing:
        written, note = (form.text(f"{part}-{entry.unit_code}") for part in ("points", "note"))
        names = {"unit": entry.unit_name, "indicator": _name(entry.title, locale)}
        if written:
            try:
                points = read_points(written, entry.full_points, **names)
            except FieldRefused as error:
                problems.append(error)
            else:
                entries.append(Entry(entry.unit_code, entry.indicator, points, note))
        elif note and note != entry.note:
            problems.append(FieldRefused("field_note_alone", **names))
    return entries, problems


def _name(title: Mapping[str, str], locale: str) -> str:
    return title.get(locale) or next(iter(title.values()), "")


def _stands(entry: ManualEntry) -> tuple[float | None, str]:
    return entry.points, entry.note


def _in_words(error: InputError, locale: str) -> tuple[list[str], str]:
    """Return each thing that is wrong with a file, and what that means for all of it."""
    sentence = sentence_of(error, locale)
    if isinstance(error, ManualValuesRefused):
        return problems_of(error, locale), sentence
    return [sentence], ""


def _show(
    session: Session,
    templates: Templates,
    evaluation: Any,
    form: Form,
    problems: Sequence[str] = (),
    outcome: str = "",
    *,
    changed: str = "",
) -> Response:
    return templates.page(
        "console/manual_values.html",
        422 if problems else 200,
        evaluation=evaluation,
        entries=manual_entries(session, evaluation),
        form=form,
        indicator=form.text("indicator"),
        problems=problems,
        outcome=outcome,
        changed=changed,
        here=f"/console/evaluations/{evaluation.code}/manual-values",
    )


def _back(code: str, count: int, indicator: str) -> Response:
    address = f"/console/evaluations/{code}/manual-values?changed={count}&indicator={indicator}"
    return RedirectResponse(address, 303)
