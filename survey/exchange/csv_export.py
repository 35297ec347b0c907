"""Figures as CSV: UTF-8 with BOM, no cell a formula, numbers unrounded."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from survey.language import messages
from survey.results import (
    Cell,
    EvaluationResults,
    IndicatorTable,
    NodeValue,
    ScaleScore,
    UnitResult,
)
from survey.rules.scoring.standing import Standing

Value = str | int | float | bool | None

_NOTHING: tuple[Value, ...] = (None,) * 8

_BOM = "\ufeff"
_RUNNABLE = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")

_SCORE_COLUMNS = (
    "unit_code",
    "unit_name",
    "category",
    "audience",
    "campaign",
    "questionnaire",
    "questionnaire_version",
    "scale",
    "n",
    "mean_percent",
    "ci95_low",
    "ci95_high",
    "band_low",
    "band_high",
    "is_enough_for_grade",
    "is_renormalised",
    "not_shown",
    "run",
    "finite_ci95_low",
    "finite_ci95_high",
    "top_share",
    "top_share_low",
    "top_share_high",
    "response_rate",
    "reliability",
    "shrunken_percent",
    "place",
    "place_low",
    "place_high",
    "place_of",
    "interval_not_shown",
    "merged_into",
)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a CSV file; a text that a spreadsheet would run is written with a leading '."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_guarded(name) for name in header])
    writer.writerows([_guarded(value) for value in row] for row in rows)
    return (_BOM + text.getvalue()).encode("utf-8")


def read_text(cell: str) -> str:
    """Return the text that `write_csv` was given."""
    return cell[1:] if cell.startswith("'") and _RUNNABLE.match(cell) else cell


def scores_csv(results: EvaluationResults, locale: str) -> bytes:
    """Return a row per unit, audience and scale, and one per unit for the unit score."""
    return write_csv(columns(_SCORE_COLUMNS, locale), _score_rows(results))


def indicators_csv(table: IndicatorTable, locale: str) -> bytes:
    """Return a row per unit with its points on each node of the tree, total and rank."""
    header = [
        *columns(("unit_code", "unit_name", "category"), locale),
        *(f"{node.code} {node.title.get(locale, '')}".strip() for node in table.nodes),
        *columns(("total_points", "rank", "pending_count", "run"), locale),
    ]
    run = table.run.code if table.run is not None else None
    rows = (
        (
            unit.code,
            unit.name,
            unit.category,
            *(_points(value) for value in unit.values),
            unit.total_points if unit.band_points is None else _band(unit.band_points),
            unit.rank,
            unit.pending_count,
            run,
        )
        for category in table.categories
        for unit in category.units
    )
    return write_csv(header, rows)


def columns(names: Sequence[str], locale: str) -> list[str]:
    """Return the words of a header; in English they are the names of the feed."""
    return [messages().phrase(f"columns.{name}", locale) for name in names]


def _score_rows(results: EvaluationResults) -> Iterator[tuple[Value, ...]]:
    run = results.run.code if results.run is not None else None
    for unit in results.units:
        yield (*_unit_score_row(unit), run, *_NOTHING, *_place(unit.score.standing), None, None)
        for cell in unit.cells:
            for score in cell.scores:
                yield (*_cell_row(unit, cell, score), run, *_worth(cell, score))


def _unit_score_row(unit: UnitResult) -> tuple[Value, ...]:
    score = unit.score
    return (
        *(unit.code, unit.name, unit.category, None, None, None, None, "unit_score", None),
        score.percent,
        *(None, None),
        *(score.band_percent or (None, None)),
        score.is_enough_for_grade,
        score.is_renormalised,
        score.not_shown.code if score.not_shown is not None else None,
    )


def _cell_row(unit: UnitResult, cell: Cell, score: ScaleScore) -> tuple[Value, ...]:
    return (
        *(unit.code, unit.name, unit.category, cell.audience.value, cell.campaign),
        *(cell.questionnaire, cell.questionnaire_version, score.scale, score.n),
        score.mean_percent,
        *(score.ci95_percent or (None, None)),
        *(score.band_percent or (None, None)),
        score.is_enough_for_grade,
        None,
        score.not_shown.code if score.not_shown is not None else None,
    )


def _worth(cell: Cell, score: ScaleScore) -> tuple[Value, ...]:
    top = score.top
    return (
        *(score.finite_ci95_percent or (None, None)),
        top.share if top is not None else None,
        *((top.ci95 if top is not None else None) or (None, None)),
        cell.response_rate,
        score.reliability,
        score.shrunken_percent,
        *_place(score.standing),
        score.interval_not_shown.code if score.interval_not_shown is not None else None,
        cell.merged_into,
    )


def _place(standing: Standing | None) -> tuple[Value, ...]:
    if standing is None:
        return None, None, None, None
    return standing.place, standing.low, standing.high, standing.compared_count


def _points(value: NodeValue) -> Value:
    return value.points if value.band_points is None else _band(value.band_points)


def _band(band: tuple[float, float]) -> str:
    return f"{band[0]:g}–{band[1]:g}"


def _guarded(value: Value) -> str | int | float:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if _RUNNABLE.match(value) else value
    return "" if value is None else value
