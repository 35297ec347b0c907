"""A format's form → the values of its table: a row for each answer, lowest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from survey.edit_questionnaire.document import Table
from survey.errors import FieldRefused
from survey.exchange.cells import number
from web.forms import Form
from web.templating import plain

MOST_ROWS = 12  # rows of the form; a file may have more
ROOM = 2


@dataclass(frozen=True, slots=True)
class PointRow:
    """One answer: its words by language, and its percent as written."""

    labels: dict[str, str]
    percent: str


@dataclass(frozen=True, slots=True)
class Points:
    """A format as its form shows it."""

    rows: tuple[PointRow, ...]
    count: str
    lowest: str
    dont_know: bool
    fractional: bool


def points_of(own: Table, languages: Sequence[str]) -> Points:
    """Return a stored format as a form shows it."""
    labels = own.get("labels", {})
    longest = max((len(labels.get(each, [])) for each in languages), default=0)
    percent = own.get("percent", [])
    rows = [
        PointRow(
            {each: _at(labels.get(each, []), at) for each in languages},
            plain(percent[at]) if at < len(percent) and longest == len(percent) else "",
        )
        for at in range(longest)
    ]
    count = str(own["points"]) if "points" in own else ""
    flags = (bool(own.get("dont_know")), bool(own.get("fractional")))
    return Points(tuple(rows), count, str(own.get("lowest", 1)), *flags)


def typed_points(form: Form, languages: Sequence[str]) -> Points:
    """Return a format as its form was filled in."""
    rows = tuple(_typed_rows(form, languages))
    flags = (bool(form.all("dont_know")), bool(form.all("fractional")))
    return Points(rows, form.text("points"), form.text("lowest"), *flags)


def read_format(form: Form, own: Table, languages: Sequence[str]) -> dict[str, Any]:
    """Return the format's values as a form has them; `None` takes a key out."""
    typed = typed_points(form, languages)
    percent: list[float] | None = None
    if any(row.percent for row in typed.rows):
        percent = [_percent(row.percent, at) for at, row in enumerate(typed.rows, 1)]
    elif len(own.get("percent", [])) > len(typed.rows):
        percent = own["percent"]
    lowest = _whole(typed.lowest, "field_lowest")
    return {
        "labels": {each: [row.labels[each] for row in typed.rows] for each in languages},
        "points": _whole(typed.count, "field_point_count"),
        "lowest": None if lowest == 1 and "lowest" not in own else lowest,
        "percent": percent,
        "dont_know": typed.dont_know,
        "fractional": typed.fractional,
    }


def _typed_rows(form: Form, languages: Sequence[str]) -> list[PointRow]:
    rows = []
    for at in range(_form_rows(form)):
        labels = {each: form.text(f"label.{at}.{each}") for each in languages}
        row = PointRow(labels, form.text(f"percent.{at}"))
        if row.percent or any(labels.values()):
            rows.append(row)
    return rows


def _form_rows(form: Form) -> int:
    """Return how many rows of answers a form has."""
    numbers = [name.split(".")[1] for name in form.fields if name.startswith("label.")]
    return max((int(each) + 1 for each in numbers if each.isdecimal() and len(each) < 4), default=0)


def _at(labels: Sequence[str], at: int) -> str:
    return labels[at] if at < len(labels) else ""


def _percent(written: str, row: int) -> float:
    value = number(written)
    if not 0 <= value <= 100:
        raise FieldRefused("field_percent", row=row, value=written)
    return int(value) if value.is_integer() else value


def _whole(written: str, field: str) -> int | None:
    if not written:
        return None
    digits = written.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 4):
        raise FieldRefused(field, value=written)
    return int(written)
