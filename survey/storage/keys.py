"""Keys of stored rows: integers, which never leave the process, and the codes in addresses."""

from typing import Protocol


class _Keyed(Protocol):
    id: int | None


def key_of(row: _Keyed) -> int:
    """Return the key a row got when it was flushed."""
    if row.id is None:
        raise ValueError(f"{type(row).__name__} was not flushed and has no key")
    return row.id


def may_be_code(text: str) -> bool:
    """Whether a part of an address can be a code at all; PostgreSQL refuses to look up NUL."""
    return text.isascii() and text.isprintable()
