"""The worker that does jobs one after another, beats while it works, and survives a restart."""

import contextlib
import errno
import json
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from survey.clock import Clock
from survey.errors import DatabaseUnavailable, SurveyError
from survey.jobs import Handler, Work, job_file
from survey.rules.job import MOST_TRIES, SILENT_FOR, JobState
from survey.settings import Settings
from survey.storage.database import Database
from survey.storage.queries.jobs import next_job
from survey.storage.tables import Job

_LOOK_EVERY_SECONDS = 1.0
_BEAT_EVERY_SECONDS = 2.0

_log = logging.getLogger(__name__)


class _Interrupted(Exception):
    """The service stops, or another worker has taken the job over."""


@dataclass
class _Claim:
    """A job this worker has taken, as long as nobody else beats for it."""

    code: str
    kind: str
    subject: str
    options: Mapping[str, Any]
    beat_at: datetime
    warning: str = ""
    noted: float = field(default_factory=time.monotonic)


class JobWorker:
    """One thread that does jobs; `handlers` by the kind of job."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Clock,
        handlers: Mapping[str, Handler],
    ) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._handlers = handlers
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to look for jobs."""
        self._thread.start()

    def stop(self) -> None:
        """Put the job in hand back into the queue, and end."""
        self._stopping.set()
        self._thread.join()

    def do_next(self) -> bool:
        """Do one job if there is one to be done."""
        claim = self._claim()
        if claim is None:
            return False
        try:
            file_name = self._handlers[claim.kind](self._work(claim))
        except _Interrupted:
            self._put_back(claim)
        except SurveyError as error:
            self._end(claim, JobState.FAILED, problem=_said(error.code, error.values))
        except Exception as error:
            _log.exception("a job failed: %s", claim.kind)
            code = "job_disk_full" if _is_full_disk(error) else "job_failed"
            self._end(claim, JobState.FAILED, problem=_said(code, {}))
        else:
            self._end(claim, JobState.DONE, file_name=file_name, problem=claim.warning)
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                has_worked = self.do_next()
            except DatabaseUnavailable:
                _log.warning("the database does not answer; jobs wait")
                has_worked = False
            except Exception:
                _log.exception("looking for jobs failed; it is tried again")
                has_worked = False
            if not has_worked:
                self._stopping.wait(_LOOK_EVERY_SECONDS)

    def _claim(self) -> _Claim | None:
        now = self._clock()
        with self._database.reading() as session:
            if next_job(session, now - SILENT_FOR) is None:
                return None  # without taking the writing turn
        with self._database.writing() as session:
            job = next_job(session, now - SILENT_FOR, for_update=True)
            if job is None:
                return None
            job.beat_at = now
            if job.try_count >= MOST_TRIES or job.kind not in self._handlers:
                job.state = JobState.FAILED
                job.problem = _said("job_gave_up", {"tries": job.try_count})
                return None
            job.state = JobState.RUNNING
            job.try_count += 1
            job.done_count = 0
            return _Claim(job.code, job.kind, job.subject, job.options, now)

    def _work(self, claim: _Claim) -> Work:
        file = _unfinished(job_file(self._settings, claim.code))
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

        def note(done: int, total: int) -> None:
            if self._stopping.is_set():
                raise _Interrupted
            if time.monotonic() - claim.noted >= _BEAT_EVERY_SECONDS or done == 0:
                with contextlib.suppress(DatabaseUnavailable):  # it beats again in a moment
                    self._change(claim, done_count=done, total_count=total)

        def warn(code: str, values: Mapping[str, Any]) -> None:
            claim.warning = _said(code, values)

        return Work(claim.subject, claim.options, self._database, self._settings, file, note, warn)

    def _put_back(self, claim: _Claim) -> None:
        _unfinished(job_file(self._settings, claim.code)).unlink(missing_ok=True)
        try:
            self._change(claim, state=JobState.WAITING, try_count=0)
        except _Interrupted:
            return  # another worker has it

    def _end(self, claim: _Claim, state: JobState, **columns: Any) -> None:
        file = job_file(self._settings, claim.code)
        if state is JobState.FAILED:
            _unfinished(file).unlink(missing_ok=True)
        else:
            _unfinished(file).replace(file)
            columns["done_count"] = Job.total_count
        try:
            self._change(claim, state=state, **columns)
        except _Interrupted:
            return

    def _change(self, claim: _Claim, **columns: Any) -> None:
        """Write to the job and beat; raise where another worker has beaten since."""
        now = max(self._clock(), claim.beat_at)
        with self._database.writing() as session:
            mine = (
                col(Job.code) == claim.code,
                col(Job.state) == JobState.RUNNING,
                col(Job.beat_at) == claim.beat_at,
            )
            changed = session.connection().execute(
                update(Job).where(*mine).values(beat_at=now, **columns)
            )
        if changed.rowcount != 1:
            raise _Interrupted
        claim.beat_at, claim.noted = now, time.monotonic()


def _unfinished(file: Path) -> Path:
    return file.with_suffix(".unfinished")


def _is_full_disk(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _said(code: str, values: Mapping[str, Any]) -> str:
    """Return a sentence's code and values as they are kept until somebody reads them."""
    return json.dumps({"code": code, "values": values}, ensure_ascii=False, default=str)
