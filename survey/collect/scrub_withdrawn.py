"""Overwrite in the files what named offices have had deleted."""

from survey.collect.mix import scrub
from survey.storage.database import Database
from survey.storage.queries.withdrawals import mark_scrubbed, scrubs_due

_SCRUBBED = ("office_sheet", "evidence_file", "sheet_draft", "restored_sheet", "open_answer")


def scrub_withdrawn(database: Database) -> bool:
    """Leave no trace of what was withdrawn in the files; tried again until it is done."""
    with database.reading() as session:
        due = scrubs_due(session)  # what is withdrawn meanwhile waits for the next round
    if not due or not scrub(database, *_SCRUBBED):
        return False
    with database.writing() as session:
        mark_scrubbed(session, due)
    return True
