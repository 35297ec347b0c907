"""A poster: what stands on it, in which layout, and in which words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from survey.language import messages
from survey.rules.sheets.serving import LOCAL_TIME


class Layout(StrEnum):
    """How posters are put on paper; every one is printed on A4."""

    A4 = "a4"
    A5 = "a5"  # two to a sheet, to be cut
    TABLE_CARD = "table"  # folded in the middle, the same on both sides


@dataclass(frozen=True, slots=True)
class Poster:
    """One way in: the unit, the place, and the address its QR code leads to."""

    unit_code: str
    unit_name: str
    place: str | None
    address: str

    @property
    def short_address(self) -> str:
        """The address as people type it."""
        parts = urlsplit(self.address)
        return parts.netloc + parts.path


@dataclass(frozen=True, slots=True)
class PosterWords:
    """What all posters of a campaign say."""

    asked_by: str
    minutes: int
    closes_at: datetime
    locale: str
    is_demo: bool = False

    def phrase(self, name: str) -> str:
        """Return a sentence of the poster."""
        until = self.closes_at.astimezone(LOCAL_TIME).strftime("%Y-%m-%d %H:%M")
        return messages().phrase(f"poster.{name}", self.locale, minutes=self.minutes, at=until)
