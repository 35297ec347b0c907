"""The fields of a tree file's tables: what stands in them, or which one is wrong."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from survey.errors import TreeRefused
from survey.exchange.refusals import shown
from survey.rules.audience import Audience
from survey.rules.indicator import MANUAL, SURVEY, IndicatorDefinition
from survey.rules.scoring.scoring_plan import WHOLE_BP, Source

LONGEST_TEXT = 500
MOST_INDICATORS = 500
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_KEYS = ("code", "parent", "title", "points", "source", "standard", "method", "sources")
_SOURCE_KEYS = ("audience", "questionnaire", "scale", "weight_bp")


class Fields:
    """One table of the file; `where` names it in what is refused."""

    def __init__(self, table: Mapping[str, Any], where: str, problems: list[TreeRefused]) -> None:
        self.table = table
        self.where = where
        self._problems = problems

    def refuse(self, code: str, **values: object) -> None:
        """Take down a problem of this table."""
        self._problems.append(TreeRefused(code, indicator=self.where, **values))

    def only(self, known: Sequence[str]) -> None:
        """Refuse keys that nobody reads."""
        for key in self.table:
            if key not in known:
                self.refuse("tree_key_unknown", field=shown(key), known=" ".join(known))

    def text(self, key: str) -> str:
        """Return a text, empty where there is none."""
        return self._text(self.table.get(key, ""), key)

    def code(self, key: str) -> str:
        """Return a code that may stand in an address."""
        value = self.table.get(key)
        if isinstance(value, str) and _CODE.fullmatch(value):
            return value
        self.refuse("tree_code_wrong", field=key)
        return ""

    def title(self) -> dict[str, str]:
        """Return the title by language."""
        value = self.table.get("title", {})
        if not isinstance(value, dict):
            self.refuse("tree_text_wrong", field="title", longest=LONGEST_TEXT)
            return {}
        return {locale: self._text(words, "title") for locale, words in value.items()}

    def version(self) -> int:
        """Return the version, a whole number from 1."""
        value = self.table.get("version")
        if type(value) is int and 1 <= value < 10_000:
            return value
        self.refuse("tree_version_wrong")
        return 1

    def points_bp(self) -> int | None:
        """Return full points × 100; None where none are given."""
        value = self.table.get("points")
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and 0 < value <= 100:
            points_bp: int = round(value * 100)
            if points_bp > 0 and abs(points_bp - value * 100) < 1e-6:
                return points_bp
        self.refuse("tree_points_wrong")
        return None

    def _text(self, value: object, key: str) -> str:
        is_text = isinstance(value, str) and len(value) <= LONGEST_TEXT
        if is_text and not any(unicodedata.category(sign) == "Cc" for sign in str(value)):
            return str(value).strip()
        self.refuse("tree_text_wrong", field=key, longest=LONGEST_TEXT)
        return ""


def indicator_in(
    table: object, number: int, problems: list[TreeRefused]
) -> IndicatorDefinition | None:
    """Return the indicator a table describes; None where there is no code to name it by."""
    if not isinstance(table, dict) or number > MOST_INDICATORS:
        problems.append(TreeRefused("tree_indicator_wrong", indicator="TOML", number=number))
        return None
    named = table.get("code")
    where = shown(named) if isinstance(named, str) and named else f"[[indicators]] {number}"
    fields = Fields(table, where, problems)
    fields.only(_KEYS)
    points_bp, source = fields.points_bp(), table.get("source")
    sources = sources_in(fields, "sources") if "sources" in table else ()
    has_source = source in (SURVEY, MANUAL) and (source == SURVEY) == ("sources" in table)
    if not (has_source if "points" in table else source is None):
        fields.refuse("tree_source_wrong")
    return IndicatorDefinition(
        code=fields.code("code") or where,
        title=fields.title(),
        parent=fields.code("parent") if "parent" in table else None,
        points_bp=points_bp,
        sources=sources,
        standard=fields.text("standard"),
        method=fields.text("method"),
    )


def sources_in(fields: Fields, key: str) -> tuple[Source, ...]:
    """Return the survey scores a table names; at least one."""
    tables = fields.table.get(key)
    if not isinstance(tables, list) or not tables:
        fields.refuse("tree_sources_wrong")
        return ()
    sources = [_source(table) for table in tables]
    if None in sources:
        fields.refuse("tree_sources_wrong")
    return tuple(source for source in sources if source is not None)


def _source(table: object) -> Source | None:
    if not isinstance(table, dict) or set(table) != set(_SOURCE_KEYS):
        return None
    names = (table["audience"], table["questionnaire"], table["scale"])
    if not all(isinstance(name, str) and name for name in names):
        return None
    weight_bp = table["weight_bp"]
    is_weight = type(weight_bp) is int and 0 < weight_bp <= WHOLE_BP
    if names[0] not in list(Audience) or not is_weight or not all(map(str.isprintable, names)):
        return None
    return Source(Audience(names[0]), names[1], names[2], weight_bp)
