"""
Where a challenge stands for the public, and which phases of its process follow from its rounds.

Pure: no database, no clock. Times are aware; windows are half open, ``[opens_at, closes_at)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

AWARDED = timedelta(days=30)
"""How long the winners are news among what is going on."""


class Status(StrEnum):
    """What people may expect of a challenge now; the words are in ``saying``."""

    UPCOMING = "upcoming"
    OPEN = "open"
    JUDGING = "judging"
    CLOSED = "closed"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class RoundDates:
    """
    The dates of one round. ``judging_until`` may be unknown (``None``); a round that takes no
    entries only tells what happens meanwhile.
    """

    opens_at: datetime | None
    closes_at: datetime | None
    judging_until: datetime | None = None
    takes_entries: bool = True

    def runs_at(self, at: datetime) -> bool:
        """Whether its window is open at ``at``; without an end it stays open."""
        begun = self.opens_at is not None and self.opens_at <= at
        return begun and (self.closes_at is None or at < self.closes_at)

    def is_judged_at(self, at: datetime) -> bool:
        """Whether its entries are closed and their judging is not over, or has no date."""
        if self.closes_at is None or self.closes_at > at:
            return False
        return self.takes_entries if self.judging_until is None else at < self.judging_until


@dataclass(frozen=True)
class Decided:
    """
    When the winners were made known, until when claims against them are heard, and when that became
    final (``None``: not yet; a claim may take longer).
    """

    published_at: datetime
    verified_until: datetime
    final_at: datetime | None = None


def status_of(
    rounds: Iterable[RoundDates],
    at: datetime,
    *,
    archived: bool = False,
    decided: bool = False,
    judged_here: bool = True,
) -> Status:
    """
    The status of a challenge with ``rounds`` at ``at``.

    It is open while any round takes entries; from its first opening on, and while it is neither
    open nor over, it is being judged. It is over (closed) once the winners are ``decided``, or when
    every window and every date of judging has passed; judging without a date lasts until the
    decision. A challenge whose entries are not ``judged_here`` is closed when its windows are. Of
    one whose opening nobody knows the close is enough.
    """
    if archived:
        return Status.ARCHIVED
    rounds = list(rounds)
    dated = [each for each in rounds if each.opens_at is not None]
    if any(each.takes_entries and each.runs_at(at) for each in dated):
        return Status.OPEN
    if not dated:
        over = any(each.closes_at is not None and each.closes_at <= at for each in rounds)
        return Status.CLOSED if over else Status.UPCOMING
    if all(_opening(each) > at for each in dated):
        return Status.UPCOMING
    if decided and not any(_opening(each) > at for each in dated):
        return Status.CLOSED
    going_on = any(
        _opening(each) > at or each.runs_at(at) or (judged_here and each.is_judged_at(at))
        for each in dated
    )
    return Status.JUDGING if going_on else Status.CLOSED


@dataclass(frozen=True)
class Window:
    """One phase of the process: its ``kind`` and from when to when; no end is ``None``."""

    kind: str
    opens_at: datetime
    closes_at: datetime | None


def windows_of(
    rounds: Sequence[RoundDates],
    *,
    announced_at: datetime | None = None,
    decided: Decided | None = None,
) -> list[Window]:
    """
    The phases of a process whose challenge has ``rounds``, one after the other without overlap.

    Before the first opening it is announced (if ``announced_at`` says since when). Each round that
    takes entries is a phase ``entering``, then ``judging`` until ``judging_until``, at the longest
    until the next round opens or the winners are made known. A round without entries is ``working``
    (nothing is handed in). After the decision comes ``verification``; with it the process is over.
    """
    dated = sorted((each for each in rounds if each.opens_at), key=_opening)
    if not dated:
        return []
    found = [*_announcement(announced_at, _opening(dated[0])), *_of_rounds(dated, decided)]
    if decided is not None:
        found.append(Window("verification", decided.published_at, decided.verified_until))
    return [window for window in found if _lasts(window)]


def first_disorder(rounds: Sequence[RoundDates]) -> tuple[int, str] | None:
    """
    The index of the first round whose dates cannot be, and why; ``None`` where all are in order.

    ``no-opening``, ``no-closing`` (another round follows), ``reversed`` (closes before it opens),
    ``judging-before-close``, ``before-predecessor`` (opens before the one before has closed).
    """
    for index, each in enumerate(rounds):
        if fault := _fault(each, is_last=index == len(rounds) - 1):
            return index, fault
    for index, (before, after) in enumerate(pairwise(rounds), start=1):
        if before.closes_at is None or _opening(after) < before.closes_at:
            return index, "before-predecessor"
    return None


def _fault(each: RoundDates, *, is_last: bool) -> str:
    if each.opens_at is None:
        return "no-opening"
    if each.closes_at is None:
        return "" if is_last and not each.takes_entries else "no-closing"
    if each.closes_at <= each.opens_at:
        return "reversed"
    if each.judging_until is not None and each.judging_until < each.closes_at:
        return "judging-before-close"
    return ""


def _announcement(since: datetime | None, opening: datetime) -> Iterator[Window]:
    if since is not None:
        yield Window("announced", since, opening)


def _of_rounds(dated: Sequence[RoundDates], decided: Decided | None) -> Iterator[Window]:
    for each, after in zip(dated, [*dated[1:], None], strict=True):
        limits = [_opening(after) if after else None, decided.published_at if decided else None]
        end = _earliest(each.closes_at, *limits)
        yield Window("entering" if each.takes_entries else "working", _opening(each), end)
        if each.takes_entries and each.closes_at is not None:
            yield Window("judging", each.closes_at, _earliest(each.judging_until, *limits))


def _after(decided: Decided) -> Iterator[Window]:
    verified = decided.final_at or decided.verified_until
    yield Window("verification", decided.published_at, verified)
    if decided.final_at is not None:
        yield Window("awarded", decided.final_at, decided.final_at + AWARDED)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _lasts(window: Window) -> bool:
    return window.closes_at is None or window.closes_at > window.opens_at


def _opening(each: RoundDates) -> datetime:
    assert each.opens_at is not None
    return each.opens_at
