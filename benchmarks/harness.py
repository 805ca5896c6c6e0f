"""
Measure views in process: SQL queries, requests per second and how long the slow ones take.

No network and no web server are in the way: the test client calls the whole Django stack
(middleware, routing, templates) in this process, one request after the other. *requests/s* is what
one such process answers by the clock, waiting for its database included. *CPU ms* is what it
computes for a request: a core that has nothing else to do serves 1000 / *CPU ms* of them.
*database CPU ms* is what PostgreSQL computes beside it for this connection (without its parallel
workers; Linux only), and SQLite computes in this process. Queries are counted in a request of their
own, because counting slows a request down.
"""

import contextlib
import gc
import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Measurement:
    """
    One line of a table. ``p50`` and ``p95`` are milliseconds per request by the clock, ``cpu`` is
    what this process computes for one, ``database`` what its database server does.
    """

    what: str
    queries: int
    per_second: float
    p50: float
    p95: float
    cpu: float | None = None
    database: float | None = None

    HEADINGS: ClassVar = (
        *("what", "SQL queries", "requests/s", "p50 ms", "p95 ms"),
        *("CPU ms", "database CPU ms"),
    )

    def cells(self) -> list[str]:
        return [
            self.what,
            str(self.queries),
            f"{self.per_second:.0f}",
            f"{self.p50:.1f}",
            f"{self.p95:.1f}",
            "" if self.cpu is None else f"{self.cpu:.1f}",
            "" if self.database is None else f"{self.database:.1f}",
        ]


def percentile(durations: Iterable[float], share: float) -> float:
    """The duration that ``share`` (0–1) of ``durations`` do not exceed (nearest rank)."""
    ranked = sorted(durations)
    return ranked[max(math.ceil(share * len(ranked)) - 1, 0)]


def measure(
    url: str,
    *,
    what: str | None = None,
    client: Client | None = None,
    seconds: float = 3.0,
    warm_up: int = 3,
) -> Measurement:
    """
    Ask for ``url`` again and again for ``seconds``, after ``warm_up`` requests that do not count.

    Raises ``RuntimeError`` if it answers anything but 200.
    """
    client = client or Client()
    return measure_call(
        lambda: _get(client, url), what=what or url, seconds=seconds, warm_up=warm_up
    )


def measure_call(
    call: Callable[[], Any], *, what: str, seconds: float = 3.0, warm_up: int = 3
) -> Measurement:
    """Like ``measure``, for anything that may be called: a POST, an action, a count."""
    for _round in range(warm_up):
        call()
    with CaptureQueriesContext(connection) as captured:
        call()
    queries = len(captured)
    durations: list[float] = []
    with only_new_garbage():
        before = database_computed()
        computed, until = time.process_time(), time.perf_counter() + seconds
        while not durations or time.perf_counter() < until:
            began = time.perf_counter()
            call()
            durations.append(time.perf_counter() - began)
        computed = time.process_time() - computed
        after = database_computed()
    return Measurement(
        what=what,
        queries=queries,
        per_second=len(durations) / sum(durations),
        p50=percentile(durations, 0.50) * 1000,
        p95=percentile(durations, 0.95) * 1000,
        cpu=computed / len(durations) * 1000,
        database=None if after is None else (after - (before or 0)) / len(durations) * 1000,
    )


def database_computed() -> float | None:
    """Seconds of CPU the server of this connection has taken; ``None`` where nobody can tell."""
    if connection.vendor != "postgresql":
        return None
    connection.ensure_connection()
    times = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(times.read_text().split()[0]) / 1e9 if times.exists() else None


@contextlib.contextmanager
def only_new_garbage() -> Iterator[None]:
    """Keep the collector from what filled the database: a server's process never held it."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _get(client: Client, url: str) -> None:
    response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url} must answer 200 to be measured, not {response.status_code!r}.")


@dataclass
class Table:
    """A table in Markdown, so that a run can be pasted into the docs as it is."""

    title: str
    headings: tuple[str, ...]
    rows: list[list[str]]

    @classmethod
    def of(cls, title: str, measurements: Iterable[Measurement]) -> "Table":
        return cls(title, Measurement.HEADINGS, [one.cells() for one in measurements])

    def __str__(self) -> str:
        lines = [list(self.headings), *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.headings))]
        head, *body = [self._line(line, widths) for line in lines]
        aligned = (
            "-" * (width + 1) + (":" if column else "-") for column, width in enumerate(widths)
        )
        rule = f"|{'|'.join(aligned)}|"
        return "\n".join([f"### {self.title}", "", head, rule, *body, ""])

    @staticmethod
    def _line(cells: list[str], widths: list[int]) -> str:
        first, *numbers = zip(cells, widths, strict=True)
        parts = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in numbers)]
        return "| " + " | ".join(parts) + " |"
