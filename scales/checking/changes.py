"""What changed from an older version of the questionnaire, by item id."""

from collections.abc import Mapping

from scales.checking.questionnaire import Reading
from scales.checking.table import Table
from scales.definition import Format, Item, ItemKind, Questionnaire, Scale
from scales.errors import Problem


def note_changes(reading: Reading, older: Questionnaire) -> None:
    """Note every change that makes answers to the two versions incomparable."""
    newer = reading.questionnaire
    _note_versions(reading.tables[""], newer, older)
    items = {item.id: item for item in newer.items}
    if newer.id != older.id and not any(old.id in items for old in older.items):
        return  # two files that have nothing to do with each other
    for old in older.items:
        if old.id not in items:
            values = {"item": old.id, "version": str(older.version)}
            reading.problems.append(
                Problem("item_removed", f"items.{old.id}", "", None, values, is_warning=True)
            )
        else:
            _note_item(reading.tables[f"items.{old.id}"], items[old.id], old)
            _note_scales(reading.tables[f"items.{old.id}"], old.id, newer, older)
    _note_formats(reading.tables, newer, older)
    _note_scale_items(reading.tables, newer, older)


def _note_versions(file: Table, newer: Questionnaire, older: Questionnaire) -> None:
    if newer.id != older.id:
        file.doubt("other_questionnaire", "id", id=newer.id, older=older.id)
    elif newer.version == older.version and newer.content != older.content:
        file.note("version_taken", "version", id=newer.id, version=str(newer.version))
    elif newer.version < older.version:
        versions = {"version": str(newer.version), "older": str(older.version)}
        file.doubt("version_behind", "version", **versions)


def _note_item(table: Table, newer: Item, older: Item) -> None:
    if newer.kind is not older.kind:
        table.note("kind_changed", "kind", older=older.kind.value, newer=newer.kind.value)
        return
    if newer.kind is ItemKind.CHOICE and _option_ids(newer) != _option_ids(older):
        table.doubt("options_changed", "options")
    if newer.format is None or older.format is None:
        return
    if _coding(newer.format) != _coding(older.format) or (
        newer.format.id != older.format.id and newer.format.labels != older.format.labels
    ):
        table.note("format_changed", "format", older=older.format.id, newer=newer.format.id)


def _note_scales(table: Table, item_id: str, newer: Questionnaire, older: Questionnaire) -> None:
    signs, old_signs = _signs(newer, item_id), _signs(older, item_id)
    key = "scales" if "scales" in table.values else "scale"
    if set(signs) != set(old_signs):
        values = {"older": ", ".join(old_signs) or "—", "newer": ", ".join(signs) or "—"}
        table.note("scale_changed", key, **values)
    for scale_id in signs:
        if scale_id in old_signs and signs[scale_id] != old_signs[scale_id]:
            values = {"older": old_signs[scale_id], "newer": signs[scale_id]}
            table.note("keyed_changed", "keyed", scale=scale_id, **values)


def _note_formats(tables: Mapping[str, Table], newer: Questionnaire, older: Questionnaire) -> None:
    """Doubt other words for the points of a format that kept its name."""
    old_formats = _formats(older)
    for name, own in _formats(newer).items():
        if name in old_formats and own.labels != old_formats[name].labels:
            tables[f"formats.{name}"].doubt("labels_changed", "labels")


def _note_scale_items(
    tables: Mapping[str, Table], newer: Questionnaire, older: Questionnaire
) -> None:
    """Doubt a scale that kept its name but not its items."""
    old_scales = {scale.id: scale for scale in older.scales}
    for scale in newer.scales:
        if scale.id in old_scales and _item_ids(scale) != _item_ids(old_scales[scale.id]):
            older_items = ", ".join(sorted(_item_ids(old_scales[scale.id])))
            newer_items = ", ".join(sorted(_item_ids(scale)))
            values = {"scale": scale.id, "older": older_items, "newer": newer_items}
            tables[f"scales.{scale.id}"].doubt("scale_items_changed", "items", **values)


def _coding(own: Format) -> tuple[object, ...]:
    return own.points, own.lowest, own.percent, own.fractional


def _option_ids(item: Item) -> set[str]:
    return {option.id for option in item.options}


def _item_ids(scale: Scale) -> set[str]:
    return {item.id for item in scale.items}


def _signs(questionnaire: Questionnaire, item_id: str) -> dict[str, str]:
    return {
        scale.id: item.keying.value
        for scale in questionnaire.scales
        for item in scale.items
        if item.id == item_id
    }


def _formats(questionnaire: Questionnaire) -> dict[str, Format]:
    return {item.format.id: item.format for item in questionnaire.items if item.format is not None}
