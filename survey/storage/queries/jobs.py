"""Jobs: by code, an officer's, the next to be done, and those over long ago."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from survey.rules.job import OVER, JobState
from survey.storage.keys import may_be_code
from survey.storage.tables import Job


def job_by_code(session: Session, code: str) -> Job | None:
    """Return the job of that code, if there is one."""
    if not may_be_code(code):
        return None
    return session.exec(select(Job).where(Job.code == code)).one_or_none()


def jobs_of_officer(session: Session, officer: str, subject: str | None = None) -> Sequence[Job]:
    """Return what an officer has ordered, newest first; about one subject where it is named."""
    asked = select(Job).where(Job.ordered_by == officer).order_by(col(Job.id).desc())
    if subject is not None:
        asked = asked.where(Job.subject == subject)
    return session.exec(asked).all()


def next_job(session: Session, silent_since: datetime, *, for_update: bool = False) -> Job | None:
    """Return the oldest job that waits, or whose worker has been silent since an instant."""
    is_waiting = col(Job.state) == JobState.WAITING
    is_silent = (col(Job.state) == JobState.RUNNING) & (col(Job.beat_at) < silent_since)
    asked = select(Job).where(is_waiting | is_silent).order_by(col(Job.id)).limit(1)
    if for_update:
        asked = asked.with_for_update(skip_locked=True)
    return session.exec(asked).first()


def jobs_over_since(session: Session, instant: datetime) -> Sequence[Job]:
    """Return the jobs that were done or failed before an instant."""
    return session.exec(
        select(Job).where(col(Job.state).in_(OVER), col(Job.beat_at) < instant)
    ).all()
