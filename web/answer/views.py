"""A questionnaire as the page shows it: numbered items in blocks of one format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scales import Format, Item, ItemKind, Option
from survey.rules.sheets.answers import (
    DEFAULT_TEXT_LENGTH,
    DONT_KNOW_VALUE,
    EVIDENCE_SUFFIX,
)
from survey.rules.sheets.order import low_positions
from survey.rules.sheets.paging import Pages
from web.answer.look import Look
from web.templating import words

_MOST_STACKED = 7  # more unlabelled points than this stand in a grid
_NO_PART: tuple[int, Format | None] = (0, None)


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
    opens_after: str = ""  # "C05=1 C05=2": answers that open this comment where script runs


@dataclass(frozen=True, slots=True)
class BlockView:
    """Items of one format that follow each other; numbered where formats change."""

    items: tuple[ItemView, ...]
    number: int = 0
    lowest: str = ""
    highest: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """In which language, about which unit, with which problems and answers an item is shown."""

    look: Look
    unit_name: str
    problems: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    is_signed: bool = False  # kept first and sent later: by an office, or a unit of itself

    def of(self, text: Mapping[str, str]) -> str:
        """Return a text of the questionnaire, the unit's name filled in."""
        found = words(dict(text), self.look.locale)
        if not self.unit_name.isascii() and self.look.locale == "zh-Hans":
            found = found.replace(" {unit}", "{unit}").replace("{unit} ", "{unit}")
        return found.replace("{unit}", self.unit_name)


def view_pages(pages: Pages, wording: Wording) -> tuple[tuple[BlockView, ...], ...]:
    """Return each page's items in blocks, numbered through; parts where answer words change."""
    items = [item for page in pages for item in page]
    numbers = {item.id: n for n, item in enumerate(items, start=1)}
    parts = _parts(items)
    return tuple(
        tuple(
            _block(
                parts.get(key, _NO_PART),
                [
                    view_item(numbers[i.id], i, wording, _opens_after(i, page, items, wording))
                    for i in group
                ],
                wording,
            )
            for key, group in _grouped(page)
        )
        for page in pages
    )


def _grouped(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """Return items that follow each other and have one format; a comment stays with its items."""
    groups: list[tuple[str, list[Item]]] = []
    for item in items:
        key = item.format.id if item.format else ""
        if groups and (groups[-1][0] == key or item.first_after_low):
            groups[-1][1].append(item)
        else:
            groups.append((key, [item]))
    return groups


def _parts(items: Sequence[Item]) -> dict[str, tuple[int, Format | None]]:
    """Return each format's part number; none has one where a format comes twice, or alone."""
    keys = [key for key, _ in _grouped(items)]
    named = [key for key in keys if key]
    formats = {item.format.id: item.format for item in items if item.format}
    has_numbers = 1 < len(named) == len(set(named))
    return {
        key: (named.index(key) + 1 if has_numbers and key else 0, formats.get(key)) for key in keys
    }


def _block(
    part: tuple[int, Format | None], items: Sequence[ItemView], wording: Wording
) -> BlockView:
    number, shown = part
    if not number or shown is None:
        return BlockView(tuple(items))
    labels = shown.labels[wording.look.locale]
    return BlockView(tuple(items), number, labels[0], labels[-1])


def view_item(number: int, item: Item, wording: Wording, opens_after: str = "") -> ItemView:
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
        opens_after=opens_after,
    )


def _opens_after(item: Item, page: Sequence[Item], items: Sequence[Item], wording: Wording) -> str:
    """Return the answers on the page that a comment opens after; none where it stands open.

    It does after a low answer on another page, and where one there is not given yet.
    """
    low = {i.id: low_positions(i) for i in items if i.id in item.first_after_low}
    here = {other.id for other in page}
    if any(wording.values.get(n, "") in ("", *map(str, low[n])) for n in low.keys() - here):
        return ""
    return " ".join(f"{name}={n}" for name in low if name in here for n in low[name])


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
    if option.id not in item.ends:
        return words
    key = "answer.ends_unit" if wording.is_signed else "answer.ends_here"
    return wording.look.phrase(key, option=words)


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
