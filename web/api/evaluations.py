"""The feed's addresses: evaluations, units, campaigns, scores, indicator values, totals."""

from dataclasses import fields, replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query

from survey.exchange.csv_export import scores_csv
from survey.results import (
    CampaignProgress,
    EvaluationInfo,
    EvaluationResults,
    Evidence,
    IndicatorTable,
    UnitReport,
    evaluation_list,
    evaluation_overview,
    evaluation_results,
    evidence_of,
    indicator_table,
    unit_report,
)
from survey.storage.queries.evaluations import evaluation_by_code, units_of
from web.api.access import feed_reader
from web.api.csv_replies import csv_reply, entries_as_csv
from web.api.shapes import (
    CampaignEntry,
    IndicatorValueEntry,
    IndicatorValues,
    TotalEntry,
    Totals,
    UnitEntry,
)
from web.dependencies import NowDep, SessionDep
from web.found import found

PREFIX = "/api/v1"

router = APIRouter(
    prefix=PREFIX,
    dependencies=[Depends(feed_reader)],
    generate_unique_id_function=lambda route: route.name,
)


def wants_csv(
    format: Annotated[Literal["json", "csv"], Query(description="json or csv")] = "json",
) -> bool:
    """Whether the list is asked for as CSV."""
    return format == "csv"


CsvDep = Annotated[bool, Depends(wants_csv)]


@router.get("/evaluations", response_model=tuple[EvaluationInfo, ...])
def list_evaluations(session: SessionDep, as_csv: CsvDep) -> Any:
    """List the evaluations, newest year first."""
    entries = evaluation_list(session)
    return entries_as_csv(EvaluationInfo, entries) if as_csv else entries


@router.get("/evaluations/{code}/units", response_model=tuple[UnitEntry, ...])
def list_units(code: str, session: SessionDep, as_csv: CsvDep) -> Any:
    """List the units of an evaluation, by code."""
    evaluation = found(evaluation_by_code(session, code))
    entries = tuple(
        UnitEntry(unit.code, unit.name, unit.category, unit.level)
        for unit in units_of(session, evaluation.id or 0)
    )
    return entries_as_csv(UnitEntry, entries) if as_csv else entries


@router.get("/evaluations/{code}/units/{unit}", response_model=UnitReport)
def read_unit(code: str, unit: str, session: SessionDep) -> Any:
    """Read one unit: what its scores are worth, and each ranking of its category."""
    return unit_report(session, found(evaluation_by_code(session, code)), unit)


@router.get("/evaluations/{code}/campaigns", response_model=tuple[CampaignEntry, ...])
def list_campaigns(code: str, session: SessionDep, now: NowDep, as_csv: CsvDep) -> Any:
    """List the campaigns of an evaluation; counts of single-use links move in steps of five."""
    overview = evaluation_overview(session, found(evaluation_by_code(session, code)), now)
    entries = tuple(_campaign_entry(campaign) for campaign in overview.campaigns)
    return entries_as_csv(CampaignEntry, entries) if as_csv else entries


@router.get("/evaluations/{code}/scores", response_model=EvaluationResults)
def read_scores(code: str, session: SessionDep, as_csv: CsvDep) -> Any:
    """Read the newest run: unit scores, cells with their scales, reliability of each campaign."""
    results = evaluation_results(session, found(evaluation_by_code(session, code)))
    return csv_reply(scores_csv(results, "en")) if as_csv else results


@router.get("/evaluations/{code}/indicator-values", response_model=IndicatorValues)
def read_indicator_values(
    code: str,
    session: SessionDep,
    as_csv: CsvDep,
    unit: Annotated[str | None, Query(description="a unit's code: its evidence is inside")] = None,
) -> Any:
    """Read each unit's points on each leaf, with the address of their evidence."""
    evaluation = found(evaluation_by_code(session, code))
    table = indicator_table(session, evaluation)
    entries = _value_entries(table, unit)
    run = table.run.code if table.run is not None else None
    if as_csv:
        return entries_as_csv(IndicatorValueEntry, entries, run=run)
    if unit is not None:
        entries = tuple(
            replace(entry, evidence=evidence_of(session, evaluation, unit, entry.indicator))
            for entry in entries
        )
    return IndicatorValues(code, table.run, entries)


@router.get("/evaluations/{code}/evidence/{unit}/{indicator}", response_model=Evidence)
def read_evidence(code: str, unit: str, indicator: str, session: SessionDep) -> Any:
    """Trace a value: from a unit's points on a leaf down to what was counted."""
    return evidence_of(session, found(evaluation_by_code(session, code)), unit, indicator)


@router.get("/evaluations/{code}/totals", response_model=Totals)
def read_totals(code: str, session: SessionDep, as_csv: CsvDep) -> Any:
    """Read each unit's total, and its rank among its category."""
    table = indicator_table(session, found(evaluation_by_code(session, code)))
    entries = tuple(
        TotalEntry(
            unit.code,
            unit.name,
            unit.category,
            unit.total_points,
            unit.band_points,
            unit.rank,
            unit.rank_not_shown,
            unit.pending_count,
        )
        for category in table.categories
        for unit in category.units
    )
    if as_csv:
        return entries_as_csv(TotalEntry, entries, run=table.run.code if table.run else None)
    return Totals(code, table.run, entries)


def _campaign_entry(campaign: CampaignProgress) -> CampaignEntry:
    names = [field.name for field in fields(CampaignEntry)]
    return CampaignEntry(**{name: getattr(campaign, name) for name in names})


def _value_entries(table: IndicatorTable, wanted: str | None) -> tuple[IndicatorValueEntry, ...]:
    code = table.evaluation.code
    return tuple(
        IndicatorValueEntry(
            unit=unit.code,
            indicator=node.code,
            title=node.title,
            source=node.source,
            full_points=node.full_points,
            points=value.points,
            band_points=value.band_points,
            is_renormalised=value.is_renormalised,
            not_shown=value.not_shown,
            evidence_path=f"{PREFIX}/evaluations/{code}/evidence/{unit.code}/{node.code}",
            evidence=None,
        )
        for category in table.categories
        for unit in category.units
        if wanted in (None, unit.code)
        for node, value in zip(table.nodes, unit.values, strict=True)
        if node.source is not None
    )
