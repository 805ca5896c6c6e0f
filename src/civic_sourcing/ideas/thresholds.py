"""
When a threshold is reached: how many, counted from when, until when. Nothing of Django in here.

- The rule in force when something was **filed** holds for it for good; rules made later never do,
  and a rule that has ended goes on for what was filed while it held. ``valid_from`` belongs to the
  rule's time, ``valid_to`` no more.
- **Counting starts** when it was published (what a moderator held back does not lose days by
  waiting). Where the forum opens public debates, commenters are counted from the opening of the
  debate, and before that none are.
- Where something waits for its first supporters before it is listed, the days of every other
  threshold run from the listing; who supported it before counts as well.
- ``days`` are spans of 24 hours. Who comes at the very end of the last day comes too late.
- **Reached** is reached: support that is taken back afterwards changes nothing. Support taken back
  before does not count.
- Of one person the first comment counts, so a second one never reaches anything.
- A threshold is reached by the one who makes it *n*, at that moment. Two rules may be reached at
  once; then the lower number comes first, and of equal numbers the older rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SUPPORTS = "supports"
COMMENTERS = "commenters"
DEBATE = "debate"
VISIBLE = "visible"


@dataclass(frozen=True)
class Rule:
    """``number`` of ``measure`` within ``days`` (``None``: whenever) lead to ``event``."""

    key: int
    number: int
    measure: str
    event: str
    valid_from: datetime
    valid_to: datetime | None = None
    days: int | None = None

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"number must be at least 1, not {self.number!r}.")
        if self.days is not None and self.days < 1:
            raise ValueError(f"days must be at least 1 or None, not {self.days!r}.")

    def holds_for(self, filed_at: datetime) -> bool:
        """Tell whether it was in force when something was filed."""
        return self.valid_from <= filed_at and (self.valid_to is None or filed_at < self.valid_to)


@dataclass(frozen=True)
class Course:
    """The times of one idea: filed, published (``None`` while it waits), listed, debate opened."""

    filed_at: datetime
    published_at: datetime | None
    listed_at: datetime | None = None
    debate_at: datetime | None = None


@dataclass(frozen=True)
class Window:
    """Half open: ``[opens_at, closes_at)``; ``closes_at=None`` never closes."""

    opens_at: datetime
    closes_at: datetime | None

    def holds(self, at: datetime) -> bool:
        return self.opens_at <= at and (self.closes_at is None or at < self.closes_at)


def in_force(rules: Iterable[Rule], filed_at: datetime) -> list[Rule]:
    """Return the rules that hold for what was filed then, in the order they can be reached."""
    holding = [rule for rule in rules if rule.holds_for(filed_at)]
    return sorted(holding, key=lambda rule: (rule.number, rule.key))


def window(rule: Rule, course: Course, rules: Iterable[Rule]) -> Window | None:
    """
    Return when people are counted for ``rule``; ``None`` while counting has not begun.

    ``rules`` are those in force for the same idea: a debate among them, or a first listing, moves
    where counting starts.
    """
    events = {other.event for other in rules}
    start = clock = course.published_at
    if rule.event != VISIBLE and VISIBLE in events:
        clock = course.listed_at
    if rule.measure == COMMENTERS and DEBATE in events:
        start = clock = course.debate_at
    if start is None or clock is None:
        return None
    return Window(start, None if rule.days is None else clock + timedelta(days=rule.days))


def reached_at(rule: Rule, counted: Window | None, times: Sequence[datetime]) -> datetime | None:
    """
    Return the moment in which ``rule`` was reached, if it was.

    ``times`` are those of the first support, or first comment, of each person.
    """
    if counted is None:
        return None
    within = sorted(at for at in times if counted.holds(at))
    return within[rule.number - 1] if len(within) >= rule.number else None


def missing(rule: Rule, counted: Window | None, number: int, at: datetime) -> int | None:
    """Return how many more it takes, ``None`` where it is too late or counting has not begun."""
    if counted is None or not counted.holds(at):
        return None
    return max(rule.number - number, 0)
