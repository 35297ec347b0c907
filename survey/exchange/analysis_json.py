"""The result of an item analysis as JSON, and the JSON schema that describes it."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

from scales import ItemAnalysis, ScaleAnalysis
from survey.item_analysis import TOO_FEW, ItemAnalysisResult, TooFew

_KEPT = {"items", "n", "warnings", "by_item"}


def analysis_json(result: ItemAnalysisResult) -> bytes:
    """Return the result file: UTF-8, figures unrounded, null where a figure does not exist."""
    text = json.dumps(result, default=_plain, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode() + b"\n"


def analysis_schema() -> dict[str, Any]:
    """Return the JSON schema of the result file, made from the classes that fill it."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(ItemAnalysisResult).json_schema(mode="serialization")
    whole = schema["$defs"]["ScaleAnalysis"]
    nothing = {"type": "null"}
    by_item = {
        name: {"enum": ["+", "-"]} if name == "keyed" else nothing
        for name in schema["$defs"]["ItemAnalysis"]["properties"]
    }
    schema["$defs"]["TooFew"] = {
        "type": "object",
        "title": "TooFew",
        "description": TooFew.__doc__,
        "properties": {
            name: what if name in _KEPT else nothing for name, what in whole["properties"].items()
        }
        | {
            "warnings": {"const": [TOO_FEW]},
            "by_item": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "properties": by_item,
                    "required": list(by_item),
                },
            },
        },
        "required": list(whole["properties"]),
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _plain(value: object) -> object:
    if isinstance(value, TooFew):
        return _too_few(value)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in the result")


def _too_few(group: TooFew) -> dict[str, object]:
    """Return every key of a scale's figures, without the figures."""
    nothing = dict.fromkeys(field.name for field in fields(ScaleAnalysis))
    no_item = dict.fromkeys(field.name for field in fields(ItemAnalysis))
    return nothing | {
        "items": list(group.keyed),
        "n": group.n,
        "warnings": [TOO_FEW],
        "by_item": {item: no_item | {"keyed": keyed} for item, keyed in group.keyed.items()},
    }
