"""WaitingSheet: a filled sheet on its way into the database, and what may become of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias
from uuid import UUID

from survey.rules.ways_in.link import Way


class Outcome(Enum):
    """What became of a sheet."""

    STORED = "stored"
    SAME_AGAIN = "same_again"
    OTHER_ANSWERS = "other_answers"
    LINK_USED = "link_used"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """A filled sheet, where it belongs, and when it came."""

    way: Way
    sheet_id: UUID
    packed: bytes
    texts: Mapping[str, str]
    seconds_bucket: int | None
    bucket_at: datetime
    received_at: datetime
    channel: str | None = None  # survey.rules.ways_in.channel
    order_seed: int | None = None
    arrival_marks: int = 0
    has_no_dealings: bool = False
    signed_by: str | None = None

    @property
    def key(self) -> tuple[int, int, UUID]:
        """What makes an open sheet single."""
        return self.way.campaign_id, self.way.unit_id, self.sheet_id


Placed: TypeAlias = Mapping[int, WaitingSheet]  # by their place in the group
