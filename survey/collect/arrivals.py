"""Arrivals: judge how a sheet of an open code comes, by counters that hold no address.

Of an address only the prefix is taken, and of that a hash under a key that changes each day.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime

from survey.clock import Clock
from survey.collect.counters import Counters
from survey.rules.sheets.serving import LOCAL_TIME
from survey.rules.ways_in import arrival
from survey.rules.ways_in.arrival import WINDOW_MINUTES, ArrivalMark
from survey.settings import Settings

_WINDOW, _MINUTE, _HOUR = WINDOW_MINUTES * 60, 60, 3_600


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who comes by a code; `network` is None where it is not known."""

    code: str
    network: str | None  # what `Arrivals.network` makes of an address's prefix
    has_sent: bool = False  # the phone says that it has sent a sheet by this code before


class Arrivals:
    """What has come lately, by network and by code."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._key = settings.key("arrivals")
        self.device_key = settings.key("device")
        self._desk_key = settings.key("desk")
        self._counters = Counters(clock, settings.limits_url)
        self._day_key = (date.min, b"")

    def network(self, prefix: str | None, now: datetime) -> str | None:
        """Return what stands for a network today; tomorrow it is something else."""
        if prefix is None:
            return None
        day = now.astimezone(LOCAL_TIME).date()
        if self._day_key[0] != day:
            self._day_key = (day, hmac.digest(self._key, day.isoformat().encode(), hashlib.sha256))
        return hmac.digest(self._day_key[1], prefix.encode(), hashlib.sha256).hex()[:24]

    async def must_prove(self, visit: Visit) -> bool:
        """Whether the sheet must prove that no machine sends it.

        A phone that says it has sent before need not: its sheet does not count anyway.
        """
        if visit.network is None or visit.has_sent:
            return False
        before = await self._counters.counted("sheet", visit.code, visit.network)
        return before >= arrival.UNDOUBTED_SHEETS

    async def note_sheet(self, visit: Visit, now: datetime) -> ArrivalMark:
        """Count a sheet that is about to be stored, and return what is odd about it."""
        marks = ArrivalMark.NIGHT if arrival.is_night(now) else ArrivalMark(0)
        if visit.has_sent:
            marks |= ArrivalMark.SAME_DEVICE
        if await self._counters.count(_MINUTE, "crowd", visit.code) > arrival.CROWD_SHEETS:
            marks |= ArrivalMark.CROWD
        if visit.network is not None:
            count = await self._counters.count(_WINDOW, "sheet", visit.code, visit.network)
            if count > arrival.NETWORK_SHEETS:
                marks |= ArrivalMark.NETWORK
        return marks

    async def note_miss(self, network: str | None) -> bool:
        """Count an address that leads nowhere; tell whether the network may go on guessing."""
        if network is None:
            return True
        return await self._counters.count(_WINDOW, "miss", network) <= arrival.MISSES

    async def note_short_miss(self, network: str | None) -> None:
        """Count a short code that leads nowhere."""
        await self._counters.count(_HOUR, "short")
        if network is not None:
            await self._counters.count(_WINDOW, "short", network)

    async def may_try_short_code(self, network: str | None) -> bool:
        """Whether a short code may be tried without proof."""
        if await self._counters.counted("short") >= arrival.SHORT_MISSES_AN_HOUR:
            return False
        return network is None or (
            await self._counters.counted("short", network) < arrival.SHORT_MISSES
        )

    async def is_desk_word(self, visit: Visit, word: str, now: datetime) -> bool:
        """Whether the clerk's word of the day is right; a network has few tries."""
        tries = ("desk", visit.network or "")
        if not word.strip() or await self._counters.counted(*tries) >= arrival.DESK_TRIES:
            return False
        if arrival.is_desk_word(self._desk_key, visit.code, now, word):
            return True
        await self._counters.count(_WINDOW, *tries)
        return False
