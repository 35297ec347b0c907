"""A questionnaire as the page shows it: numbered items in blocks of one format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from scales import Format, Item, ItemKind, Option, Questionnaire
from survey.rules.answers import (
    DEFAULT_TEXT_LENGTH,
    DONT_KNOW_VALUE,
    EVIDENCE_SUFFIX,
)
from web.answer.look import Look
from web.templating import words

_MOST_STACKED = 7  # more unlabelled points than this stand in a grid


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One answer that can be ticked; `name` is what a reader says where the words are too few."""

    value: str
    words: str
    name: str = ""
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item as shown."""

    id: str
    number: int
    words: str
    mark: str = ""
    problem: str = ""
    choices: tuple[ChoiceView, ...] = ()
    is_text: bool = False
    is_grid: bool = False
    lowest: str = ""
    highest: str = ""
    max_length: int = 0
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class BlockView:
    """Items of one format that follow each other; numbered where formats change."""

    items: tuple[ItemView, ...]
    number: int = 0
    lowest: str = ""
    highest: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """In which language, about which unit, with which problems an item is shown."""

    look: Look
    unit_name: str
    problems: Mapping[str, str] = field(default_factory=dict)

    def of(self, text: Mapping[str, str]) -> str:
        """Return a text of the questionnaire, the unit's name filled in."""
        found = words(dict(text), self.look.locale)
        if not self.unit_name.isascii() and self.look.locale == "zh-Hans":
            found = found.replace(" {unit}", "{unit}").replace("{unit} ", "{unit}")
        return found.replace("{unit}", self.unit_name)


def view_blocks(questionnaire: Questionnaire, wording: Wording) -> tuple[BlockView, ...]:
    """Return the items in blocks; blocks have numbers where the answer words change."""
    numbered = enumerate(questionnaire.items, start=1)
    groups = [
        (item_format, tuple(view_item(number, item, wording) for number, item in group))
        for item_format, group in groupby(numbered, key=lambda pair: _format_id(pair[1]))
    ]
    formats = [item_format for item_format, _ in groups if item_format]
    if not 1 < len(formats) == len(set(formats)):
        return tuple(BlockView(items) for _, items in groups)
    by_id = {item.format.id: item.format for item in questionnaire.items if item.format}
    return tuple(
        _part(items, formats.index(item_format) + 1, by_id[item_format], wording)
        if item_format
        else BlockView(items)
        for item_format, items in groups
    )


def view_item(number: int, item: Item, wording: Wording) -> ItemView:
    """Return one item as shown."""
    labels = item.format.labels[wording.look.locale] if item.format else ("", "")
    return ItemView(
        id=item.id,
        number=number,
        words=wording.of(item.text),
        mark=wording.look.phrase("answer.required") if item.required else "",
        problem=wording.problems.get(item.id, ""),
        choices=_choices(item, wording),
        is_text=item.kind is ItemKind.TEXT,
        is_grid=_is_grid(item),
        lowest=labels[0],
        highest=labels[-1],
        max_length=item.max_length or DEFAULT_TEXT_LENGTH,
        evidence=item.id + EVIDENCE_SUFFIX if item.evidence else "",
    )


def _part(items: tuple[ItemView, ...], number: int, shown: Format, wording: Wording) -> BlockView:
    labels = shown.labels[wording.look.locale]
    return BlockView(items, number, labels[0], labels[-1])


def _format_id(item: Item) -> str:
    return item.format.id if item.format else ""


def _is_grid(item: Item) -> bool:
    shown = item.format
    return shown is not None and shown.labels_ends_only and shown.points > _MOST_STACKED


def _choices(item: Item, wording: Wording) -> tuple[ChoiceView, ...]:
    if item.kind is ItemKind.TEXT:
        return ()
    if item.format is None:
        return tuple(
            ChoiceView(str(position), _option_words(item, option, wording))
            for position, option in enumerate(item.options, start=1)
        )
    points = tuple(_points(item.format, item.format.labels[wording.look.locale], _is_grid(item)))
    if not item.offers_dont_know:
        return points
    words_apart = wording.look.phrase("answer.dont_know")
    return (*points, ChoiceView(DONT_KNOW_VALUE, words_apart, is_apart=True))


def _option_words(item: Item, option: Option, wording: Wording) -> str:
    words = wording.of(option.text)
    return (
        wording.look.phrase("answer.ends_here", option=words) if option.id in item.ends else words
    )


def _points(shown: Format, labels: Sequence[str], is_grid: bool) -> list[ChoiceView]:
    if not shown.labels_ends_only:
        return [ChoiceView(str(n), label) for n, label in enumerate(labels, start=1)]
    ends = {shown.lowest: labels[0], shown.highest: labels[-1]}
    views = []
    for position, point in enumerate(range(shown.lowest, shown.highest + 1), start=1):
        full = f"{point} {ends[point]}" if point in ends else str(point)
        is_named = is_grid and point in ends
        views.append(ChoiceView(str(position), str(point) if is_grid else full, full * is_named))
    return views
