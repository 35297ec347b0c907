"""Which scales an item belongs to, and which way it points in each."""

from collections.abc import Mapping
from typing import Any

from scales import Keying
from survey.edit_questionnaire.document import Document, Table, copied, put, row_of
from survey.errors import EditRefused

_FORWARD, _REVERSE = Keying.FORWARD.value, Keying.REVERSE.value


def memberships_of(item: Mapping[str, Any]) -> dict[str, str]:
    """Return scale id → ``+`` or ``-``, as the item's table has it."""
    scales = item.get("scales", [item["scale"]] if "scale" in item else [])
    if isinstance(scales, Mapping):
        return dict(scales)
    return dict.fromkeys(scales, item.get("keyed", _FORWARD))


def set_memberships(item: Table, signs: Mapping[str, str], keyed: str = _FORWARD) -> None:
    """Write memberships the shortest way: one scale, several of one key, or a key each."""
    for key in ("scale", "scales", "keyed"):
        item.pop(key, None)
    if len(set(signs.values())) > 1:
        item["scales"] = dict(signs)
        return
    names = list(signs)
    put(item, "scale" if len(names) == 1 else "scales", names[0] if len(names) == 1 else names)
    item["keyed"] = next(iter(signs.values()), keyed)


def turn_item(document: Document, item_id: str, keyed: str, scale: str = "") -> Document:
    """Return the document with an item's key as wanted, in one scale or in all of its own."""
    if keyed not in (_FORWARD, _REVERSE):
        raise EditRefused("edit_keyed", keyed=keyed)
    tables = copied(document)
    item = row_of(tables, "items", item_id)
    if "kind" in item and item["kind"] != "scaled":
        raise EditRefused("edit_not_scaled", id=item_id)
    signs = memberships_of(item)
    turned = {name: keyed if scale in ("", name) else sign for name, sign in signs.items()}
    if len(set(turned.values())) > 1 or isinstance(item.get("scales"), Mapping):
        set_memberships(item, turned)
    else:
        item["keyed"] = keyed
    return document.with_tables(tables)
