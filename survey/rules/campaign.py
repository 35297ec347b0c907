"""Phases of a campaign, and when it takes answers."""

from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """Where a campaign stands in its window."""

    UPCOMING = "upcoming"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


def phase_at(
    opens_at: datetime, closes_at: datetime, now: datetime, *, is_paused: bool = False
) -> Phase:
    """Return the phase; the opening instant is open, the closing instant is closed."""
    if now >= closes_at:
        return Phase.CLOSED
    if now < opens_at:
        return Phase.UPCOMING
    return Phase.PAUSED if is_paused else Phase.OPEN
