"""Staff, partner, citizen, self: who is asked, and the smallest numbers that may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who a campaign asks."""

    STAFF = "staff"
    PARTNER = "partner"
    CITIZEN = "citizen"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Minima:
    """The smallest n of a cell that may be shown, split into subgroups, and graded.

    None means that the figure is never made.
    """

    shown: int
    subgroup: int | None
    graded: int | None


DEFAULT_MINIMA: Mapping[Audience, Minima] = {
    Audience.STAFF: Minima(shown=5, subgroup=10, graded=10),
    Audience.PARTNER: Minima(shown=5, subgroup=10, graded=5),
    Audience.CITIZEN: Minima(shown=30, subgroup=30, graded=100),
    Audience.SELF: Minima(shown=1, subgroup=None, graded=None),
}
