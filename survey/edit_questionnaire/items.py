"""Add, duplicate, move, delete and change items."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from scales import ItemKind
from survey.edit_questionnaire.document import (
    Document,
    Table,
    copied,
    languages_of,
    put,
    row_of,
    rows_of,
)
from survey.errors import EditRefused

MOST_ITEMS = 200
LONGEST_COMMENT = 200
_NUMBERED = re.compile(r"(.*?)([0-9]+)")
_FIRST_ID = "Q01"


def add_item(document: Document, kind: ItemKind, after: str = "") -> tuple[Document, str]:
    """Return the document with an empty item, at the end or after another, and its id."""
    tables = copied(document)
    item: Table = {"id": _next_id(tables)}
    put(item, "kind", kind.value if kind is not ItemKind.SCALED else None)
    if kind is ItemKind.SCALED:
        _take_after(item, tables)
    elif kind is ItemKind.CHOICE:
        item["options"] = [
            {"id": name, "text": dict.fromkeys(languages_of(document), "")} for name in ("1", "2")
        ]
    else:
        item["max_length"] = LONGEST_COMMENT
    item["text"] = dict.fromkeys(languages_of(document), "")
    _insert(tables, item, after)
    return document.with_tables(tables), item["id"]


def duplicate_item(document: Document, item_id: str) -> tuple[Document, str]:
    """Return the document with a copy of an item right after it, and the copy's id."""
    tables = copied(document)
    item = deepcopy(row_of(tables, "items", item_id)) | {"id": _next_id(tables, item_id)}
    _insert(tables, item, item_id)
    return document.with_tables(tables), item["id"]


def delete_item(document: Document, item_id: str) -> Document:
    """Return the document without an item, nor follow-ups that wait for it."""
    tables = copied(document)
    tables["items"].remove(row_of(tables, "items", item_id))
    if not tables["items"]:
        del tables["items"]
    for item in rows_of(tables, "items"):
        if "first_after_low" in item:
            named = [name for name in item["first_after_low"] if name != item_id]
            put(item, "first_after_low", named)
    return document.with_tables(tables)


def move_item(document: Document, item_id: str, by: int) -> Document:
    """Return the document with an item so many places further down, or up; never over the end."""
    tables = copied(document)
    items = rows_of(tables, "items")
    item = row_of(tables, "items", item_id)
    at = items.index(item)
    items.remove(item)
    items.insert(max(0, min(at + by, len(items))), item)
    return document.with_tables(tables)


def change_item(document: Document, item_id: str, values: Mapping[str, Any]) -> Document:
    """Return the document with other values in an item; what is not named stays."""
    tables = copied(document)
    item = row_of(tables, "items", item_id)
    new_id = values.get("id", item_id)
    if new_id != item_id and any(other["id"] == new_id for other in tables["items"]):
        raise EditRefused("edit_id_taken", id=new_id)
    for key, value in values.items():
        put(item, key, value)
    if new_id != item_id:
        _rename_in_follow_ups(tables, item_id, new_id)
    return document.with_tables(tables)


def _insert(tables: Table, item: Table, after: str) -> None:
    items = tables.setdefault("items", [])
    if len(items) >= MOST_ITEMS:
        raise EditRefused("edit_too_many_items", most=MOST_ITEMS)
    ids = [other["id"] for other in items]
    items.insert(ids.index(after) + 1 if after in ids else len(items), item)


def _take_after(item: Table, tables: Table) -> None:
    """Give a new scaled item the scale and format of the last one, forward."""
    scaled = [own for own in rows_of(tables, "items") if "format" in own]
    formats = list(tables.get("formats", {}))
    scales = [scale["id"] for scale in rows_of(tables, "scales")]
    if scaled:
        put(item, "scale", scaled[-1].get("scale"))
        item["format"] = scaled[-1]["format"]
    else:
        put(item, "scale", scales[-1] if scales else None)
        put(item, "format", formats[0] if formats else None)
    item["keyed"] = "+"


def _next_id(tables: Mapping[str, Any], like: str = "") -> str:
    """Return the next free id in the manner of the last item's, or of the one named: C08 → C09."""
    taken = {item["id"] for item in rows_of(tables, "items")}
    last = like or next(reversed([item["id"] for item in rows_of(tables, "items")]), "")
    match = _NUMBERED.fullmatch(last)
    if not last or match is None:
        match = _NUMBERED.fullmatch(_FIRST_ID if not last else f"{last[:55]}-1")
    if match is None:
        raise EditRefused("edit_gone", id=last)
    number = int(match[2])
    while (name := f"{match[1]}{number:0{len(match[2])}}") in taken:
        number += 1
    return name


def _rename_in_follow_ups(tables: Table, old: str, new: str) -> None:
    for item in tables["items"]:
        if "first_after_low" in item:
            item["first_after_low"] = [
                new if name == old else name for name in item["first_after_low"]
            ]
