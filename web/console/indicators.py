"""The indicator tree with each unit's points, totals and ranks."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from survey.exchange.csv_export import indicators_csv
from survey.results import evidence_of, indicator_table
from survey.storage.queries.evaluations import evaluation_by_code
from web.console.downloads import csv_download
from web.console.reading import leaves_under
from web.dependencies import (
    LocaleDep,
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
