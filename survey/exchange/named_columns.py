"""Where the columns of a table stand: found by the words of their header, in either language."""

from collections.abc import Mapping

from survey.errors import ColumnMissing
from survey.exchange.cells import plain
from survey.exchange.table_file import Table


def columns_of(table: Table, names: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each column known by a word of `names` (word in small letters → column).

    Other columns are left alone; one column known by two words of the header is refused.
    """
    places: dict[str, int] = {}
    for place, word in enumerate(table.header):
        name = names.get(plain(word).lower())
        if name in places:
            both = f"{places[name] + 1}, {place + 1}"
            raise ColumnMissing("column_twice", file=table.file, column=word, places=both)
        if name is not None:
            places[name] = place
    return places
