"""
What keeps a cast whole, and how each of these guards is taken out: for one request, where its
header ``X-Without`` names it. Accidents that are rare are made frequent: at the delicate places a
cast takes a while, with guards and without.
"""

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from django.db import connection

from civic_sourcing.budgets.actions.casting import CastBallot, Receipt
from civic_sourcing.budgets.actions.casting import cast as casting
from civic_sourcing.budgets.models import VoteRun

LONGEST_PAUSE = 0.02
"""Seconds."""

AFTERWARDS = 10
"""
Seconds after its receipt a ballot is stored, where receipts are given early: longer than it takes
to kill who gave it.
"""

_without: ContextVar[frozenset[str]] = ContextVar("without", default=frozenset())


@contextlib.contextmanager
def taken_out(names: frozenset[str]) -> Iterator[None]:
    """Do without these guards in this thread."""
    token = _without.set(names)
    try:
        yield
    finally:
        _without.reset(token)


def pause() -> None:
    time.sleep(random.random() * LONGEST_PAUSE)


def prepare() -> None:
    """Slow the delicate places down, and have every guard ask whether it is wanted."""
    perform = CastBallot.perform

    def perform_slowly(cast: CastBallot) -> Receipt:
        pause()
        receipt = perform(cast)
        pause()
        return receipt

    CastBallot.perform = perform_slowly
    removable("claim", casting.RequestClaim, "take", lambda _take, _claim: True)
    removable("share", casting, "shared_run", read_alone)
    removable("limits", casting, "check", lambda _check, *_ballot, **_options: [])
    removable("durable", casting, "commit_durably", commit_carelessly)
    removable("commit", CastBallot, "execute", acknowledge_first)


def removable(guard: str, owner: Any, name: str, instead: Callable[..., Any]) -> None:
    """Put ``instead`` (called with the original first) in its place where ``guard`` is out."""
    original = getattr(owner, name)

    def either(*arguments: Any, **options: Any) -> Any:
        if guard in _without.get():
            return instead(original, *arguments, **options)
        return original(*arguments, **options)

    setattr(owner, name, either)


def read_alone(_shared_run: Any, run: int, *, using: str) -> list[tuple[Any, ...]]:
    """Read the run without keeping anybody from closing it meanwhile."""
    return list(VoteRun.objects.using(using).filter(pk=run).values_list(*casting.OF_RUNS))


def commit_carelessly(_commit_durably: Any, using: str) -> None:
    """Commit as the town's database does by itself, which here is before the disk has it."""


def acknowledge_first(execute: Any, cast: CastBallot) -> Receipt:
    """Give the receipt at once, and store the ballot a moment later."""
    receipt: Receipt = cast._claim().first_result()

    def store() -> None:
        try:
            execute(cast)
        finally:
            connection.close()

    later = threading.Timer(AFTERWARDS, store)
    later.daemon = True
    later.start()
    return receipt
