"""Import answers collected elsewhere: the whole file in one transaction, or nothing of it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from survey.collect.mix import lock_campaign
from survey.errors import ImportRefused
from survey.results import phase_of
from survey.rules.audience import Audience
from survey.rules.campaign import Act, may
from survey.rules.sheets.imported_sheet import Export, Fidelity, ImportedSheet, kept_report
from survey.rules.sheets.serving import day_of, seconds_bucket
from survey.rules.ways_in.channel import Channel
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import MIX_AT_LEAST
from survey.storage.queries.imports import cells_by_unit, import_by_digest, imported_rows
from survey.storage.tables import (
    AnswerSheet,
    Campaign,
    ImportedFile,
    ImportedRow,
    InboxSheet,
    OpenAnswer,
    Unit,
    table_of,
)

IMPORT_AUDIENCES = (Audience.STAFF, Audience.CITIZEN)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: the sheets stored, and the rows that came with an earlier file."""

    stored_count: int
    again_count: int


def check_import_is_taken(session: Session, campaign: Campaign, now: datetime) -> None:
    """Refuse answers for named offices, and for a campaign that does not run."""
    if campaign.audience not in IMPORT_AUDIENCES:
        raise ImportRefused("import_wrong_audience")
    if campaign.wound_up_at is not None or not may(Act.ENTER, phase_of(session, campaign, now)):
        raise ImportRefused("import_not_open")


def import_answers(
    session: Session,
    campaign: Campaign,
    export: Export,
    fidelity: Fidelity,
    *,
    officer: str,
    now: datetime,
) -> Imported:
    """Store the sheets of a file under random ids, in an order that is not the file's.

    Staff's wait in the inbox like those of links; of citizens the channel is kept. A row that
    came before, in whichever file, is not stored again; the same file is refused.
    """
    lock_campaign(session, key_of(campaign))
    session.refresh(campaign)
    check_import_is_taken(session, campaign, now)
    check_is_new(session, campaign, export.digest)
    if fidelity.open_count:
        raise ImportRefused("import_open_texts", count=fidelity.open_count)
    with session.begin_nested():  # what is refused half-way leaves nothing behind
        outcome = _take(session, campaign, fidelity.sheets, now)
    session.add(
        ImportedFile(
            campaign_id=key_of(campaign),
            digest=export.digest,
            name=export.file,
            report=kept_report(
                export,
                fidelity,
                {"stored": outcome.stored_count, "again": outcome.again_count},
                with_cells=not _are_few_staff(campaign, outcome),
            ),
            imported_by=officer,
            imported_at=now,
        )
    )
    session.flush()
    return outcome


def _take(
    session: Session, campaign: Campaign, found: Sequence[ImportedSheet], now: datetime
) -> Imported:
    new_hashes = _note_rows(session, key_of(campaign), found)
    sheets = [sheet for sheet in found if sheet.row_hash in new_hashes]
    if campaign.audience == Audience.STAFF:
        _count_staff(session, campaign, sheets)
    _store(session, campaign, sheets, now)
    return Imported(len(sheets), len(found) - len(sheets))


def check_is_new(session: Session, campaign: Campaign, digest: str) -> None:
    """Refuse a file that was taken in before, byte for byte."""
    if import_by_digest(session, key_of(campaign), digest) is not None:
        raise ImportRefused("import_file_again")


def _are_few_staff(campaign: Campaign, outcome: Imported) -> bool:
    """Whether counts of cells could tell what few people answered."""
    return campaign.audience == Audience.STAFF and outcome.stored_count < MIX_AT_LEAST


def _note_rows(session: Session, campaign_id: int, sheets: Sequence[ImportedSheet]) -> set[bytes]:
    """Note the rows that are new, in the order of their hashes; nobody else imports meanwhile."""
    new = {sheet.row_hash for sheet in sheets} - imported_rows(session, campaign_id)
    rows = [{"campaign_id": campaign_id, "row_hash": row_hash} for row_hash in sorted(new)]
    if rows:
        session.connection().execute(table_of(ImportedRow).insert(), rows)
    return new


def _count_staff(session: Session, campaign: Campaign, sheets: Sequence[ImportedSheet]) -> None:
    cells = cells_by_unit(session, key_of(campaign))
    for unit_id, count in Counter(sheet.unit_id for sheet in sheets).items():
        cell = cells[unit_id]
        cell.imported_count += count
        came = cell.imported_count + cell.paper_count
        if cell.head_count is not None and came > cell.head_count:
            unit = session.get_one(Unit, unit_id)
            raise ImportRefused(
                "import_more_than_people", unit=unit.name, count=cell.head_count, came=came
            )


def _store(
    session: Session, campaign: Campaign, sheets: Sequence[ImportedSheet], now: datetime
) -> None:
    named = sorted(((uuid4(), sheet) for sheet in sheets), key=lambda pair: pair[0])
    if not named:
        return
    connection = session.connection()
    campaign_id = key_of(campaign)
    channel = Channel.IMPORTED if campaign.audience == Audience.CITIZEN else None
    rows = [{**_row(campaign_id, sheet_id, sheet), "channel": channel} for sheet_id, sheet in named]
    if campaign.audience == Audience.STAFF or campaign.counts_only:
        texts = [_texts_together(sheet) for _, sheet in named]
        waiting = [{**row, "texts": words} for row, words in zip(rows, texts, strict=True)]
        connection.execute(table_of(InboxSheet).insert(), waiting)
        return
    day = day_of(now)
    connection.execute(table_of(AnswerSheet).insert(), [{**r, "bucket_at": day} for r in rows])
    if words := _texts_apart(campaign_id, sheets):
        connection.execute(table_of(OpenAnswer).insert(), words)


def _row(campaign_id: int, sheet_id: UUID, sheet: ImportedSheet) -> dict[str, Any]:
    return {
        "campaign_id": campaign_id,
        "unit_id": sheet.unit_id,
        "id": sheet_id,
        "packed": sheet.packed,
        "seconds_bucket": seconds_bucket(sheet.seconds),
    }


def _texts_together(sheet: ImportedSheet) -> str | None:
    return json.dumps(dict(sheet.texts), ensure_ascii=False) if sheet.texts else None


def _texts_apart(campaign_id: int, sheets: Sequence[ImportedSheet]) -> list[dict[str, Any]]:
    rows = [
        {
            "campaign_id": campaign_id,
            "unit_id": sheet.unit_id,
            "id": uuid4(),
            "item_id": item_id,
            "text": text,
        }
        for sheet in sheets
        for item_id, text in sheet.texts.items()
    ]
    return sorted(rows, key=lambda row: str(row["id"]))
