"""Units found on a page: by part of a name or code, by category, so many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends

from web.forms import Form

UNITS_A_PAGE = 50
_NEAR = 2  # pages before and after the one that is shown


@dataclass(frozen=True, slots=True)
class Sought:
    """Which units a page lists."""

    words: str = ""
    category: str = ""
    page: int = 1

    def takes(self, unit: Any) -> bool:
        """Whether a unit is listed."""
        named = self.words.casefold() in f"{unit.code} {unit.name}".casefold()
        return named and self.category in ("", unit.category)

    def query(self, page: int | None = None) -> str:
        """Return the end of the address that lists them, on this page or another."""
        asked = {"words": self.words, "category": self.category, "page": page or self.page}
        return urlencode(asked)


@dataclass(frozen=True, slots=True)
class FoundUnits:
    """The units to list, and what there is beside them."""

    sought: Sought
    listed: Sequence[Any]
    found_count: int
    all_count: int
    categories: Sequence[str]
    page_count: int

    @property
    def pages(self) -> list[int]:
        """The pages worth a button: the first, those near, the last."""
        near = range(self.sought.page - _NEAR, self.sought.page + _NEAR + 1)
        return [n for n in range(1, self.page_count + 1) if n in (1, *near, self.page_count)]


def find_units(units: Sequence[Any], sought: Sought) -> FoundUnits:
    """Return the units that are sought; a page after the last is the last."""
    taken = [unit for unit in units if sought.takes(unit)]
    page_count = max(1, -(-len(taken) // UNITS_A_PAGE))
    page = min(sought.page, page_count)
    begin = (page - 1) * UNITS_A_PAGE
    return FoundUnits(
        Sought(sought.words, sought.category, page),
        taken[begin : begin + UNITS_A_PAGE],
        len(taken),
        len(units),
        sorted({unit.category for unit in units}),
        page_count,
    )


def sought_in(form: Form) -> Sought:
    """Return which units the page listed that a form was sent from."""
    return Sought(form.text("words"), form.text("category"), read_page(form.text("page")))


def _sought_by_address(words: str = "", category: str = "", page: str = "1") -> Sought:
    return Sought(words.strip(), category, read_page(page))


SoughtDep = Annotated[Sought, Depends(_sought_by_address)]


def read_page(value: str) -> int:
    """Return the number of a page; what is none is the first."""
    return max(1, int(value)) if value.isascii() and value.isdecimal() and len(value) < 6 else 1
