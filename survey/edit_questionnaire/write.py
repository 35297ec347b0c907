"""A document → the text of its file: what was not edited stays as it was, comments too."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from survey.edit_questionnaire.document import Document

_ORDER = {
    "": ("id", "version", "title", "opening", "shuffle"),
    "formats": ("labels", "points", "lowest", "percent", "dont_know", "fractional"),
    "scales": ("id", "title", "min_answered"),
    "items": (
        "id",
        "kind",
        "scale",
        "scales",
        "format",
        "keyed",
        "required",
        "evidence",
        "options",
        "ends",
        "max_length",
        "first_after_low",
    ),
}
_LAST = "text"
_BY_LANGUAGE = frozenset({"opening", "labels", "text"})
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HEADER = re.compile(r"\[\[?\s*([A-Za-z]+)\s*(?:\]\]|\.\s*(.+?)\s*\]|\])\s*(?:#.*)?")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r"}
_NOT_PLAIN = re.compile(r'[\\"\x00-\x08\x0b-\x1f\x7f\t]')
_NOT_PLAIN_LINES = re.compile(r'\\|"(?="")|"$|[\x00-\x08\x0b-\x1f\x7f]')

Sections = dict[tuple[str, str], str]


def write_document(document: Document) -> bytes:
    """Return the file's bytes; reading them gives the same tables again."""
    tables = document.tables
    known = _sections(document.source)
    head = {key: value for key, value in tables.items() if key not in ("formats", *_lists(tables))}
    written = [_section("", "", head, known)]
    written += [
        _section("formats", name, own, known) for name, own in tables.get("formats", {}).items()
    ]
    for part in _lists(tables):
        written += [_section(part, row["id"], row, known) for row in tables[part]]
    return ("\n\n".join(written) + "\n").encode()


def written_value(value: object) -> str:
    """Return a value on one line, as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{_NOT_PLAIN.sub(_escape, value)}"' if "\n" not in value else _on_lines(value)
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(k)} = {written_value(v)}' for k, v in value.items())} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(written_value(entry) for entry in value)}]"
    return repr(value)


def _lists(tables: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(part for part in ("scales", "items") if part in tables)


def _section(part: str, name: str, values: Mapping[str, Any], known: Sections) -> str:
    """Return a section as it stood if it says the same, else anew with its comments."""
    was = known.get((part, name), "")
    header = {"": "", "formats": f"[formats.{_key(name)}]"}.get(part, f"[[{part}]]")
    if was and _says(was) == _as_read(part, name, values):
        return was
    comments = _comments_of(was)
    lines = [*([header] if header else []), *comments, *([""] if comments and not header else [])]
    ordered = [key for key in _ORDER[part] if key in values]
    others = [key for key in values if key not in ordered and key != _LAST]
    for key in [*ordered, *others, *([_LAST] if _LAST in values else [])]:
        lines += _lines(key, values[key])
    return "\n".join(lines)


def _comments_of(section: str) -> list[str]:
    """Return the comments before the first key."""
    rows = [line.strip() for line in section.split("\n")]
    before = takewhile(lambda row: not row or row[0] in "#[", rows)
    return [row for row in before if row.startswith("#")]


def _lines(key: str, value: object) -> Iterator[str]:
    if key in _BY_LANGUAGE and isinstance(value, Mapping) and value:
        for language, words in value.items():
            yield f"{_key(key)}.{_key(language)} = {written_value(words)}"
    elif key == "options" and isinstance(value, list) and value:
        yield "options = ["
        yield from (f"    {written_value(option)}," for option in value)
        yield "]"
    else:
        yield f"{_key(key)} = {written_value(value)}"


def _on_lines(words: str) -> str:
    return f'"""\n{_NOT_PLAIN_LINES.sub(_escape, words)}"""'


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    return _ESCAPED.get(sign, f"\\u{ord(sign):04x}")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else written_value(name)


def _says(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError:
        return {}


def _as_read(part: str, name: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    if not part:
        return values
    return {part: {name: values}} if part == "formats" else {part: [values]}


def _sections(source: str) -> Sections:
    """Return the text of each section; the comments right above a header belong to it.

    What only looks like a header, inside of a text, makes sections that say something else than
    the tables do: they are not used then.
    """
    sections: Sections = {}
    waiting: list[str] = []
    for line in [*source.split("\n"), "[end]"]:
        if _HEADER.fullmatch(line.strip()) and not _goes_on(line, waiting):
            above = _comments_at_the_end(waiting)
            text = "\n".join(waiting[: len(waiting) - above]).strip("\n")
            sections.setdefault(_name_of(text), text)
            waiting = waiting[len(waiting) - above :]
        waiting.append(line)
    return sections


def _goes_on(line: str, waiting: Sequence[str]) -> bool:
    """Whether a header opens a table inside the section above it, as ``[items.text]`` does."""
    return re.match(r"\s*\[\[?\s*(items|scales)\s*\.", line) is not None and bool(waiting)


def _comments_at_the_end(lines: Sequence[str]) -> int:
    count = 0
    while count < len(lines) and lines[len(lines) - 1 - count].startswith("#"):
        count += 1
    return count if count < len(lines) else 0


def _name_of(section: str) -> tuple[str, str]:
    said = _says(section)
    for part in ("scales", "items"):
        rows = said.get(part)
        if isinstance(rows, list) and len(said) == 1 and len(rows) == 1:
            return part, str(rows[0].get("id"))
    formats = said.get("formats")
    if isinstance(formats, dict) and len(said) == 1 and len(formats) == 1:
        return "formats", next(iter(formats))
    return "", ""
