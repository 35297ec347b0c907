"""States of a job, and when a worker that went silent is given up."""

from datetime import timedelta
from enum import StrEnum

SILENT_FOR = timedelta(seconds=60)
MOST_TRIES = 3


class JobState(StrEnum):
    """What has become of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
OVER = (JobState.DONE, JobState.FAILED)
