"""How a draft begins: empty, from a template, or as the next version of a published file."""

from collections.abc import Mapping
from typing import Any

from scales import ItemKind
from survey.edit_questionnaire.document import Document, copied, put
from survey.edit_questionnaire.formats import add_format
from survey.edit_questionnaire.items import add_item
from survey.edit_questionnaire.scales import add_scale


def blank_document(questionnaire_id: str, title: Mapping[str, str]) -> Document:
    """Return a questionnaire with one scale, one format and one item to begin with."""
    document = Document({"id": questionnaire_id, "version": 1, "title": dict(title)})
    document, _ = add_format(document, "agree5")
    document, _ = add_scale(document)
    document, _ = add_item(document, ItemKind.SCALED)
    return document


def as_version(document: Document, version: int, questionnaire_id: str = "") -> Document:
    """Return the document under another number, and another id where one is given."""
    tables = copied(document)
    tables["version"] = version
    tables["id"] = questionnaire_id or tables["id"]
    return document.with_tables(tables)


def change_head(document: Document, values: Mapping[str, Any]) -> Document:
    """Return the document with another title, opening, id or version."""
    tables = copied(document)
    for key, value in values.items():
        put(tables, key, value)
    return document.with_tables(tables)
