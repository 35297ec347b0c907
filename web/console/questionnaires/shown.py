"""Parts of a draft as templates read them: every key is there, empty where the file has none."""

from collections.abc import Mapping
from typing import Any

_ITEM: Mapping[str, Any] = {
    "text": {},
    "format": "",
    "keyed": "+",
    "required": False,
    "evidence": False,
    "options": [],
    "ends": [],
    "max_length": "",
    "first_after_low": [],
}


def shown_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with every key."""
    filled = {key: value for key, value in item.items() if value is not None}
    options = [{"text": {}, **option} for option in filled.get("options", [])]
    return {**_ITEM, **filled, "options": options}


def shown_scale(scale: Mapping[str, Any]) -> dict[str, Any]:
    """Return a scale with every key."""
    return {"title": {}, "min_answered": "2/3", **scale}


def shown_head(head: Mapping[str, Any]) -> dict[str, Any]:
    """Return title, opening and order with every key."""
    filled = {key: value for key, value in head.items() if value is not None}
    return {"opening": {}, "shuffle": False, **filled}


def shown_tables(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole file with every key; its items apart."""
    formats = {name: {"labels": {}, **own} for name, own in tables.get("formats", {}).items()}
    scales = [shown_scale(scale) for scale in tables.get("scales", [])]
    return {**shown_head(tables), "formats": formats, "scales": scales}
