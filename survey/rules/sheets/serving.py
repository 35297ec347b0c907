"""The signed time a page was served, and the coarse times that are kept instead of fine ones."""

import base64
import binascii
import hashlib
import hmac
from bisect import bisect_right
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

STAMP_LENGTH = 24
LOCAL_TIME = ZoneInfo("Asia/Shanghai")

_TIME_BYTES = 6
_MAC_BYTES = 12
LONGEST_MIXED_SECONDS = 300
SECONDS_BUCKETS = (0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 600, 900, 1800, 3600)


def serving_stamp(key: bytes, sheet_id: str, code: str, served_at: datetime) -> str:
    """Return the serving time, signed together with the sheet's id and the code: 24 characters."""
    seconds = int(served_at.timestamp()).to_bytes(_TIME_BYTES, "big")
    return base64.urlsafe_b64encode(seconds + _mac(key, seconds, sheet_id, code)).decode()


def seconds_since_serving(
    key: bytes, stamp: str, sheet_id: str, code: str, now: datetime
) -> int | None:
    """Return how long the page was open, or None where the stamp does not tell."""
    try:
        signed = base64.urlsafe_b64decode(stamp.encode())
    except (binascii.Error, ValueError):
        return None
    seconds, mac = signed[:_TIME_BYTES], signed[_TIME_BYTES:]
    if not hmac.compare_digest(mac, _mac(key, seconds, sheet_id, code)):
        return None
    elapsed = int(now.timestamp()) - int.from_bytes(seconds, "big")
    return elapsed if elapsed >= 0 else None


def seconds_bucket(seconds: int | None) -> int | None:
    """Return the lower end of the bucket the seconds fall into."""
    return None if seconds is None else SECONDS_BUCKETS[bisect_right(SECONDS_BUCKETS, seconds) - 1]


def mixed_seconds_bucket(seconds: int | None) -> int | None:
    """Return the bucket of a sheet that is to be mixed: long times look all alike.

    Else whoever holds a link could open it hours before its owner does, and know the sheet by it.
    """
    return seconds_bucket(None if seconds is None else min(seconds, LONGEST_MIXED_SECONDS))


def seconds_at_most(buckets: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the upper ends of buckets given by their lower ends; NaN stays, the last is open."""
    ends = np.array([*SECONDS_BUCKETS[1:], np.inf])
    places = np.searchsorted(SECONDS_BUCKETS, np.nan_to_num(buckets), side="right") - 1
    return np.where(np.isnan(buckets), np.nan, ends[places])


def ten_minutes_of(instant: datetime) -> datetime:
    """Return the start of the ten minutes an instant lies in."""
    seconds = int(instant.timestamp())
    return datetime.fromtimestamp(seconds - seconds % 600, UTC)


def day_of(instant: datetime) -> datetime:
    """Return the instant at which the local day of an instant began."""
    local = instant.astimezone(LOCAL_TIME)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return start.astimezone(UTC)


def _mac(key: bytes, seconds: bytes, sheet_id: str, code: str) -> bytes:
    message = b"\0".join((seconds, sheet_id.encode(), code.encode()))
    return hashlib.blake2b(  # unlike hmac it keeps the interpreter lock: no thread comes between
        message, key=key, digest_size=_MAC_BYTES
    ).digest()
