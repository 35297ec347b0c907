"""Questionnaire, Scale, Item, Format, Keying: what a questionnaire file says, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

SKIPPED = 0
DONT_KNOW = 255

Text = Mapping[str, str]  # locale → words


class Keying(Enum):
    """Whether a higher answer is better (forward) or worse (reverse)."""

    FORWARD = "+"
    REVERSE = "-"


class ItemKind(Enum):
    """How an item is answered."""

    SCALED = "scaled"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True)
class Format:
    """The answer points of an item, from the lowest to the highest.

    `labels` holds, per locale, a label for each point, or for the two ends only.
    `percent` holds the percent each *aligned* point is worth, lowest first.
    """

    id: str
    points: int
    lowest: int
    labels: Mapping[str, tuple[str, ...]]
    percent: tuple[float, ...]
    dont_know: bool = False
    fractional: bool = False

    @property
    def highest(self) -> int:
        """The highest point."""
        return self.lowest + self.points - 1

    @property
    def labels_ends_only(self) -> bool:
        """Whether only the lowest and the highest point have a label."""
        return self.points > 2 and all(len(labels) == 2 for labels in self.labels.values())


@dataclass(frozen=True)
class Option:
    """One answer of a choice item; its position in the item is what is stored."""

    id: str
    text: Text


@dataclass(frozen=True)
class Item:
    """One statement, choice or open question.

    `keying` is the item's own; inside `Scale.items` it is the keying the item has in that scale.
    """

    id: str
    kind: ItemKind
    text: Text
    format: Format | None = None
    keying: Keying = Keying.FORWARD
    required: bool = False
    evidence: bool = False
    options: tuple[Option, ...] = ()
    ends: frozenset[str] = frozenset()  # option ids that end the questionnaire politely
    max_length: int | None = None
    first_after_low: tuple[str, ...] = ()

    @property
    def position_count(self) -> int:
        """How many positions an answer may take: points, options, or none for open text."""
        return self.format.points if self.format is not None else len(self.options)

    @property
    def offers_dont_know(self) -> bool:
        """Whether “don't know” may be ticked."""
        return self.format is not None and self.format.dont_know


@dataclass(frozen=True)
class Scale:
    """Items measured together, in the order of the questionnaire, all of one format."""

    id: str
    title: Text
    items: tuple[Item, ...]
    min_answered: Fraction = Fraction(2, 3)

    @property
    def format(self) -> Format:
        """The format all items share."""
        item_format = self.items[0].format
        if item_format is None:
            raise TypeError(f"scale {self.id} holds an item without a format")
        return item_format

    @property
    def lowest(self) -> int:
        """The lowest point an answer may have."""
        return self.format.lowest

    @property
    def highest(self) -> int:
        """The highest point an answer may have."""
        return self.format.highest

    @property
    def needed_count(self) -> int:
        """How many items a person must answer to get a score, counted exactly."""
        share = self.min_answered * len(self.items)
        return max(1, -(-share.numerator // share.denominator))


@dataclass(frozen=True)
class Questionnaire:
    """One version of a questionnaire: the frozen bytes of its file, and what they say."""

    id: str
    version: int
    title: Text
    opening: Text | None
    languages: tuple[str, ...]  # the locales every text exists in, zh-Hans first when it is there
    items: tuple[Item, ...]  # as shown, in file order
    scales: tuple[Scale, ...]
    content: bytes
    digest: str  # "sha256:…" over content
    shuffle: bool = False  # each sheet shows neighbouring items of one format in its own order

    @cached_property
    def packed_items(self) -> tuple[Item, ...]:
        """The items that own a byte of a packed sheet: all but open text, in order."""
        return tuple(item for item in self.items if item.kind is not ItemKind.TEXT)

    @cached_property
    def text_items(self) -> tuple[Item, ...]:
        """The open items, in order."""
        return tuple(item for item in self.items if item.kind is ItemKind.TEXT)

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Item id → its byte in a packed sheet."""
        return {item.id: column for column, item in enumerate(self.packed_items)}

    def scale_columns(self, scale: Scale) -> tuple[int, ...]:
        """Return the bytes of a packed sheet that hold the scale's items."""
        return tuple(self.columns[item.id] for item in scale.items)
