"""Add, change and delete scales."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from survey.edit_questionnaire.document import Document, copied, languages_of, put, row_of, rows_of
from survey.edit_questionnaire.memberships import memberships_of, set_memberships
from survey.errors import EditRefused

MOST_SCALES = 50


def add_scale(document: Document, scale_id: str = "") -> tuple[Document, str]:
    """Return the document with an empty scale, and its id."""
    tables = copied(document)
    taken = {scale["id"] for scale in rows_of(tables, "scales")}
    if len(taken) >= MOST_SCALES:
        raise EditRefused("edit_too_many_scales", most=MOST_SCALES)
    if scale_id in taken:
        raise EditRefused("edit_id_taken", id=scale_id)
    free = next(name for n in count(len(taken) + 1) if (name := f"scale{n}") not in taken)
    scale = {"id": scale_id or free, "title": dict.fromkeys(languages_of(document), "")}
    tables.setdefault("scales", []).append(scale | {"min_answered": "2/3"})
    return document.with_tables(tables), scale_id or free


def change_scale(document: Document, scale_id: str, values: Mapping[str, Any]) -> Document:
    """Return the document with other values in a scale; its items follow a new id."""
    tables = copied(document)
    scale = row_of(tables, "scales", scale_id)
    new_id = values.get("id", scale_id)
    if new_id != scale_id and any(other["id"] == new_id for other in tables["scales"]):
        raise EditRefused("edit_id_taken", id=new_id)
    for key, value in values.items():
        put(scale, key, value)
    for item in rows_of(tables, "items"):
        signs = memberships_of(item)
        if new_id != scale_id and scale_id in signs:
            renamed = {new_id if name == scale_id else name: signs[name] for name in signs}
            set_memberships(item, renamed)
    return document.with_tables(tables)


def delete_scale(document: Document, scale_id: str) -> Document:
    """Return the document without a scale; its items stay, as background items."""
    tables = copied(document)
    tables["scales"].remove(row_of(tables, "scales", scale_id))
    if not tables["scales"]:
        del tables["scales"]
    for item in rows_of(tables, "items"):
        signs = memberships_of(item)
        if scale_id in signs:
            sign = signs.pop(scale_id)
            set_memberships(item, signs, sign)
    return document.with_tables(tables)


def item_ids_of(document: Document, scale_id: str) -> list[str]:
    """Return the items that belong to a scale."""
    items = rows_of(document.tables, "items")
    return [item["id"] for item in items if scale_id in memberships_of(item)]
