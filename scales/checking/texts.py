"""Words in every language of the questionnaire: texts, and lists of labels."""

import re
from collections.abc import Iterable

from scales.checking.table import Table, shown
from scales.definition import Text

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PLACEHOLDER = re.compile(r"(?<!\{)\{\s*([A-Za-z_]+)\s*\}(?!\})")
_FIRST_LANGUAGE = "zh-Hans"
_SAID_FOR_CHINESE = frozenset({"zh", "cn", "zh-cn", "zh-hans"})


def read_languages(table: Table) -> tuple[str, ...]:
    """Return the languages of the title, Chinese first; every other text must have them too.

    With a wrong code among them no text can be held against them, and there are none.
    """
    title = table.values.get("title")
    if not isinstance(title, dict):
        return ()
    wrong = [language for language in title if not _is_language(language)]
    for language in wrong:
        table.note("bad_language", f"title.{language}", found=shown(language))
    return () if wrong else tuple(sorted(title, key=lambda own: own != _FIRST_LANGUAGE))


def read_text(table: Table, key: str, languages: tuple[str, ...]) -> Text:
    """Return the words under a key, by language."""
    return {
        language: _checked(table, f"{key}.{language}", words)
        for language, words in _by_language(table, key, languages)
    }


def read_labels(table: Table, key: str, languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the labels under a key, by language."""
    labels: dict[str, tuple[str, ...]] = {}
    for language, words in _by_language(table, key, languages):
        place = f"{key}.{language}"
        if isinstance(words, list):
            labels[language] = tuple(_checked(table, place, label) for label in words)
            for label in _repeated(labels[language]):
                table.doubt("label_repeated", place, label=shown(label))
        else:
            table.note("not_a_list", place, found=shown(words))
    return labels


def _is_language(code: str) -> bool:
    is_chinese = code.lower() in _SAID_FOR_CHINESE and code != _FIRST_LANGUAGE
    return _LANGUAGE.fullmatch(code) is not None and not is_chinese


def _by_language(
    table: Table, key: str, languages: tuple[str, ...]
) -> Iterable[tuple[str, object]]:
    if key not in table.values:
        table.note("missing_key", key)
        return ()
    value = table.values[key]
    if not isinstance(value, dict):
        table.note("not_by_language", key, found=shown(value))
        return ()
    if not value:
        table.note("missing_language", key, language=", ".join(languages) or _FIRST_LANGUAGE)
        return ()
    for language in languages:
        if language not in value:
            table.note("missing_language", f"{key}.{language}", language=language)
    for language in value:
        if languages and language not in languages:
            table.note("language_not_in_title", f"{key}.{language}", language=shown(language))
    return value.items()


def _checked(table: Table, place: str, words: object) -> str:
    if not isinstance(words, str):
        table.note("not_text", place, found=shown(words))
        return ""
    if not words.strip():
        table.note("empty_text", place)
    if _CONTROL.search(words):
        table.note("control_character", place)
    for name in _PLACEHOLDER.findall(words):
        if name != "unit":
            table.doubt("unknown_placeholder", place, name=name)
    return words


def _repeated(labels: tuple[str, ...]) -> list[str]:
    return [label for label in dict.fromkeys(labels) if label.strip() and labels.count(label) > 1]
