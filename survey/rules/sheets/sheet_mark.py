"""By what name pages and forms know a sheet."""

import hmac
from base64 import b32encode
from hashlib import sha256
from uuid import UUID

_MARK_BYTES = 10


def mark_of(key: bytes, campaign_code: str, sheet_id: UUID) -> str:
    """Return the mark of a sheet, by a key of its own.

    Its id would let whoever reads the page try answers under it: the same ones are met with
    thanks, others are refused.
    """
    digest = hmac.digest(key, campaign_code.encode() + sheet_id.bytes, sha256)
    return b32encode(digest[:_MARK_BYTES]).decode().lower()
