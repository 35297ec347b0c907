"""A list of staff addresses as a table: unit code, e-mail; all rows or none."""

from collections.abc import Mapping, Sequence

from survey.distribute.roster import Invitee
from survey.errors import ColumnMissing, RefusedCell, RosterRefused, RosterRowRefused
from survey.exchange.cells import plain
from survey.exchange.csv_export import read_text, write_csv
from survey.exchange.named_columns import columns_of
from survey.exchange.refusals import shown
from survey.exchange.table_file import Table, table_of
from survey.rules.ways_in.invitation import is_address

MOST_ADDRESSES = 20_000
_CHINESE = {"unit_code": "单位编码", "email": "邮箱"}
_ALSO = {"e-mail": "email", "邮件地址": "email", "电子邮箱": "email", "邮箱地址": "email"}


def read_roster(
    content: bytes, *, file_name: str, unit_codes: Sequence[str], listed: Mapping[str, str]
) -> tuple[Invitee, ...]:
    """Return the rows of a CSV or XLSX file, or raise an error that names every wrong row.

    `listed` holds the addresses of the roster in small letters, with their units: an address
    that is there for the same unit may come again.
    """
    table = table_of(file_name, content)
    places = _places(table)
    invitees: list[Invitee] = []
    refused: list[RefusedCell] = []
    rows_by_address: dict[str, int] = {}
    for row, cells in table.rows:
        unit, address = (_text(cells, places[name]) for name in _CHINESE)
        if not unit and not address:
            continue
        problem = _problem(unit, address, unit_codes, listed, rows_by_address)
        if problem is not None:
            refused.append(RefusedCell(problem.code, row, problem.values))
        rows_by_address.setdefault(address.lower(), row)
        invitees.append(Invitee(unit, address))
    if refused:
        raise RosterRefused(table.file, refused)
    if not 1 <= len(invitees) <= MOST_ADDRESSES:
        raise RosterRowRefused("roster_count", count=len(invitees), most=MOST_ADDRESSES)
    return tuple(invitees)


def roster_template(units: Sequence[tuple[str, str]], locale: str) -> bytes:
    """Return the file to fill in: a row for each unit, its code, an empty address, its name."""
    is_chinese = locale == "zh-Hans"
    header = list(_CHINESE.values() if is_chinese else _CHINESE)
    return write_csv(
        [*header, "单位名称" if is_chinese else "unit_name"],
        [(code, "", name) for code, name in units],
    )


def _places(table: Table) -> dict[str, int]:
    """Return where each column stands; the words of either language are known."""
    names = {word: name for name, chinese in _CHINESE.items() for word in (name, chinese)}
    places = columns_of(table, names | _ALSO)
    for name, chinese in _CHINESE.items():
        if name not in places:
            column = f"{chinese} / {name}"
            raise ColumnMissing("roster_column_missing", file=table.file, column=column)
    return places


def _text(cells: Sequence[str], place: int) -> str:
    return plain(read_text(cells[place])) if place < len(cells) else ""


def _problem(
    unit: str,
    address: str,
    unit_codes: Sequence[str],
    listed: Mapping[str, str],
    rows_by_address: Mapping[str, int],
) -> RosterRowRefused | None:
    known = address.lower()
    if unit not in unit_codes:
        return RosterRowRefused("roster_unit", unit=shown(unit))
    if not address:
        return RosterRowRefused("roster_address_missing", unit=unit)
    if not is_address(address):
        return RosterRowRefused("roster_address", address=shown(address))
    if known in rows_by_address:
        return RosterRowRefused("roster_twice", address=address, first=rows_by_address[known])
    if listed.get(known, unit) != unit:
        return RosterRowRefused("roster_other_unit", address=address, other=listed[known])
    return None
