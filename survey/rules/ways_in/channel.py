"""Channels: the way a citizen's sheet came; kept of citizens only, among staff it splits a cell."""

from collections.abc import Mapping
from enum import StrEnum

from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind


class Channel(StrEnum):
    """How a sheet came."""

    OPEN = "open"  # a printed code anyone may scan
    ON_SITE = "on_site"  # a code from a counter's screen, which lasts minutes
    RECEIPT = "receipt"  # a one-time code given for a matter dealt with
    LINK = "link"
    CARD = "card"
    PAPER = "paper"  # keyed in by an officer
    IMPORTED = "imported"  # collected elsewhere


ENTERED = frozenset({Channel.PAPER, Channel.IMPORTED})
"""Brought in by an officer, many at once: when they came says nothing."""

_OF_KIND: Mapping[LinkKind, Channel] = {
    LinkKind.OPEN: Channel.OPEN,
    LinkKind.ROTATING: Channel.ON_SITE,
    LinkKind.RECEIPT: Channel.RECEIPT,
    LinkKind.PERSONAL: Channel.LINK,
    LinkKind.CARD: Channel.CARD,
}


def kept_channel(audience: Audience, kind: LinkKind) -> Channel | None:
    """Return the channel that is kept with a sheet; None where none may be."""
    return _OF_KIND.get(kind) if audience is Audience.CITIZEN else None
