"""The bytes of a questionnaire file → its tables, and the line each table's header stands on."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scales.errors import DefinitionError, Problem

Path = tuple[str | int, ...]  # ("items", 0), ("formats", "AG5")

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # strings first: what looks like a header inside them is none
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|\n|[^\S\n]+|.",
    re.DOTALL,
)
_CAUSES = (  # how the TOML reader's message begins, and the problem that says it in plain words
    ("Illegal character '\\n'", "not_toml_quotes"),
    ("Unterminated string", "not_toml_quotes"),
    ('Expected "\'"', "not_toml_quotes"),
    ("Cannot overwrite", "not_toml_twice"),
    ("Cannot declare", "not_toml_twice"),
    ("Cannot mutate", "not_toml_twice"),
    ("Cannot redefine", "not_toml_twice"),
    ("Duplicate", "not_toml_twice"),
    ("Unclosed", "not_toml_brackets"),
    ("Expected ']", "not_toml_brackets"),
    ("Expected '='", "not_toml_equals"),
    ("Invalid value", "not_toml_value"),
)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class Source:
    """The tables of a file, and the line of each header."""

    tables: Mapping[str, Any]
    lines: Mapping[Path, int]

    def line_of(self, path: Path) -> int | None:
        """Return the line of the table's header, or of the nearest table around it."""
        wider = (path[:length] for length in range(len(path), 0, -1))
        return next((self.lines[place] for place in wider if place in self.lines), None)


def read_source(content: bytes) -> Source:
    """Return the tables of a file, or raise the one problem that hides all others."""
    if b"\0" in content:
        raise DefinitionError((Problem("not_a_text_file", "", "", None, {}),))
    text = _decoded(content).replace("\r\n", "\n")
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise DefinitionError((Problem("nested_too_deeply", "", "", None, {}),)) from None
    except ValueError as error:
        raise DefinitionError((_syntax_problem(text, str(error)),)) from None
    return Source(tables, _header_lines(text))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DefinitionError((Problem("not_utf8", "", "", line, {}),)) from None


def _syntax_problem(text: str, message: str) -> Problem:
    """Return the problem the TOML reader met; a full-width sign is the usual cause."""
    place = _PLACE.search(message)
    if place is None:
        return Problem("not_toml", "", "", None, {"reason": message})
    reason = message[: place.start()]
    rows = text.split("\n")
    last = text.rstrip("\n").count("\n") + 1
    line, column = int(place[1] or last), int(place[2] or 0)
    sign = rows[line - 1][column - 1 : column] if column else ""
    if sign and not sign.isascii() and not sign.isalnum():
        return Problem("not_toml_wide_sign", "", "", line, {"sign": sign, "column": str(column)})
    code = next((code for start, code in _CAUSES if reason.startswith(start)), "not_toml")
    return Problem(code, "", "", line, {"reason": reason})


def _header_lines(text: str) -> dict[Path, int]:
    lines: dict[Path, int] = {}
    seen: Counter[str] = Counter()
    rows = text.split("\n")
    for line in _header_rows(text):
        header = rows[line - 1]
        names = _names(tomllib.loads(header))
        if header.lstrip().startswith("[[") and len(names) == 1:
            lines[names[0], seen[names[0]]] = line
            seen[names[0]] += 1
        else:
            for length in range(1, len(names) + 1):
                lines.setdefault(names[:length], line)
    return lines


def _header_rows(text: str) -> Iterator[int]:
    """Yield the line of each ``[table]`` and ``[[table]]``, outside of strings and lists."""
    line, depth, at_start = 1, 0, True
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token == "[" and at_start and depth == 0:
            yield line
        depth += (token in ("[", "{")) - (token in ("]", "}"))
        at_start = token == "\n" or (at_start and token.isspace())
        line += token.count("\n")


def _names(header: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the dotted name of a header that was read alone: ``{"items": [{}]}`` → ``items``."""
    names: list[str] = []
    inside: Any = header
    while inside:
        name, inside = next(iter(inside.items()))
        names.append(name)
        inside = inside[0] if isinstance(inside, list) else inside
    return tuple(names)
