"""The scales of a questionnaire file, and which items belong to them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scales.checking.table import Table, is_number, shown
from scales.checking.texts import read_text
from scales.definition import Item, Keying, Scale

Memberships = Mapping[str, Keying]  # scale id → keying of the item in that scale

_KEYS = frozenset({"id", "title", "min_answered"})
_SHARE = re.compile(r"\d{1,6}/0*[1-9]\d{0,5}|\d{1,6}(\.\d{1,12})?")
_SIGNS = [keying.value for keying in Keying]


def read_scale(
    table: Table, scale_id: str, languages: tuple[str, ...], items: Sequence[tuple[Item, Keying]]
) -> Scale:
    """Return the scale a table describes, with the items that named it."""
    table.refuse_unknown_keys(_KEYS)
    scale = Scale(
        id=scale_id,
        title=read_text(table, "title", languages),
        items=tuple(replace(item, keying=keying) for item, keying in items),
        min_answered=_read_share(table),
    )
    if scale_id and not items:
        table.note("scale_without_items", "id", scale=scale_id)
    _doubt_scale(table, scale)
    return scale


def read_memberships(table: Table, scale_ids: frozenset[str]) -> Memberships:
    """Return the scales an item names, in `scale` or `scales`, and its keying in each."""
    keyed = _read_sign(table, "keyed", table.values.get("keyed", Keying.FORWARD.value))
    if "scale" in table.values and "scales" in table.values:
        table.note("scale_and_scales", "scales")
    if isinstance(table.values.get("scales"), dict):
        return _read_keyed_scales(table, table.values["scales"], scale_ids)
    named = table.strings("scales")
    if "scale" in table.values:
        named = tuple(name for name in [table.string("scale")] if name is not None)
    key = "scale" if "scale" in table.values else "scales"
    _refuse_unknown_scales(table, key, named, scale_ids)
    return {name: keyed for name in named if name in scale_ids}


def check_formats(scale: Scale, tables: Mapping[str, Table]) -> None:
    """Note each item whose format is not the one most items of the scale have."""
    names = [item.format.id for item in scale.items if item.format is not None]
    if len(set(names)) < 2:
        return
    usual = Counter(names).most_common(1)[0][0]
    for item in scale.items:
        if item.format is not None and item.format.id != usual:
            values = {"scale": scale.id, "format": item.format.id, "usual": usual}
            tables[item.id].note("mixed_formats", "format", **values)


def _read_keyed_scales(
    table: Table, signs: Mapping[str, object], scale_ids: frozenset[str]
) -> Memberships:
    if "keyed" in table.values:
        table.note("keyed_twice", "keyed")
    if not signs:
        table.note("empty_list", "scales")
    _refuse_unknown_scales(table, "scales", tuple(signs), scale_ids)
    keyings = {name: _read_sign(table, f"scales.{name}", sign) for name, sign in signs.items()}
    return {name: keying for name, keying in keyings.items() if name in scale_ids}


def _refuse_unknown_scales(
    table: Table, key: str, named: tuple[str, ...], scale_ids: frozenset[str]
) -> None:
    for name in named:
        if name not in scale_ids:
            known = ", ".join(sorted(scale_ids)) or "—"
            table.note("unknown_scale", key, scale=shown(name), known=known)


def _read_sign(table: Table, key: str, sign: object) -> Keying:
    if sign not in _SIGNS:
        table.note("bad_keyed", key, found=shown(sign))
        return Keying.FORWARD
    return Keying(sign)


def _read_share(table: Table) -> Fraction:
    value = table.values.get("min_answered", "2/3")
    share = Fraction(0)
    if isinstance(value, str) and _SHARE.fullmatch(value.strip()):
        share = Fraction(value.strip())
    elif is_number(value) and 0 < value <= 1:
        share = Fraction(repr(value))  # the decimal as written: 0.1 is a tenth
    if not 0 < share <= 1:
        table.note("bad_share", "min_answered", found=shown(value))
        return Fraction(2, 3)
    return share


def _doubt_scale(table: Table, scale: Scale) -> None:
    count = len(scale.items)
    if count == 1:
        table.doubt("scale_of_one_item", "items", scale=scale.id, item=scale.items[0].id)
    if count == 2:
        items = ", ".join(item.id for item in scale.items)
        table.doubt("scale_of_two_items", "items", scale=scale.id, items=items)
    if count > 1 and len({item.keying for item in scale.items}) == 1:
        keyed = scale.items[0].keying.value
        table.doubt("all_keyed_the_same_way", "keyed", scale=scale.id, keyed=keyed)
    _doubt_share(table, scale)


def _doubt_share(table: Table, scale: Scale) -> None:
    """Doubt a share like 0.67, which asks for all of three items where two thirds were meant."""
    count = len(scale.items)
    meant = round(scale.min_answered * count)
    if 0 < meant < scale.needed_count and scale.min_answered - Fraction(meant, count) < 0.01:
        values = {"count": str(count), "needed": str(scale.needed_count), "meant": str(meant)}
        table.doubt("share_asks_for_more", "min_answered", **values)
