"""Jobs: done once, in order, with progress; put back at a stop, done anew after a crash."""

import errno
import json
from datetime import timedelta

import pytest
from builders import NOON

from survey.errors import FieldRefused, JobNotFound, JobRefused
from survey.job_worker import JobWorker
from survey.jobs import erase_old_jobs, job_file, job_of, order_job
from survey.rules.job import MOST_TRIES, SILENT_FOR, JobState


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def order(database, subject="campaign", **given):
    with database.writing() as session:
        job = order_job(
            session,
            database.settings,
            "count",
            subject,
            {"to": 3},
            ordered_by="王敏",
            now=NOON,
            **given,
        )
        return job.code


def state(database, code):
    with database.reading() as session:
        return job_of(session, code, "王敏")


def worker(database, clock, handler):
    return JobWorker(database, database.settings, clock, {"count": handler})


def count_up(work):
    for done in range(work.options["to"]):
        work.note(done, work.options["to"])
    work.file.write_text(work.subject)
    return "counted.txt"


def test_a_job_is_done_and_its_file_waits_for_whoever_ordered_it(database, clock):
    code = order(database)

    assert worker(database, clock, count_up).do_next()

    job = state(database, code)
    assert (job.state, job.done_count, job.total_count) == (JobState.DONE, 3, 3)
    assert job.file_name == "counted.txt"
    assert job_file(database.settings, code).read_text() == "campaign"
    assert not worker(database, clock, count_up).do_next()


def test_jobs_are_nobody_elses_business(database):
    code = order(database)

    with database.reading() as session, pytest.raises(JobNotFound):
        job_of(session, code, "李审")


def test_the_same_order_twice_is_one_job(database):
    assert order(database) == order(database)
    assert order(database) != order(database, "other")


def test_nobody_fills_the_queue_alone(database):
    for number in range(5):
        order(database, str(number))

    with pytest.raises(JobRefused) as refused:
        order(database, "one more")

    assert refused.value.code == "job_too_many"


def test_a_file_the_disk_cannot_hold_is_refused_before_work_begins(database):
    with pytest.raises(JobRefused) as refused:
        order(database, needed_bytes=10**18)

    assert refused.value.code == "job_disk_short"


def test_a_job_whose_worker_died_is_done_anew_when_its_beat_is_old(database, clock):
    code = order(database)

    def die(work):
        work.note(0, 3)
        work.file.write_text("half")
        raise KeyboardInterrupt  # as if the process were killed: nothing is tidied

    with pytest.raises(KeyboardInterrupt):
        worker(database, clock, die).do_next()

    assert state(database, code).state == JobState.RUNNING
    assert not worker(database, clock, count_up).do_next()
    clock.now += SILENT_FOR + timedelta(seconds=1)
    assert worker(database, clock, count_up).do_next()
    assert state(database, code).state == JobState.DONE


def test_a_job_that_kills_its_worker_each_time_is_given_up(database, clock):
    code = order(database)

    def die(work):
        raise KeyboardInterrupt

    for _ in range(MOST_TRIES):
        with pytest.raises(KeyboardInterrupt):
            worker(database, clock, die).do_next()
        clock.now += SILENT_FOR + timedelta(seconds=1)

    assert not worker(database, clock, count_up).do_next()
    job = state(database, code)
    assert job.state == JobState.FAILED
    assert json.loads(job.problem)["code"] == "job_gave_up"


def test_a_worker_told_to_stop_puts_its_job_back(database, clock):
    code = order(database)
    stopping = worker(database, clock, None)

    def stop_half_way(work):
        stopping._stopping.set()
        work.note(1, 3)

    stopping._handlers = {"count": stop_half_way}
    stopping.do_next()

    assert state(database, code).state == JobState.WAITING
    assert worker(database, clock, count_up).do_next()


def test_a_worker_that_was_given_up_changes_nothing_any_more(database, clock):
    code = order(database)

    def overtaken(work):
        work.note(0, 3)
        clock.now += SILENT_FOR + timedelta(seconds=1)
        assert worker(database, clock, count_up).do_next()  # another worker does it
        work.file.write_text("late")
        return "late.txt"

    worker(database, clock, overtaken).do_next()

    assert state(database, code).file_name == "counted.txt"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FieldRefused("posters_none"), "posters_none"),
        (OSError(errno.ENOSPC, "full"), "job_disk_full"),
        (ValueError("a secret"), "job_failed"),
    ],
)
def test_a_failure_is_kept_as_a_sentence_and_leaves_no_file(database, clock, error, code):
    ordered = order(database)

    def fail(work):
        work.file.write_text("half")
        raise error

    worker(database, clock, fail).do_next()

    job = state(database, ordered)
    assert job.state == JobState.FAILED
    assert json.loads(job.problem)["code"] == code
    assert "secret" not in job.problem
    assert list(job_file(database.settings, ordered).parent.iterdir()) == []


def test_files_are_erased_after_a_day(database, clock):
    code = order(database)
    worker(database, clock, count_up).do_next()

    assert erase_old_jobs(database, NOON + timedelta(hours=23)) == 0
    assert erase_old_jobs(database, NOON + timedelta(hours=25)) == 1

    assert not job_file(database.settings, code).exists()
    with database.reading() as session, pytest.raises(JobNotFound):
        job_of(session, code, "王敏")
