"""Every text of a questionnaire, its languages side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.edit_questionnaire.document import Document, Table, copied, languages_of, rows_of
from survey.errors import EditRefused
from survey.language import LOCALES


@dataclass(frozen=True, slots=True)
class Words:
    """One text: its place (``items/C02/text``) and what it says in each language."""

    place: str
    texts: Mapping[str, str]

    @property
    def is_missing_some(self) -> bool:
        """Whether a language lacks its words, though another has them."""
        filled = [bool(words.strip()) for words in self.texts.values()]
        return any(filled) and not all(filled)


def words_of(document: Document) -> tuple[Words, ...]:
    """Return every text of a document, in the order of the file."""
    languages = languages_of(document)
    return tuple(
        Words(place, {own: texts.get(own, "") for own in languages})
        for place, texts in _places(document.tables)
    )


def missing_count(document: Document, language: str) -> int:
    """Return how many texts lack their words in a language."""
    return sum(not words.texts.get(language, "").strip() for words in words_of(document))


def set_words(document: Document, given: Mapping[str, Mapping[str, str]]) -> Document:
    """Return the document with these words, by place and language; no other place is touched."""
    tables = copied(document)
    for place, texts in given.items():
        head, *rest = place.split("/")
        if not rest:
            tables[head] = {**tables[head], **texts}
        elif head == "formats":
            _set_label(tables["formats"][rest[0]], int(rest[2]), texts)
        else:
            row = next(row for row in tables[head] if row["id"] == rest[0])
            _set_in_row(row, rest[1:], texts)
    return document.with_tables(tables)


def fill_gaps(document: Document) -> Document:
    """Return the document with ``…`` wherever words are missing, for a look at it on the way."""
    gaps = {
        words.place: {own: "…" for own, said in words.texts.items() if not said.strip()}
        for words in words_of(document)
    }
    return set_words(document, {place: texts for place, texts in gaps.items() if texts})


def add_language(document: Document, language: str) -> Document:
    """Return the document with empty words in one more language, to be filled in."""
    if language not in LOCALES or language in languages_of(document):
        raise EditRefused("edit_language", language=language)
    empty = {words.place: {language: ""} for words in words_of(document)}
    return set_words(document, empty)


def remove_language(document: Document, language: str) -> Document:
    """Return the document without the words of a language; the last one stays."""
    if language not in languages_of(document) or len(languages_of(document)) == 1:
        raise EditRefused("edit_language", language=language)
    tables = copied(document)
    for texts in _by_language(tables):
        texts.pop(language, None)
    return document.with_tables(tables)


def _places(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for key in ("title", "opening"):
        if key in tables:
            yield key, tables[key]
    for name, own in tables.get("formats", {}).items():
        labels = own.get("labels", {})
        for at in range(max((len(each) for each in labels.values()), default=0)):
            texts = {key: each[at] if at < len(each) else "" for key, each in labels.items()}
            yield f"formats/{name}/labels/{at}", texts
    for scale in rows_of(tables, "scales"):
        yield f"scales/{scale['id']}/title", scale.get("title", {})
    for item in rows_of(tables, "items"):
        yield f"items/{item['id']}/text", item.get("text", {})
        for option in item.get("options", []):
            yield f"items/{item['id']}/options/{option['id']}", option.get("text", {})


def _by_language(tables: Table) -> Iterator[dict[str, Any]]:
    """Yield each table whose keys are languages."""
    rows = [*rows_of(tables, "scales"), *rows_of(tables, "items")]
    rows += [option for item in rows for option in item.get("options", [])]
    rows += [tables, *tables.get("formats", {}).values()]
    for row in rows:
        for key in ("title", "opening", "labels", "text"):
            if isinstance(row.get(key), dict):
                yield row[key]


def _set_label(own: Table, at: int, texts: Mapping[str, str]) -> None:
    labels = own.setdefault("labels", {})
    for language, words in texts.items():
        row = list(labels.get(language, []))
        row += [""] * (at + 1 - len(row))
        row[at] = words
        labels[language] = row


def _set_in_row(row: Table, rest: list[str], texts: Mapping[str, str]) -> None:
    if rest[0] == "options":
        row = next(option for option in row["options"] if option["id"] == rest[1])
        rest = ["text"]
    row[rest[0]] = {**row.get(rest[0], {}), **texts}
