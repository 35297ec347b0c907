"""A questionnaire file as it is edited: its tables, and the text they came from."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from scales import Problem, check_questionnaire
from survey.errors import EditRefused, QuestionnaireUnusable
from survey.language import DEFAULT_LOCALE

MENDABLE = frozenset(  # problems that a form of the editor can put right
    {
        "missing_language",
        "empty_text",
        "control_character",
        "labels_differ",
        "labels_not_points",
        "label_count",
        "percent_off_range",
        "percent_length",
        "unknown_format",
        "unknown_scale",
        "mixed_formats",
        "scale_without_items",
        "unknown_option",
        "every_option_ends",
        "unknown_item",
        "not_a_scaled_item",
        "bad_share",
    }
)
_MENDABLE_KEYS = frozenset({"text", "format", "options", "labels"})
PARTS = ("scales", "items")

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """The tables of a file, never changed in place; `source` keeps its comments and layout."""

    tables: Mapping[str, Any]
    source: str = ""

    def with_tables(self, tables: Mapping[str, Any]) -> "Document":
        """Return the document with other tables."""
        return replace(self, tables=tables)

    def with_note(self, note: str) -> "Document":
        """Return the document with a comment in its first line."""
        line = " ".join(note.split())
        return replace(self, source=f"# {line}\n{self.source}") if line else self


def read_document(content: bytes, file: str = "") -> Document:
    """Return a file as a document, or raise `QuestionnaireUnusable` with what no form can mend."""
    fatal = [problem for problem in check_questionnaire(content) if not is_mendable(problem)]
    if fatal:
        raise QuestionnaireUnusable(file, fatal)
    source = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    return Document(tomllib.loads(source), source)


def is_mendable(problem: Problem) -> bool:
    """Whether the editor can open a file with this problem in it."""
    if problem.code == "missing_key":
        return problem.key.rpartition(".")[2] in _MENDABLE_KEYS or problem.key == "items"
    return problem.is_warning or problem.code in MENDABLE


def languages_of(document: Document) -> tuple[str, ...]:
    """Return the languages of the title, Chinese first."""
    return tuple(sorted(document.tables["title"], key=lambda own: own != DEFAULT_LOCALE))


def copied(document: Document) -> Table:
    """Return the tables, free to be changed."""
    return deepcopy(dict(document.tables))


def rows_of(tables: Mapping[str, Any], part: str) -> list[Table]:
    """Return the scales or the items of a file's tables; none where there are none."""
    rows: list[Table] = tables.get(part, [])
    return rows


def row_of(tables: Mapping[str, Any], part: str, row_id: str) -> Table:
    """Return the scale or the item of that id, or raise `EditRefused`."""
    for row in rows_of(tables, part):
        if row["id"] == row_id:
            return row
    raise EditRefused("edit_gone", id=row_id)


def put(row: Table, key: str, value: object) -> None:
    """Set a key, or take it out where the value says nothing: None, empty, false."""
    if value is None or value is False or value in ("", [], {}, ()):
        row.pop(key, None)
    else:
        row[key] = value
