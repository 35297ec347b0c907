"""Words that came with sheets, laid away apart from them, by random ids."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy.engine import Connection

from survey.storage.tables import OpenAnswer, table_of
from survey.storage.waiting import WaitingSheet


def store_texts(connection: Connection, sheets: Sequence[WaitingSheet]) -> None:
    """Keep the words of sheets, each under a random id of its own."""
    rows = [
        {
            "campaign_id": sheet.way.campaign_id,
            "unit_id": sheet.way.unit_id,
            "id": uuid4(),
            "item_id": item_id,
            "text": words,
        }
        for sheet in sheets
        for item_id, words in sheet.texts.items()
    ]
    if rows:
        connection.execute(_INSERT, sorted(rows, key=lambda row: str(row["id"])))


_INSERT = table_of(OpenAnswer).insert()
