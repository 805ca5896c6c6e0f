"""
How many have voted: what pages say of it, and the job that publishes it.

Pages read what was published, in steps of ten and at most every ten minutes; they never count.
Nothing is published of single projects before the count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from civic_sourcing.budgets.actions.casting.turnout import PAUSE, STEP, PublishTurnout
from civic_sourcing.budgets.models import Turnout, VoteArea, VoteRun

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process

State = VoteRun.State


@dataclass(frozen=True)
class Voters:
    """At least ``number`` people have voted, a multiple of ten; ``of`` so many inhabitants."""

    number: int
    of: int | None = None

    def __str__(self) -> str:
        """In words: “fewer than 10”, “at least 120 of 4,300 inhabitants”."""
        if not self.number:
            return _("fewer than %(step)d") % {"step": STEP}
        facts = {"number": number_format(self.number, force_grouping=True)}
        if not self.of:
            return _("at least %(number)s") % facts
        facts["of"] = number_format(self.of, force_grouping=True)
        return _("at least %(number)s of %(of)s inhabitants") % facts


@dataclass(frozen=True)
class AreaTurnout:
    """The turnout of one area."""

    name: str
    voters: Voters


@dataclass(frozen=True)
class PublishedTurnout:
    """What was published about a run at ``at``; ``areas`` is empty where nobody asks for areas."""

    at: datetime
    voters: Voters
    areas: tuple[AreaTurnout, ...] = ()


def published_turnout(run: VoteRun | None) -> PublishedTurnout | None:
    """Return what was last published about ``run``, or ``None``; two queries."""
    if run is None:
        return None
    tens = {row.area: row for row in Turnout.objects.of(run)}
    if "" not in tens:
        return None
    whole = tens.pop("")
    rows = VoteArea.objects.of(run.process_id) if tens else ()
    areas = (
        AreaTurnout(row.name, Voters(_voters(tens.get(row.code)), row.population))
        for row in rows
        if not row.town_wide
    )
    return PublishedTurnout(whole.at, Voters(_voters(whole)), tuple(areas))


def turnout_of(process: Process | None) -> PublishedTurnout | None:
    """Return what was last published about the run that counts for ``process``, or ``None``."""
    return None if process is None else published_turnout(VoteRun.objects.of(process))


def publish_turnouts(at: datetime) -> str | None:
    """Publish the turnout of every vote whose turn it is at ``at``. A job of ``civic_tick``."""
    due = list(_due(at))
    for run in due:
        PublishTurnout(run, by=None).execute()
    return f"{len(due)} published" if due else None


def _voters(row: Turnout | None) -> int:
    return row.tens * STEP if row else 0


def _due(at: datetime) -> Iterator[Any]:
    """Open votes every ten minutes, and each closed one once more."""
    runs: QuerySet[Any] = VoteRun.objects.exclude(kind=VoteRun.Kind.IMPORTED)
    said = FilteredRelation("turnout", condition=Q(turnout__area=""))
    runs = runs.annotate(said=said).filter(Q(said__at=None) | Q(said__at__lte=at - PAUSE))
    is_open = Q(state=State.OPEN, opens_at__lte=at)
    has_closed = Q(state=State.CLOSED) & (Q(said__at=None) | Q(said__at__lt=F("closed_at")))
    yield from runs.filter(is_open | has_closed)
