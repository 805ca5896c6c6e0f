"""
The rules of a claim: how long who has, who may decide, what an appeal changed. No Django here.

A claim goes ``filed → heard → decided → final``; one appeal adds ``appealed → reheard`` before the
end. In ``filed`` and ``appealed`` the other side may answer; ``heard`` and ``reheard`` wait for a
steward; ``decided`` waits for an appeal. Deadlines are moments: exactly at one it is too late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

Person = TypeVar("Person")

WHOLE = 10_000
"""All shares together, in hundredths of a percent."""


class Stage(StrEnum):
    FILED = "filed"
    HEARD = "heard"
    DECIDED = "decided"
    APPEALED = "appealed"
    REHEARD = "reheard"
    FINAL = "final"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    ADDED = "added"
    SHARED = "shared"
    TRANSFERRED = "transferred"
    REFUSED = "refused"


class Verdict(StrEnum):
    UPHELD = "upheld"
    REVERSED = "reversed"
    CHANGED = "changed"


class Bar(StrEnum):
    """Why somebody may not decide a claim."""

    PARTY = "party"
    MODERATED = "moderated"
    DECIDED_BEFORE = "decided-before"


OPEN = (Stage.FILED, Stage.HEARD, Stage.DECIDED, Stage.APPEALED, Stage.REHEARD)
HEARING: dict[Stage, Stage] = {Stage.FILED: Stage.HEARD, Stage.APPEALED: Stage.REHEARD}
"""Stages in which the other side is heard, and what comes after."""

DECIDABLE = frozenset({Stage.FILED, Stage.HEARD, Stage.APPEALED, Stage.REHEARD})


@dataclass(frozen=True)
class Periods:
    """How long each side has, in days."""

    answer: int
    decide: int
    appeal: int

    def due_at(self, stage: Stage, since: datetime) -> datetime | None:
        """When ``stage`` is over if it began at ``since``; ``None`` if it has no end."""
        days = {
            Stage.FILED: self.answer,
            Stage.APPEALED: self.answer,
            Stage.HEARD: self.decide,
            Stage.REHEARD: self.decide,
            Stage.DECIDED: self.appeal,
        }.get(stage)
        return None if days is None else since + timedelta(days=days)


def is_past(due_at: datetime | None, at: datetime) -> bool:
    """Whether a deadline has come: at that moment it is too late."""
    return due_at is not None and at >= due_at


def may_be_answered(stage: Stage) -> bool:
    """
    The other side is heard as long as nobody has decided: a late answer is better than none.

    The deadline says only from when on the steward need not wait for it.
    """
    return stage in DECIDABLE


def may_be_decided(stage: Stage, due_at: datetime | None, at: datetime) -> bool:
    """Once the other side has answered, or its time is over."""
    if stage in HEARING:
        return is_past(due_at, at)
    return stage in DECIDABLE


def may_be_appealed(stage: Stage, due_at: datetime | None, at: datetime) -> bool:
    """Once, within the time for it."""
    return stage == Stage.DECIDED and not is_past(due_at, at)


def bar_to_deciding(
    person: Person,
    *,
    parties: Collection[Person],
    moderators: Collection[Person],
    first_decider: Person | None,
) -> Bar | None:
    """
    Return why ``person`` may not decide, or ``None``.

    ``parties`` are claimant, author, co-authors and whoever wrote what is named as evidence;
    ``moderators`` have hidden, restored or removed one of the texts; an appeal is not decided by
    the ``first_decider``.
    """
    if person in parties:
        return Bar.PARTY
    if person in moderators:
        return Bar.MODERATED
    if first_decider is not None and person == first_decider:
        return Bar.DECIDED_BEFORE
    return None


def verdict(
    first: tuple[Outcome, str, int | None], second: tuple[Outcome, str, int | None]
) -> Verdict:
    """
    What an appeal did to the first decision, each given as outcome, role and share.

    The same in all three is upheld; a refusal turned into a credit, or the other way round, is
    reversed; anything else is changed.
    """
    if first == second:
        return Verdict.UPHELD
    if (first[0] == Outcome.REFUSED) != (second[0] == Outcome.REFUSED):
        return Verdict.REVERSED
    return Verdict.CHANGED


def paused_until(refusals: Iterable[datetime], *, limit: int, days: int) -> datetime | None:
    """
    Until when somebody whose claims were refused at these times cannot claim; ``None``: never.

    With ``limit`` refusals within ``days`` the pause lasts ``days`` from the last of them. A
    ``limit`` of 0 knows no pause.
    """
    latest = sorted(refusals)[-limit:] if limit else []
    if not latest or len(latest) < limit or latest[-1] - latest[0] > timedelta(days=days):
        return None
    return latest[-1] + timedelta(days=days)


def next_claim_at(
    filed: Iterable[datetime], at: datetime, *, count: int, seconds: int
) -> datetime | None:
    """When the next of ``count`` claims in any ``seconds`` may be filed; ``None``: now."""
    window = timedelta(seconds=seconds)
    recent = sorted(moment for moment in filed if at - moment < window)
    return recent[-count] + window if len(recent) >= count else None


def shares_with(current: Mapping[Person, int], newcomer: Person, part: int) -> dict[Person, int]:
    """
    Give ``newcomer`` the share ``part`` and leave the others the rest, in proportion.

    In hundredths of a percent. ``current`` may lack shares (all zero): then the rest is split
    evenly. Nobody ends with nothing; what rounding leaves goes to the largest fractions, ties in
    the order given. The sum is exactly ``WHOLE``. Raises ``ValueError`` where that cannot be.
    """
    others = [person for person in current if person != newcomer]
    rest = WHOLE - part
    if not 0 < part <= WHOLE or rest < len(others) or (rest and not others):
        raise ValueError(f"part must leave something for {len(others)} others, not {part!r}.")
    weights = [max(current[person], 0) for person in others]
    if not sum(weights):
        weights = [1] * len(others)
    return dict(zip(others, _apportion(rest, weights), strict=True)) | {newcomer: part}


def _apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Split ``total`` by ``weights``, at least 1 each, by largest remainders."""
    if not weights:
        return []
    spare, whole = total - len(weights), sum(weights)
    parts = [1 + spare * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(spare * weights[i] % whole), i))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts
