"""What changed from the version before: words side by side, and what makes answers differ."""

import hashlib
import json
from dataclasses import dataclass

from scales import Problem, check_questionnaire
from survey.edit_questionnaire.document import Document
from survey.edit_questionnaire.words import words_of


@dataclass(frozen=True, slots=True)
class WordChange:
    """A text that says something else now; empty where it was not there, or is no more."""

    place: str
    language: str
    older: str
    newer: str


def word_changes(newer: Document, older: Document) -> tuple[WordChange, ...]:
    """Return each text that differs, by place and language."""
    before = {words.place: words.texts for words in words_of(older)}
    after = {words.place: words.texts for words in words_of(newer)}
    return tuple(
        WordChange(place, language, old, new)
        for place in dict.fromkeys([*after, *before])
        for language in dict.fromkeys([*after.get(place, {}), *before.get(place, {})])
        for old in [before.get(place, {}).get(language, "")]
        for new in [after.get(place, {}).get(language, "")]
        if old != new
    )


def changes_of_rule(newer: bytes, older: bytes) -> tuple[Problem, ...]:
    """Return what `minyi check --against` adds: where answers can no longer be compared."""
    own = check_questionnaire(newer)
    return tuple(p for p in check_questionnaire(newer, older) if p not in own)


def part_digest(part: object) -> str:
    """Return a mark of what a part of a draft said when a page was made of it."""
    written = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:16]
