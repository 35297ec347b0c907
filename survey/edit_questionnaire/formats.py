"""Add, change and delete formats: the answers people tick."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from survey.edit_questionnaire.document import Document, Table, copied, languages_of, put, rows_of
from survey.errors import EditRefused

MOST_FORMATS = 30
_READY = Path(__file__).with_name("ready_formats.toml")


def ready_formats() -> tuple[str, ...]:
    """Return the names of the formats that may be taken over."""
    return tuple(_ready())


def add_format(document: Document, ready: str) -> tuple[Document, str]:
    """Return the document with a ready format in the languages of the file, and its name."""
    if ready not in _ready():
        raise EditRefused("edit_format_unknown", format=ready)
    tables = copied(document)
    formats = tables.setdefault("formats", {})
    if len(formats) >= MOST_FORMATS:
        raise EditRefused("edit_too_many_formats", most=MOST_FORMATS)
    names = (name for n in count(1) for name in [ready if n == 1 else f"{ready}_{n}"])
    free = next(name for name in names if name not in formats)
    formats[free] = _in_languages(_ready()[ready], languages_of(document))
    return document.with_tables(tables), free


def change_format(document: Document, name: str, values: Mapping[str, Any]) -> Document:
    """Return the document with other values in a format."""
    tables = copied(document)
    own = format_of(tables, name)
    for key, value in values.items():
        put(own, key, value)
    return document.with_tables(tables)


def delete_format(document: Document, name: str) -> Document:
    """Return the document without a format, or raise `EditRefused` while items use it."""
    tables = copied(document)
    format_of(tables, name)
    users = [item["id"] for item in rows_of(tables, "items") if item.get("format") == name]
    if users:
        raise EditRefused("edit_format_used", format=name, items=", ".join(users))
    del tables["formats"][name]
    if not tables["formats"]:
        del tables["formats"]
    return document.with_tables(tables)


def format_of(tables: Mapping[str, Any], name: str) -> Table:
    """Return the format of that name, or raise `EditRefused`."""
    formats: dict[str, Table] = tables.get("formats", {})
    if name not in formats:
        raise EditRefused("edit_gone", id=name)
    return formats[name]


@cache
def _ready() -> Mapping[str, Table]:
    return tomllib.loads(_READY.read_text("utf-8"))


def _in_languages(ready: Table, languages: tuple[str, ...]) -> Table:
    blank = [""] * len(next(iter(ready["labels"].values())))
    return deepcopy(ready) | {"labels": {own: ready["labels"].get(own, blank) for own in languages}}
