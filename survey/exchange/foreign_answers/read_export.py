"""The bytes of an export from elsewhere → a table without the columns about people."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from scales import Questionnaire
from survey.errors import ImportRefused, TableUnreadable
from survey.exchange.table_file import Table, table_of
from survey.rules.sheets.column_mapping import is_about_people, is_item_heading
from survey.rules.sheets.imported_sheet import Export, ExportRow

MOST_ROWS, MOST_COLUMNS = 20_000, 300
_SAMPLE = 50

NumberedRow = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the answers are to go: what tells its columns, and the key its rows are hashed with."""

    campaign: str
    questionnaire: Questionnaire
    unit_names: Sequence[str]
    key: bytes = field(repr=False)


def read_export(content: bytes, file: str, destination: Destination) -> Export:
    """Read a CSV or XLSX file; who answered, from where and when is left behind here."""
    table = table_of(file, content)
    if len(table.header) > MOST_COLUMNS:
        raise ImportRefused("import_columns", count=len(table.header), most=MOST_COLUMNS)
    rows = _whole_rows(table)
    dropped = _dropped(table.header, rows, destination)
    kept = [place for place in range(len(table.header)) if place not in dropped]
    hashes = _hashes(rows, destination)
    return Export(
        file=file,
        digest=f"sha256:{hashlib.sha256(content).hexdigest()}",
        headings=tuple(table.header[place] for place in kept),
        dropped=tuple(table.header[place] for place in dropped),
        rows=[
            ExportRow(number, row_hash, [cells[place] for place in kept])
            for (number, cells), row_hash in zip(rows, hashes, strict=True)
        ],
    )


def _whole_rows(table: Table) -> list[NumberedRow]:
    """Return the rows as long as the header; cells missing at the end are empty."""
    width = len(table.header)
    rows: list[NumberedRow] = []
    for number, cells in table.rows:
        if any(cell.strip() for cell in cells[width:]):
            raise ImportRefused("import_ragged", row=number, found=len(cells), expected=width)
        if any(cell.strip() for cell in cells):
            rows.append((number, [*cells[:width], *[""] * (width - len(cells))]))
        if len(rows) > MOST_ROWS:
            raise ImportRefused("import_rows", most=MOST_ROWS)
    if not rows:
        raise TableUnreadable("table_header_only", file=table.file)
    return rows


def _dropped(
    header: Sequence[str], rows: Sequence[NumberedRow], destination: Destination
) -> dict[int, None]:
    """Return the places of the columns about people, in order; an item's column is never one."""
    questionnaire, names = destination.questionnaire, destination.unit_names
    return {
        place: None
        for place, heading in enumerate(header)
        if is_about_people(heading, [cells[place] for _, cells in rows[:_SAMPLE]])
        and not is_item_heading(heading, questionnaire, names)
    }


def _hashes(rows: Sequence[NumberedRow], destination: Destination) -> list[bytes]:
    """Return a keyed hash of each row as it came; of rows all alike the second is another one."""
    met: Counter[bytes] = Counter()
    hashes = []
    for _, cells in rows:
        content = json.dumps([destination.campaign, cells]).encode()
        alike = hashlib.blake2b(content, key=destination.key, digest_size=16).digest()
        met[alike] += 1
        number = met[alike].to_bytes(4, "big")
        hashes.append(hashlib.blake2b(alike + number, key=destination.key, digest_size=16).digest())
    return hashes
