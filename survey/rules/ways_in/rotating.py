"""Rotating codes: the signed, short-lived tickets that a counter's screen shows."""

import base64
import binascii
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

SHOWN_FOR = timedelta(seconds=60)  # the screen then shows a fresh ticket
ADMITTED_FOR = timedelta(minutes=10)  # after a ticket was made, somebody may begin
FINISHED_WITHIN = timedelta(minutes=30)  # of beginning
TICKET_LENGTH = 16
SECRET_LENGTH = 22

_TIME_BYTES, _MAC_BYTES = 4, 8


def new_ticket(key: bytes, code: str, now: datetime) -> str:
    """Return a ticket to a code, which tells when it was made."""
    seconds = int(now.timestamp()).to_bytes(_TIME_BYTES, "big")
    return base64.urlsafe_b64encode(seconds + _mac(key, seconds, code)).decode()


def is_admitted(key: bytes, code: str, ticket: str, now: datetime) -> bool:
    """Whether a ticket to this code was made in the last minutes."""
    made_at = _made_at(key, code, ticket)
    return made_at is not None and now - made_at < ADMITTED_FOR


def screen_secret(key: bytes, code: str) -> str:
    """Return the secret part of a screen's address, which alone makes tickets to its code."""
    digest = hmac.digest(key, b"screen\0" + code.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def is_screen_secret(key: bytes, code: str, given: str) -> bool:
    """Whether this is the secret part of the screen's address."""
    return hmac.compare_digest(screen_secret(key, code).encode(), given.encode())


def _made_at(key: bytes, code: str, ticket: str) -> datetime | None:
    if len(ticket) != TICKET_LENGTH or not ticket.isascii():
        return None
    try:
        signed = base64.b64decode(ticket, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    seconds, mac = signed[:_TIME_BYTES], signed[_TIME_BYTES:]
    if not hmac.compare_digest(mac, _mac(key, seconds, code)):
        return None
    return datetime.fromtimestamp(int.from_bytes(seconds, "big"), UTC)


def _mac(key: bytes, seconds: bytes, code: str) -> bytes:
    message = b"ticket\0" + seconds + code.encode()
    return hmac.digest(key, message, hashlib.sha256)[:_MAC_BYTES]
