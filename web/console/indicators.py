"""The indicator tree with each unit's points, totals and ranks; points entered by hand."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.errors import FieldRefused
from survey.evaluate.enter import enter_manual_value
from survey.exchange.csv_export import indicators_csv
from survey.exchange.manual_values import manual_values_csv, read_manual_values
from survey.results import evidence_of, indicator_table, manual_entries
from survey.storage.queries.evaluations import evaluation_by_code
from web.console.downloads import csv_download
from web.console.fields import read_points
from web.console.reading import leaves_under
from web.dependencies import (
    FormDep,
    LocaleDep,
    NowDep,
    OfficerDep,
    SessionDep,
    TemplatesDep,
    officer_for_this,
)
from web.found import found

router = APIRouter(
    prefix="/console/evaluations/{code}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("/indicators")
def show_indicators(code: str, session: SessionDep, templates: TemplatesDep) -> Response:
    """Show the tree, and each category's units from the best total down."""
    evaluation = found(evaluation_by_code(session, code))
    table = indicator_table(session, evaluation)
    tops = [node for node in table.nodes if node.level == 1]
    spans = {node.code: len(leaves_under(node.code, table.nodes)) for node in tops}
    leaf_positions = [n for n, node in enumerate(table.nodes) if node.source is not None]
    return templates.page(
        "console/indicators.html",
        table=table,
        tops=tops,
        spans=spans,
        leaf_positions=leaf_positions,
    )


@router.get("/indicators.csv")
def download_indicators(code: str, session: SessionDep, locale: LocaleDep) -> Response:
    """Send a row per unit."""
    table = indicator_table(session, found(evaluation_by_code(session, code)))
    return csv_download(indicators_csv(table, locale), f"indicators-{code}.csv")


@router.get("/evidence/{unit}/{indicator}")
def show_evidence(
    code: str, unit: str, indicator: str, session: SessionDep, templates: TemplatesDep
) -> Response:
    """Show how a unit came by its points on a leaf, down to what was counted."""
    evaluation = found(evaluation_by_code(session, code))
    evidence = evidence_of(session, evaluation, unit, indicator)
    return templates.page("console/evidence.html", evidence=evidence)


@router.get("/manual-values")
def show_manual_values(
    code: str, request: Request, session: SessionDep, templates: TemplatesDep
) -> Response:
    """Show the points entered by hand, and the form to enter more."""
    evaluation = found(evaluation_by_code(session, code))
    return templates.page(
        "console/manual_values.html",
        evaluation=evaluation,
        entries=manual_entries(session, evaluation),
        indicator=request.query_params.get("indicator", ""),
        changed=request.query_params.get("changed"),
    )


@router.post("/manual-values")
def enter_values(
    code: str, session: SessionDep, officer: OfficerDep, form: FormDep, now: NowDep
) -> Response:
    """Keep the points of one leaf for every unit that has some in the form."""
    evaluation = found(evaluation_by_code(session, code))
    indicator = form.text("indicator")
    standing = {
        entry.unit_code: entry
        for entry in manual_entries(session, evaluation)
        if entry.indicator == indicator
    }
    entered = {}
    for unit_code, entry in standing.items():
        written, note = form.text(f"points-{unit_code}"), form.text(f"note-{unit_code}")
        if not written:
            continue
        points = read_points(written, entry.unit_name)
        if (points, note) != (entry.points, entry.note):
            enter_manual_value(
                session,
                evaluation,
                unit_code=unit_code,
                indicator_code=indicator,
                points=points,
                note=note,
                entered_by=officer.name,
                now=now,
            )
            entered[unit_code] = {"before": entry.points, "after": points}
    details = {"indicator": indicator, "values": entered}
    record(
        session,
        actor=officer.name,
        action="values.entered",
        subject=code,
        now=now,
        details=details,
    )
    return _back(code, len(entered), indicator)


@router.get("/manual-values.csv")
def download_manual_values(code: str, session: SessionDep, locale: LocaleDep) -> Response:
    """Send the file to fill in: a row per unit and leaf, with what stands so far."""
    evaluation = found(evaluation_by_code(session, code))
    return csv_download(manual_values_csv(session, evaluation, locale), f"values-{code}.csv")


@router.post("/manual-values/import")
def import_values(
    code: str, session: SessionDep, officer: OfficerDep, form: FormDep, now: NowDep
) -> Response:
    """Enter every row of a filled-in file, or none."""
    if "file" not in form.files:
        raise FieldRefused("field_file")
    count = read_manual_values(
        session,
        found(evaluation_by_code(session, code)),
        form.files["file"],
        file_name="CSV",
        entered_by=officer.name,
        now=now,
    )
    record(
        session,
        actor=officer.name,
        action="values.imported",
        subject=code,
        now=now,
        details={"count": count},
    )
    return _back(code, count, "")


def _back(code: str, count: int, indicator: str) -> Response:
    address = f"/console/evaluations/{code}/manual-values?changed={count}&indicator={indicator}"
    return RedirectResponse(address, 303)
