"""Voters who go on until they have a receipt, and remember what they were told."""

from __future__ import annotations

import contextlib
import random
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from benchmarks.visitors import NoAnswer, Visitor
from civic_sourcing.budgets.ballots.content import Choice

TRIES, BREATH = 1_000, 0.05
"""After so many tries a voter gives up, and the proof with them; seconds between two."""


@dataclass(frozen=True)
class Form:
    """A ballot filled in, ready to be sent, as often as it takes."""

    choice: str
    key: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True)
class Told:
    """What a voter was told of one form: a tracker, or by which status that it was not recorded."""

    tracker: str = ""
    refused: str = ""

    @property
    def recorded(self) -> bool:
        return bool(self.tracker)


NOT_RECORDED = "503"
RECEIPT = re.compile(r"/receipt/([A-Z2-7]{20})/$")


@dataclass
class Voter:
    """
    One voter on a device of their own; ``receipts`` are what was acknowledged, in order.

    ``review`` is the address where a ballot is cast, ``unequal`` what a repeated form was told
    otherwise than before, ``failures`` how often nothing came back or nothing was recorded.
    """

    visitor: Visitor
    review: str
    who: str
    receipts: list[tuple[Form, str]] = field(default_factory=list)
    unequal: list[tuple[str, str]] = field(default_factory=list)
    failures: int = 0

    def send(self, form: Form) -> Told:
        """Say yes to a ballot once. Raises ``NoAnswer``, also where the server fails."""
        token = self.visitor.cookies["csrftoken"]
        fields = [("csrfmiddlewaretoken", token), ("choice", form.choice), ("key", form.key)]
        answer = self.visitor.post(self.review, fields)
        if answer.status == 500:
            raise NoAnswer("500")
        if found := RECEIPT.search(answer.location):
            return Told(found[1])
        return Told(refused=str(answer.status))

    def insist(self, form: Form) -> Told:
        """Send a form until something is said that holds, as a voter would."""
        for _try in range(TRIES):
            with contextlib.suppress(NoAnswer):
                told = self.send(form)
                if told.refused != NOT_RECORDED:
                    return told
            self.failures += 1
            time.sleep(BREATH)
        raise RuntimeError(f"{self.who} has sent a form {TRIES} times.")

    def cast(self, choice: str) -> Told:
        """Cast one ballot, send its form a second time, and note both answers."""
        form = Form(choice)
        told = self.insist(form)
        if told.recorded:
            self.receipts.append((form, told.tracker))
            again = self.insist(form)
            if again != told:
                self.unequal.append((told.tracker, again.tracker or again.refused))
        return told

    def vote_until(self, done: threading.Event, choices: Callable[[], str]) -> None:
        """Cast one ballot after the other until it is enough, or the vote is closed."""
        while not done.is_set() and self.cast(choices()).recorded:
            pass

    @property
    def last(self) -> tuple[Form, str]:
        return self.receipts[-1]


def any_choice(numbers: list[str], most: int) -> str:
    """The canonical text of a ballot with one to ``most`` ticks."""
    ticked = set(random.sample(numbers, random.randint(1, most)))
    return Choice(tuple(number for number in numbers if number in ticked)).canonical()


def at_once(count: int, function: Callable[[int], Any]) -> list[Any]:
    """Call ``function(0)`` … at the same moment; return what each returned, in that order."""
    barrier = threading.Barrier(count)

    def one(number: int) -> Any:
        barrier.wait(60)
        return function(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
