"""Which column of an answers file holds which item, label or weight."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scales import Item, Questionnaire
from survey.errors import ColumnMissing
from survey.exchange.cells import plain
from survey.exchange.table_file import Table

SECONDS = "seconds"  # no item has this id


@dataclass(frozen=True)
class ItemColumn:
    """Where an item stands: its column in the file, its byte in a packed sheet."""

    item: Item
    column: int
    byte: int

    @property
    def is_fractional(self) -> bool:
        """Whether the cells may hold fractions of points."""
        return self.item.format is not None and self.item.format.fractional


@dataclass(frozen=True)
class AnswerColumns:
    """The columns of a file that are read; the others are left alone."""

    header: tuple[str, ...]
    items: tuple[ItemColumn, ...]
    labels: Mapping[str, int]
    weight: int | None
    seconds: int | None


def find_columns(
    table: Table, questionnaire: Questionnaire, labels: Sequence[str], weight: str | None
) -> AnswerColumns:
    """Find every column needed, or raise with all that are missing or stand there twice."""
    places = _places(table)
    _require_items(table, questionnaire, places)
    items = tuple(
        ItemColumn(item, places[item.id], byte)
        for item, byte in zip(
            questionnaire.packed_items, questionnaire.columns.values(), strict=True
        )
        if item.id in places
    )
    return AnswerColumns(
        header=table.header,
        items=items,
        labels={name: _place(table, places, name, "by_column_missing") for name in labels},
        weight=None if weight is None else _place(table, places, weight, "weight_column_missing"),
        seconds=places.get(SECONDS),
    )


def _places(table: Table) -> dict[str, int]:
    names = [plain(name) for name in table.header]
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    if twice:
        places = [str(place) for place, name in enumerate(names, start=1) if name == twice[0]]
        raise ColumnMissing(
            "column_twice", file=table.file, column=twice[0], places=", ".join(places)
        )
    return {name: place for place, name in enumerate(names) if name}


def _require_items(table: Table, questionnaire: Questionnaire, places: Mapping[str, int]) -> None:
    needed = {item.id for scale in questionnaire.scales for item in scale.items}
    missing = [item.id for item in questionnaire.packed_items if item.id in needed - places.keys()]
    if missing:
        raise ColumnMissing(
            "item_columns_missing",
            file=table.file,
            items=", ".join(missing),
            questionnaire=questionnaire.id,
            header=", ".join(table.header[:12]),
        )


def _place(table: Table, places: Mapping[str, int], name: str, code: str) -> int:
    if plain(name) not in places:
        header = ", ".join(name for name in table.header if name)
        raise ColumnMissing(code, file=table.file, column=name, header=header)
    return places[plain(name)]
