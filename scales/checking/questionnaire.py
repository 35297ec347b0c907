"""A whole questionnaire file: its parts put together, and what only shows when they meet."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scales.checking.formats import read_format
from scales.checking.items import Surroundings, check_follow_ups, read_item
from scales.checking.scales import Memberships, check_formats, read_scale
from scales.checking.source import Source, read_source
from scales.checking.table import ID, Table, shown
from scales.checking.texts import read_languages, read_text
from scales.definition import Item, Keying, Questionnaire, Scale
from scales.errors import Problem

_KEYS = frozenset({"id", "version", "title", "opening", "shuffle", "formats", "scales", "items"})
_HIGHEST_VERSION = 1_000_000

Members = Sequence[tuple[Item, Memberships]]


@dataclass(frozen=True)
class Reading:
    """A file as far as it could be read, and everything that is wrong or doubtful in it."""

    questionnaire: Questionnaire
    tables: Mapping[str, Table]  # "" is the file itself; then "formats.AG5", "items.C02", …
    problems: list[Problem]


def read(content: bytes) -> Reading:
    """Read a file; raises `DefinitionError` only where it is no TOML at all."""
    source = read_source(content)
    problems: list[Problem] = []
    file = Table(source.tables, "", None, problems)
    file.refuse_unknown_keys(_KEYS)
    languages = read_languages(file)
    format_tables = _format_tables(source, file)
    scale_tables = _numbered_tables(source, file, "scales")
    item_tables = _numbered_tables(source, file, "items")
    scale_ids = _read_ids(scale_tables)
    formats = {name: read_format(t, name, languages) for name, t in format_tables.items()}
    around = Surroundings(formats, frozenset(scale_ids) - {""}, languages)
    members = _read_items(item_tables, around)
    scales = tuple(
        read_scale(table, scale_id, languages, _members_of(scale_id, members))
        for table, scale_id in zip(scale_tables, scale_ids, strict=True)
    )
    _check_formats(scales, members, item_tables)
    questionnaire = _put_together(file, content, languages, members, scales)
    tables = {t.name: t for t in (file, *format_tables.values(), *scale_tables, *item_tables)}
    return Reading(questionnaire, tables, problems)


def _put_together(
    file: Table,
    content: bytes,
    languages: tuple[str, ...],
    members: Members,
    scales: tuple[Scale, ...],
) -> Questionnaire:
    return Questionnaire(
        id=file.identifier(),
        version=_read_version(file),
        title=read_text(file, "title", languages),
        opening=read_text(file, "opening", languages) if "opening" in file.values else None,
        languages=languages,
        items=tuple(item for item, _ in members),
        scales=scales,
        content=content,
        digest=f"sha256:{hashlib.sha256(content).hexdigest()}",
        shuffle=file.flag("shuffle"),
    )


def _read_version(file: Table) -> int:
    if "version" not in file.values:
        file.note("missing_key", "version")
        return 1
    return file.whole("version", 1, 1, _HIGHEST_VERSION)


def _format_tables(source: Source, file: Table) -> dict[str, Table]:
    content = file.values.get("formats", {})
    if not isinstance(content, dict):
        file.note("not_a_table", "formats", found=shown(content))
        return {}
    tables: dict[str, Table] = {}
    for name, values in content.items():
        line = source.line_of(("formats", name))
        tables[name] = Table(values, f"formats.{name}", line, file.problems)
        if not ID.fullmatch(name):
            tables[name].note("bad_id", "", found=shown(name))
    return tables


def _numbered_tables(source: Source, file: Table, key: str) -> list[Table]:
    """Return the tables of an ``[[array]]``, each named by its id, or by its number without one."""
    if isinstance(file.values.get(key), dict):
        file.note("single_brackets", key)
        return []
    tables: list[Table] = []
    for number, values in enumerate(file.entries(key)):
        own_id = values.get("id") if isinstance(values, dict) else None
        is_named = isinstance(own_id, str) and ID.fullmatch(own_id)
        name = f"{key}.{own_id}" if is_named else f"{key}[{number + 1}]"
        tables.append(Table(values, name, source.line_of((key, number)), file.problems))
    if key == "items" and key not in file.values:
        file.note("missing_key", key)
    return tables


def _read_ids(tables: Sequence[Table]) -> list[str]:
    """Return the id of each table, empty where it has none; note those that come twice."""
    ids: list[str] = []
    first: dict[str, Table] = {}
    for table in tables:
        own_id = table.identifier()
        if own_id in first:
            table.note("duplicate_id", "id", id=own_id, line=str(first[own_id].line))
        elif own_id:
            first[own_id] = table
        ids.append(own_id)
    return ids


def _read_items(tables: Sequence[Table], around: Surroundings) -> Members:
    ids = _read_ids(tables)
    members = [read_item(t, own_id, around) for t, own_id in zip(tables, ids, strict=True)]
    items = {item.id: item for item, _ in members}
    for table, (item, _) in zip(tables, members, strict=True):
        check_follow_ups(table, item, items)
    return members


def _members_of(scale_id: str, members: Members) -> list[tuple[Item, Keying]]:
    return [(item, scales[scale_id]) for item, scales in members if scale_id in scales]


def _check_formats(scales: Sequence[Scale], members: Members, tables: Sequence[Table]) -> None:
    by_id = {item.id: table for (item, _), table in zip(members, tables, strict=True)}
    for scale in scales:
        check_formats(scale, by_id)
