"""What an address names, or the page that says it is not there."""

from typing import TypeVar

from web.errors import NoSuchPage

Row = TypeVar("Row")


def found(row: Row | None) -> Row:
    """Return what a query found, or raise `NoSuchPage`."""
    if row is None:
        raise NoSuchPage
    return row
