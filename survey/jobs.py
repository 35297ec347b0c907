"""Long work for officers: ordered on a page, done by one worker beside it, kept for a day."""

import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from survey.errors import JobNotFound, JobRefused
from survey.rules.job import UNDER_WAY, JobState
from survey.rules.ways_in.link import CODE_LETTERS
from survey.settings import Settings
from survey.storage.database import Database
from survey.storage.queries.jobs import job_by_code, jobs_of_officer, jobs_over_since
from survey.storage.tables import Job

FILES_KEPT_FOR = timedelta(days=1)
MOST_WAITING = 5
DISK_RESERVE_BYTES = 200 * 1024 * 1024  # what answers need must not be filled by files
_CODE_LENGTH = 20
_MB = 1024 * 1024


@dataclass(frozen=True)
class Work:
    """A job in the hands of its handler.

    `file` is where the result goes; `note(done, total)` tells how far it is and may end the work;
    `warn(code, values)` says something that the officer should know of the result.
    """

    subject: str
    options: Mapping[str, Any]
    database: Database
    settings: Settings
    file: Path
    note: Callable[[int, int], None]
    warn: Callable[[str, Mapping[str, Any]], None]


Handler = Callable[[Work], str]
"""Does the work, writes the file, and returns the name under which it is to be downloaded."""


def order_job(
    session: Session,
    settings: Settings,
    kind: str,
    subject: str,
    options: Mapping[str, Any],
    *,
    ordered_by: str,
    now: datetime,
    needed_bytes: int = 0,
) -> Job:
    """Put a job in the queue; the same job again while it is under way is that job."""
    under_way = [job for job in jobs_of_officer(session, ordered_by) if job.state in UNDER_WAY]
    for job in under_way:
        if (job.kind, job.subject, job.options) == (kind, subject, dict(options)):
            return job
    if len(under_way) >= MOST_WAITING:
        raise JobRefused("job_too_many", most=MOST_WAITING)
    check_disk(settings, needed_bytes)
    job = Job(
        code="".join(secrets.choice(CODE_LETTERS) for _ in range(_CODE_LENGTH)),
        kind=kind,
        subject=subject,
        options=dict(options),
        state=JobState.WAITING,
        ordered_by=ordered_by,
        ordered_at=now,
    )
    session.add(job)
    session.flush()
    return job


def check_disk(settings: Settings, needed_bytes: int) -> None:
    """Refuse work whose file the disk cannot hold beside what answers need."""
    needed = needed_bytes + DISK_RESERVE_BYTES
    free = shutil.disk_usage(settings.data_dir).free
    if free < needed:
        raise JobRefused("job_disk_short", free=free // _MB, needed=needed // _MB)


def job_of(session: Session, code: str, officer: str) -> Job:
    """Return an officer's own job, or raise `JobNotFound`."""
    job = job_by_code(session, code)
    if job is None or job.ordered_by != officer:
        raise JobNotFound
    return job


def job_file(settings: Settings, code: str) -> Path:
    """Return where the file of a job lies."""
    return settings.data_dir / "jobs" / code


def erase_old_jobs(database: Database, now: datetime) -> int:
    """Erase jobs that were over a day ago, with their files."""
    with database.reading() as session:
        if not jobs_over_since(session, now - FILES_KEPT_FOR):
            return 0
    with database.writing() as session:
        old = jobs_over_since(session, now - FILES_KEPT_FOR)
        codes = [job.code for job in old]
        for job in old:
            session.delete(job)
    for code in codes:
        for left in job_file(database.settings, code).parent.glob(f"{code}*"):
            left.unlink(missing_ok=True)
    return len(codes)
