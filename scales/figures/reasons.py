"""Reasons: why figures are left empty, gathered while they are computed."""

from collections.abc import Callable
from typing import TypeVar

from scales.errors import Undefined

Figure = TypeVar("Figure")


class Reasons:
    """Codes of what does not exist or should be doubted, each once, in order of discovery."""

    def __init__(self) -> None:
        self._codes: dict[str, None] = {}

    def note(self, code: str, item: str | None = None) -> None:
        """Note a code; one that concerns an item is written ``code:ITEM``."""
        self._codes[code if item is None else f"{code}:{item}"] = None

    def ask(self, figure: Callable[[], Figure], item: str | None = None) -> Figure | None:
        """Return the figure, or None after noting why it does not exist."""
        try:
            return figure()
        except Undefined as reason:
            self.note(reason.code, item)
            return None

    @property
    def codes(self) -> tuple[str, ...]:
        """What was noted."""
        return tuple(self._codes)


def if_defined(figure: Callable[[], Figure]) -> Figure | None:
    """Return the figure, or None where its reason is noted with another figure."""
    try:
        return figure()
    except Undefined:
        return None
