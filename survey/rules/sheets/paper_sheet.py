"""A questionnaire on paper: what is printed beside each answer, and what is keyed in for it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from scales import Item, ItemKind, Questionnaire
from survey.errors import FieldRefused, SurveyError
from survey.rules.sheets.answers import (
    DEFAULT_TEXT_LENGTH,
    DONT_KNOW_VALUE,
    EVIDENCE_LENGTH,
    EVIDENCE_SUFFIX,
    FilledSheet,
    fill_sheet,
)

DONT_KNOW_KEY = "-"
_BLANKS_ABOUT_UNIT = re.compile(r"(?<=[^ -~]) ?\{unit\} ?(?=[^ -~])")

Typed = Mapping[str, str]  # what was keyed in, by item id


@dataclass(frozen=True, slots=True)
class Key:
    """One answer of an item: what is printed and keyed in, its words, and the form's value."""

    key: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One item as it stands on paper; `keys` is empty where words are written."""

    number: int
    id: str
    words: str
    keys: tuple[Key, ...] = ()
    max_length: int = 0

    @property
    def allowed(self) -> str:
        """What may be keyed in, for people."""
        return "、".join(key.key for key in self.keys)


def paper_items(questionnaire: Questionnaire, locale: str, unit_name: str) -> tuple[PaperItem, ...]:
    """Return the items as printed, in the order of the file, the unit's name filled in."""
    language = locale if locale in questionnaire.languages else questionnaire.languages[0]
    items: list[PaperItem] = []
    for number, item in enumerate(questionnaire.items, start=1):
        words = with_unit(item.text[language], unit_name)
        length = item.max_length or DEFAULT_TEXT_LENGTH if item.kind is ItemKind.TEXT else 0
        items.append(PaperItem(number, item.id, words, _keys(item, language), length))
        if item.evidence:
            field = item.id + EVIDENCE_SUFFIX
            items.append(PaperItem(number, field, "", (), EVIDENCE_LENGTH))
    return tuple(items)


def with_unit(text: str, unit_name: str) -> str:
    """Return a text with the unit's name filled in; a Chinese name stands without blanks."""
    if not unit_name.isascii():
        text = _BLANKS_ABOUT_UNIT.sub("{unit}", text)
    return text.replace("{unit}", unit_name)


def read_paper(typed: Typed, questionnaire: Questionnaire) -> tuple[FilledSheet, list[SurveyError]]:
    """Return the sheet that was keyed in, and every field that no answer stands for.

    A required item left out is a skipped one: paper cannot be asked again.
    """
    fields: list[tuple[str, str]] = []
    problems: list[SurveyError] = []
    for item in paper_items(questionnaire, questionnaire.languages[0], ""):
        written = typed.get(item.id, "").strip()
        if not item.keys:
            if len(written.replace("\r\n", "\n")) > item.max_length:
                problems.append(
                    FieldRefused("paper_too_long", number=item.number, most=item.max_length)
                )
            fields.append((item.id, written))
        elif written:
            values = {key.key: key.value for key in item.keys}
            if (key := _plain(written)) in values:
                fields.append((item.id, values[key]))
            else:
                problems.append(
                    FieldRefused(
                        "paper_value", number=item.number, value=written[:20], allowed=item.allowed
                    )
                )
    return fill_sheet(fields, questionnaire), problems


def _keys(item: Item, language: str) -> tuple[Key, ...]:
    if item.kind is ItemKind.TEXT:
        return ()
    if item.format is None:
        return tuple(
            Key(str(n), option.text[language], str(n)) for n, option in enumerate(item.options, 1)
        )
    labels = item.format.labels[language]
    if item.format.labels_ends_only:
        labels = (labels[0], *[""] * (item.format.points - 2), labels[-1])
    keys = [
        Key(str(item.format.lowest + n - 1), words, str(n)) for n, words in enumerate(labels, 1)
    ]
    if item.offers_dont_know:
        keys.append(Key(DONT_KNOW_KEY, "", DONT_KNOW_VALUE))
    return tuple(keys)


def _plain(written: str) -> str:
    """Return what was typed as half-width characters, one sign for every kind of dash."""
    plain = unicodedata.normalize("NFKC", written)
    return DONT_KNOW_KEY + plain[1:] if plain[0] in "−–—‐" else plain
