"""A submitted form → packed positions and open texts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scales import DONT_KNOW, SKIPPED, Item, ItemKind, Questionnaire
from survey.errors import DuplicateField, UnknownField, UnknownPosition

DONT_KNOW_VALUE = "dk"
EVIDENCE_SUFFIX = "@evidence"  # no item id holds an @
EVIDENCE_LENGTH = 200
DEFAULT_TEXT_LENGTH = 500

Fields = Sequence[tuple[str, str]]

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """What one submitted form says.

    `packed` is one byte an item, `texts` words by item id, `missed` the required items left out,
    `too_long` the open items with more words than fit. `has_ended` is whether an option was ticked
    that ends the questionnaire.
    """

    packed: bytes
    texts: Mapping[str, str]
    missed: tuple[str, ...] = ()
    too_long: tuple[str, ...] = ()
    has_ended: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was answered."""
        return not self.texts and not any(self.packed)


@dataclass(frozen=True, slots=True)
class _Form:
    """What a questionnaire's form may hold, looked up by field name."""

    positions: Mapping[str, tuple[int, Mapping[str, int]]]  # column, and value → byte
    endings: Mapping[str, frozenset[int]]
    lengths: Mapping[str, int]
    required: tuple[str, ...]
    byte_count: int


_forms: dict[str, _Form] = {}  # by digest: a published version never changes


def fill_sheet(fields: Fields, questionnaire: Questionnaire) -> FilledSheet:
    """Return the sheet a form fills; raise where it holds what the page never offered."""
    form = _form_of(questionnaire)
    packed = bytearray(form.byte_count)
    texts: dict[str, str] = {}
    seen: set[str] = set()
    for name, value in fields:
        if name in seen:
            raise DuplicateField(field=name[:40])
        seen.add(name)
        if (item := form.positions.get(name)) is not None:
            packed[item[0]] = _position(name, value, item[1])
        elif name in form.lengths:
            if words := clean_words(value):
                texts[name] = words
        else:
            raise UnknownField(field=name[:40])
    return _judge(bytes(packed), texts, form)


def fields_of(sheet: FilledSheet, questionnaire: Questionnaire) -> dict[str, str]:
    """Return the form fields that fill this sheet, to show them again."""
    fields = {
        item.id: DONT_KNOW_VALUE if position == DONT_KNOW else str(position)
        for item, position in zip(questionnaire.packed_items, sheet.packed, strict=True)
        if position != SKIPPED
    }
    return {**fields, **sheet.texts}


def _judge(packed: bytes, texts: Mapping[str, str], form: _Form) -> FilledSheet:
    has_ended = any(
        packed[form.positions[name][0]] in endings for name, endings in form.endings.items()
    )
    missed = (
        () if has_ended else tuple(n for n in form.required if _is_missed(n, packed, texts, form))
    )
    too_long = tuple(name for name, words in texts.items() if len(words) > form.lengths[name])
    return FilledSheet(packed, texts, missed, too_long, has_ended)


def _is_missed(name: str, packed: bytes, texts: Mapping[str, str], form: _Form) -> bool:
    if (item := form.positions.get(name)) is not None:
        return packed[item[0]] == SKIPPED
    return name not in texts


def _position(name: str, value: str, offered: Mapping[str, int]) -> int:
    if value not in offered:
        raise UnknownPosition(field=name, value=value[:20])
    return offered[value]


def clean_words(value: str) -> str:
    """Return the words as the phone shows them: one kind of line end, nothing that cannot print."""
    return _CONTROL_CHARACTERS.sub("", value.replace("\r\n", "\n")).strip()


def _form_of(questionnaire: Questionnaire) -> _Form:
    if questionnaire.digest not in _forms:
        _forms[questionnaire.digest] = _read_form(questionnaire)
    return _forms[questionnaire.digest]


def _read_form(questionnaire: Questionnaire) -> _Form:
    return _Form(
        positions={
            item.id: (column, _offered(item))
            for column, item in enumerate(questionnaire.packed_items)
        },
        endings={item.id: _endings(item) for item in questionnaire.packed_items if item.ends},
        lengths=_lengths(questionnaire),
        required=tuple(item.id for item in questionnaire.items if item.required),
        byte_count=len(questionnaire.packed_items),
    )


def _offered(item: Item) -> dict[str, int]:
    offered = {str(position): position for position in range(1, item.position_count + 1)}
    return offered | {DONT_KNOW_VALUE: DONT_KNOW} if item.offers_dont_know else offered


def _endings(item: Item) -> frozenset[int]:
    return frozenset(n for n, option in enumerate(item.options, start=1) if option.id in item.ends)


def _lengths(questionnaire: Questionnaire) -> dict[str, int]:
    lengths = {
        item.id: item.max_length or DEFAULT_TEXT_LENGTH
        for item in questionnaire.items
        if item.kind is ItemKind.TEXT
    }
    evidence = {
        item.id + EVIDENCE_SUFFIX: EVIDENCE_LENGTH for item in questionnaire.items if item.evidence
    }
    return lengths | evidence
