"""
The booth with 20, 60 and 150 projects, and casting, behind gunicorn with two workers.

    make bench ARGS="booth --on postgres"

Visitors come over the loopback with session and token, from this process, which takes CPU beside
the server; so what one core could do is reckoned from the CPU the workers take for one answer. The
database takes CPU, too, that is not in there.
"""

import itertools
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import connection
from wagtail.models import Site

from benchmarks.harness import Table, percentile
from benchmarks.serving import Served
from benchmarks.visitors import TOKEN, Answer, Visitor, forms_in, signed_in
from benchmarks.votes import make_vote, open_run
from civic_sourcing.budgets.ballots import Choice
from civic_sourcing.budgets.models import BudgetVotePage

SIZES = (20, 60, 150)
WORKERS = 2
CLIENTS = 4
SECONDS = float(os.environ.get("CIVIC_BENCH_SECONDS", "5"))
"""For which each page is asked for."""

VOTERS = int(os.environ.get("CIVIC_BENCH_VOTERS", "400"))
WARM_UP = 20
NUMBERS = itertools.count()
HEADINGS = ("what", "answers", "per second", "p50 ms", "p95 ms", "bytes", "CPU ms", "per core")


@dataclass(frozen=True)
class Load:
    """What came of many calls: how long each took (seconds), how large its answer was."""

    what: str
    durations: list[float]
    sizes: list[int]
    lasted: float
    computed: float

    def cells(self) -> list[str]:
        number = len(self.durations)
        cpu = self.computed / number
        return [
            self.what,
            str(number),
            f"{number / self.lasted:.0f}",
            f"{percentile(self.durations, 0.5) * 1000:.1f}",
            f"{percentile(self.durations, 0.95) * 1000:.1f}",
            f"{percentile(self.sizes, 0.5):.0f}",
            f"{cpu * 1000:.1f}" if cpu else "",
            f"{1 / cpu:.0f}" if cpu else "",
        ]


def load(
    served: Served, what: str, call: Callable[[int], Answer], *, calls: int | None = None
) -> Load:
    """Make ``call(0)``, ``call(1)`` … from ``CLIENTS`` threads, so many or for ``SECONDS``."""
    numbers, durations, sizes = itertools.count(), [], []
    until = time.perf_counter() + SECONDS

    def client(_number: int) -> None:
        for number in numbers:
            if number >= calls if calls is not None else time.perf_counter() > until:
                return
            began = time.perf_counter()
            answer = call(number)
            durations.append(time.perf_counter() - began)
            sizes.append(len(answer.body))

    computed, began = served.computed(), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))
    lasted = time.perf_counter() - began
    return Load(what, durations, sizes, lasted, served.computed() - computed)


def expected(answer: Answer, *statuses: int) -> Answer:
    """Raise ``RuntimeError`` unless it came out well: what goes wrong goes wrong quickly."""
    if answer.status not in statuses:
        raise RuntimeError(f"{answer.status} instead of {statuses}: {answer.text[:2000]}")
    return answer


class Booth:
    """The booth of one vote, and people in front of it."""

    def __init__(self, served: Served, vote: BudgetVotePage) -> None:
        self.served = served
        self.path = urlsplit(vote.get_full_url()).path + "vote/"
        self.review = self.path + "review/"

    def people(self, number: int) -> list[Visitor]:
        users = get_user_model().objects
        named = [f"booth{next(NUMBERS)}" for _each in range(number)]
        made = users.bulk_create(get_user_model()(username=name, password="!") for name in named)
        return [signed_in(user, self.served.address) for user in made]

    def look(self, visitor: Visitor) -> Answer:
        return expected(visitor.get(self.path), 200)

    def mark(self, visitor: Visitor, *numbers: str) -> Answer:
        """Tick projects on the page as it is, and go on to the review."""
        form = next(form for form in forms_in(self.look(visitor).text) if form.holds("booth"))
        ticks = [("vote", number) for number in numbers]
        step = ("step", "review")
        return expected(visitor.post(self.path, form.filled(*ticks, step)), 303)

    def cast(self, visitor: Visitor, *numbers: str) -> Answer:
        """Say yes to a ballot, without having looked at it."""
        choice = Choice(tuple(numbers)).canonical()
        fields = [("csrfmiddlewaretoken", TOKEN), ("choice", choice), ("key", uuid4().hex)]
        return expected(visitor.post(self.review, fields), 303)

    def whole_visit(self, visitor: Visitor, *numbers: str) -> Answer:
        """Look, mark, look it over, cast, read the receipt."""
        reviewed = expected(visitor.get(self.mark(visitor, *numbers).location), 200)
        form = next(form for form in forms_in(reviewed.text) if form.holds("choice"))
        cast = expected(visitor.post(self.review, form.fields), 303)
        return expected(visitor.get(cast.location), 200)


def tables() -> Iterator[Table]:
    home = Site.objects.get(is_default_site=True).root_page
    booths = {}
    for size in SIZES:
        vote = make_vote(home, size)
        open_run(vote.process)
        booths[size] = vote
    connection.close()
    with Served("town.wsgi:application", settings="benchmarks.settings", workers=WORKERS) as served:
        where = f"gunicorn, {WORKERS} workers, {connection.display_name}"
        pages = [_page(Booth(served, vote), size) for size, vote in booths.items()]
        yield Table(f"The booth: {where}", HEADINGS, [each.cells() for each in pages])
        booth = Booth(served, booths[60])
        yield Table(f"Casting: {where}", HEADINGS, [each.cells() for each in _casts(booth)])


def _page(booth: Booth, size: int) -> Load:
    """People who have marked three projects look at the paper again and again."""
    people = booth.people(8)
    for each in people:
        booth.mark(each, "1", "2", "3")
    for number in range(WARM_UP):
        booth.look(people[number % 8])
    return load(booth.served, f"{size} projects", lambda number: booth.look(people[number % 8]))


def _casts(booth: Booth) -> Iterator[Load]:
    people = booth.people(VOTERS)
    for each in booth.people(WARM_UP):
        booth.cast(each, "1")
    yield load(
        booth.served, "cast", lambda number: booth.cast(people[number], "1", "2"), calls=VOTERS
    )
    yield load(booth.served, "change", lambda number: booth.cast(people[number], "3"), calls=VOTERS)
    others = booth.people(VOTERS // 4)
    yield load(
        booth.served,
        "whole visit (five requests)",
        lambda number: booth.whole_visit(others[number], "1", "2"),
        calls=len(others),
    )
