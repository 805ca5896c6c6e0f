"""Where the threads of a race wait for each other, so that no control hangs on luck."""

import threading
import time

import pytest
from django.db import connection


class Gathering:
    """
    ``wait()`` holds each thread once, until ``count`` of them are there or ``seconds`` are over.

    A control waits long: everybody has looked before anybody writes. A guarded step waits for a
    moment only, since whoever holds the lock waits alone.
    """

    def __init__(self, count: int, *, seconds: float = 30) -> None:
        self._barrier = threading.Barrier(count)
        self._seconds = seconds
        self._met = threading.local()

    def wait(self) -> None:
        if getattr(self._met, "been_here", False):
            return
        self._met.been_here = True
        try:
            self._barrier.wait(self._seconds)
        except threading.BrokenBarrierError:
            return


WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def wait_until_somebody_waits(
    seconds: float = 20, *, unless: threading.Event | None = None
) -> None:
    """Wait until another connection to this database waits for a lock, ``unless`` it need not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if unless and unless.is_set():
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    pytest.fail("nobody waits for the lock")
