"""One table of a questionnaire file: hands out values of the wanted kind, notes what is wrong."""

import math
import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from scales.errors import Problem

ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_ONLY_OF_THE_FILE = frozenset({"version", "opening", "shuffle"})
_LARGEST_SHOWN = 10**15


class Table:
    """A table with its name, its line, and the list its problems are noted in.

    The methods that read a value return a stand-in when it is missing or wrong, so that the
    reading goes on and finds the other problems too.
    """

    def __init__(
        self,
        content: object,
        name: str,
        line: int | None,
        problems: list[Problem],
        prefix: str = "",
    ) -> None:
        self.values: Mapping[str, Any] = content if isinstance(content, dict) else {}
        self.name = name
        self.line = line
        self.problems = problems
        self._prefix = prefix
        if not isinstance(content, dict):
            self.note("not_a_table", "", found=shown(content))

    def note(self, code: str, key: str, **values: str) -> None:
        """Note a problem that makes the file unusable."""
        self._add(code, key, values, is_warning=False)

    def doubt(self, code: str, key: str, **values: str) -> None:
        """Note something doubtful."""
        self._add(code, key, values, is_warning=True)

    def inside(self, key: str, content: object) -> "Table":
        """Return a table that stands inside this one, under the same header."""
        prefix = f"{self._prefix}{key}."
        return Table(content, self.name, self.line, self.problems, prefix)

    def refuse_unknown_keys(self, known: Collection[str]) -> None:
        """Note every key that is not known; a similar one is offered."""
        for key in self.values:
            if key in known:
                continue
            similar = get_close_matches(key, known, 1)
            if self.name and key in _ONLY_OF_THE_FILE:
                self.note("key_of_the_file", key)
            elif similar:
                self.note("unknown_key_similar", key, similar=similar[0])
            else:
                self.note("unknown_key", key, known=", ".join(sorted(known)))

    def identifier(self) -> str:
        """Return the value of ``id``, or an empty string."""
        value = self.string("id")
        if value is None:
            return ""
        if not ID.fullmatch(value):
            self.note("bad_id", "id", found=shown(value))
            return ""
        return value

    def string(self, key: str, default: str | None = None) -> str | None:
        """Return a string; a missing one without a default is a problem."""
        value = self.values.get(key, default)
        if isinstance(value, str):
            return value
        if key in self.values:
            self.note("not_text", key, found=shown(value))
        else:
            self.note("missing_key", key)
        return None

    def flag(self, key: str) -> bool:
        """Return a truth value, false where the key is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.note("not_true_or_false", key, found=shown(value))
            return False
        return value

    def whole(self, key: str, default: int, lowest: int, highest: int) -> int:
        """Return a whole number within the bounds."""
        value = self.values.get(key, default)
        if not is_whole(value) or not lowest <= value <= highest:
            bounds = {"lowest": str(lowest), "highest": str(highest)}
            self.note("not_a_whole_number", key, found=shown(value), **bounds)
            return default
        return int(value)

    def entries(self, key: str) -> tuple[object, ...]:
        """Return the entries of a list, none where the key is missing."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.note("not_a_list", key, found=shown(value))
            return ()
        if key in self.values and not value:
            self.note("empty_list", key)
        return tuple(value)

    def strings(self, key: str) -> tuple[str, ...]:
        """Return the entries of a list of strings that do not repeat."""
        found: dict[str, None] = {}
        for entry in self.entries(key):
            if not isinstance(entry, str):
                self.note("not_text", key, found=shown(entry))
            elif entry in found:
                self.note("named_twice", key, name=shown(entry))
            else:
                found[entry] = None
        return tuple(found)

    def _add(self, code: str, key: str, values: dict[str, str], *, is_warning: bool) -> None:
        key = f"{self._prefix}{key}".rstrip(".")
        self.problems.append(Problem(code, self.name, key, self.line, values, is_warning))


def is_whole(value: object) -> bool:
    """Whether the value is a whole number; TOML's true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: object) -> bool:
    """Whether the value is a finite number; TOML knows nan and inf too."""
    return is_whole(value) or (isinstance(value, float) and math.isfinite(value))


def shown(value: object) -> str:
    """Return a value as a message shows it: as in the file, and short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[…]"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, int) and abs(value) > _LARGEST_SHOWN:
        return "…"
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
