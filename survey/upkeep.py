"""Keep up: what the service does by itself every few seconds, one line a step."""

from datetime import datetime

from survey.collect.challenge import forget_expired_challenges
from survey.collect.draft import erase_old_drafts
from survey.collect.mix import mix_ready_cells
from survey.collect.scrub_withdrawn import scrub_withdrawn
from survey.collect.wind_up import wind_up_closed
from survey.distribute.remind import begin_due_reminders
from survey.exchange.foreign_answers.wait import forget_old_exports
from survey.handed_out import erase_old_handed_out
from survey.jobs import erase_old_jobs
from survey.settings import Settings
from survey.storage.database import Database


def keep_up(database: Database, settings: Settings, now: datetime) -> None:
    """Mix what is ready, wind up what has closed, erase what is old, begin due reminders."""
    mix_ready_cells(database, now)
    wind_up_closed(database, now)
    erase_old_drafts(database, now)
    scrub_withdrawn(database)
    forget_expired_challenges(database, now)
    begin_due_reminders(database, now)
    erase_old_jobs(database, now)
    forget_old_exports(settings, now)
    erase_old_handed_out(settings, now)
