"""Where the threads of a race wait for each other, so that no control hangs on luck."""

import threading


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
