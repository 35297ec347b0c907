"""Many requests at the same instant: none waits for a thread that another holds."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from console_visit import EVALUATION, Visit

from web import sign_in

MANY = 60  # more than the threads that answer requests


def test_only_two_passwords_are_hashed_at_a_time(client, monkeypatch):
    busy, most, lock = 0, 0, threading.Lock()

    def slow(password, kept):
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.02)
        with lock:
            busy -= 1
        return False

    monkeypatch.setattr(sign_in, "is_password", slow)
    monkeypatch.setattr("survey.people.MOST_FAILURES", 10 * MANY)

    def wrong(number):
        return Visit(client).sign_in(name=f"name {number}").status_code

    with ThreadPoolExecutor(MANY) as pool:
        statuses = set(pool.map(wrong, range(MANY)))

    assert statuses == {401}
    assert most == 2


def test_changing_requests_in_a_crowd_all_come_through(officer):
    path = f"/console/evaluations/{EVALUATION}/manual-values"

    def enter(number):
        form = {"indicator": "A21", "points-U1": str(number % 30)}
        return officer.post(path, form).status_code, officer.get("/console/").status_code

    with ThreadPoolExecutor(MANY) as pool:
        done = set(pool.map(enter, range(MANY)))

    assert done == {(303, 200)}
