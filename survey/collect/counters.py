"""Counters that forget by themselves: in this process, or shared on a Redis-compatible server.

Best effort, not a lock: what must happen once is a constraint of the database.
"""

import logging

from limits.aio.storage import Storage
from limits.errors import StorageError
from limits.storage import storage_from_string

from survey.clock import Clock

_SWEEP_SECONDS = 60.0

_log = logging.getLogger(__name__)


class Counters:
    """Counts what comes under a name, in a window that begins with the first."""

    def __init__(self, clock: Clock, url: str | None = None) -> None:
        self.storage: Storage = _shared(url) if url else MemoryCounts(clock)

    async def count(self, seconds: int, *name: str) -> int:
        """Count one more and return the count."""
        try:
            return await self.storage.incr(_key(name), seconds)
        except StorageError:
            return _not_reached()

    async def counted(self, *name: str) -> int:
        """Return the count as it stands."""
        try:
            return await self.storage.get(_key(name))
        except StorageError:
            return _not_reached()


def _key(name: tuple[str, ...]) -> str:
    return "minyi/" + "/".join(name)


def _shared(url: str) -> Storage:
    storage = storage_from_string(f"async+{url}", wrap_exceptions=True)
    if not isinstance(storage, Storage):
        raise TypeError(f"{type(storage).__name__} does not wait for its server")
    return storage


def _not_reached() -> int:
    _log.warning("the server of shared counters does not answer; nothing is held back")
    return 0


class MemoryCounts(Storage):
    """Counters in memory. The library's own walks over every counter at each hit."""

    STORAGE_SCHEME = None  # made here, never by an address

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._counts: dict[str, tuple[int, float]] = {}  # count, and when it ends
        self._swept_at = 0.0

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """Return what this storage may raise: nothing of its own."""
        return ()

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, beginning anew where the window has ended."""
        now = self._clock().timestamp()
        count, ends = self._counts.get(key, (0, 0.0))
        if ends <= now:
            count, ends = 0, now + expiry
        self._counts[key] = (count + amount, ends)
        if now - self._swept_at > _SWEEP_SECONDS:
            self._sweep(now)
        return count + amount

    async def get(self, key: str) -> int:
        """Return the count of the window that runs."""
        count, ends = self._counts.get(key, (0, 0.0))
        return count if ends > self._clock().timestamp() else 0

    async def get_expiry(self, key: str) -> float:
        """Return when the window ends."""
        return self._counts.get(key, (0, 0.0))[1]

    async def check(self) -> bool:
        """Whether the storage answers."""
        return True

    async def reset(self) -> int | None:
        """Forget everything."""
        count = len(self._counts)
        self._counts.clear()
        return count

    async def clear(self, key: str) -> None:
        """Forget one counter."""
        self._counts.pop(key, None)

    def _sweep(self, now: float) -> None:
        self._swept_at = now
        self._counts = {key: kept for key, kept in self._counts.items() if kept[1] > now}
