"""The items of a questionnaire file: scaled, choice, open text."""

from collections.abc import Mapping
from dataclasses import dataclass

from scales.checking.scales import Memberships, read_memberships
from scales.checking.table import Table, shown
from scales.checking.texts import read_text
from scales.definition import Format, Item, ItemKind, Keying, Option

MOST_OPTIONS = 250  # an option's position must fit a byte beside "don't know"
LONGEST_TEXT = 10_000

_COMMON = frozenset({"id", "kind", "text", "required"})
_OWN = {
    ItemKind.SCALED: frozenset({"format", "scale", "scales", "keyed", "evidence"}),
    ItemKind.CHOICE: frozenset({"options", "ends", "evidence"}),
    ItemKind.TEXT: frozenset({"max_length", "first_after_low"}),
}
_ALL = _COMMON.union(*_OWN.values())
_RESERVED = "seconds"  # a column of answers files


@dataclass(frozen=True)
class Surroundings:
    """What an item may refer to, and the languages its words need."""

    formats: Mapping[str, Format]
    scale_ids: frozenset[str]
    languages: tuple[str, ...]


def read_item(table: Table, item_id: str, around: Surroundings) -> tuple[Item, Memberships]:
    """Return the item a table describes, and the scales it belongs to."""
    kind = _read_kind(table)
    memberships = read_memberships(table, around.scale_ids) if kind is ItemKind.SCALED else {}
    item = Item(
        id=item_id,
        kind=kind or ItemKind.SCALED,
        text=read_text(table, "text", around.languages),
        format=_read_format(table, around) if kind is ItemKind.SCALED else None,
        keying=next(iter(memberships.values()), Keying.FORWARD),
        required=table.flag("required"),
        evidence=table.flag("evidence"),
        options=_read_options(table, around) if kind is ItemKind.CHOICE else (),
        ends=frozenset(table.strings("ends")) if kind is ItemKind.CHOICE else frozenset(),
        max_length=_read_max_length(table) if kind is ItemKind.TEXT else None,
        first_after_low=table.strings("first_after_low") if kind is ItemKind.TEXT else (),
    )
    if item_id == _RESERVED:
        table.note("reserved_id", "id", id=item_id)
    _check_ends(table, item)
    return item, memberships


def check_follow_ups(table: Table, item: Item, items: Mapping[str, Item]) -> None:
    """Note what `first_after_low` names that is no scaled item."""
    for name in item.first_after_low:
        if name not in items:
            table.note("unknown_item", "first_after_low", item=shown(name))
        elif items[name].kind is not ItemKind.SCALED:
            table.note("not_a_scaled_item", "first_after_low", item=name)


def _read_kind(table: Table) -> ItemKind | None:
    """Return the kind, or None where it is none of ours; then nothing else can be judged."""
    word = table.string("kind", ItemKind.SCALED.value)
    if word not in [kind.value for kind in ItemKind]:
        if word is not None:
            table.note("unknown_kind", "kind", kind=shown(word))
        return None
    kind = ItemKind(word)
    table.refuse_unknown_keys(_ALL)
    for key in table.values:
        if key in _ALL - _COMMON - _OWN[kind]:
            table.note("key_of_another_kind", key, kind=kind.value, others=_kinds_with(key))
    return kind


def _kinds_with(key: str) -> str:
    return ", ".join(kind.value for kind, keys in _OWN.items() if key in keys)


def _read_format(table: Table, around: Surroundings) -> Format | None:
    name = table.string("format")
    if name is not None and name not in around.formats:
        known = ", ".join(around.formats) or "—"
        table.note("unknown_format", "format", format=shown(name), known=known)
    return around.formats.get(name) if name is not None else None


def _read_options(table: Table, around: Surroundings) -> tuple[Option, ...]:
    if "options" not in table.values:
        table.note("missing_key", "options")
        return ()
    options: dict[str, Option] = {}
    entries = table.entries("options")
    if len(entries) > MOST_OPTIONS:
        table.note("too_many_options", "options", count=str(len(entries)), most=str(MOST_OPTIONS))
    for number, entry in enumerate(entries, 1):
        inner = table.inside(f"options[{number}]", entry)
        inner.refuse_unknown_keys({"id", "text"})
        option = Option(inner.identifier(), read_text(inner, "text", around.languages))
        if option.id and option.id in options:
            inner.note("duplicate_option", "id", id=option.id)
        options[option.id] = option
    return tuple(options.values())


def _check_ends(table: Table, item: Item) -> None:
    known = [option.id for option in item.options]
    for name in sorted(item.ends.difference(known)):
        table.note("unknown_option", "ends", option=shown(name), known=", ".join(known) or "—")
    if known and item.ends.issuperset(known):
        table.note("every_option_ends", "ends")


def _read_max_length(table: Table) -> int | None:
    if "max_length" not in table.values:
        return None
    return table.whole("max_length", LONGEST_TEXT, 1, LONGEST_TEXT)
