"""What a judge has to do, as lists show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Assignment, ConflictState, Judge, JudgeState, Round
from civic_sourcing.challenges.panel.news import panel_path
from civic_sourcing.challenges.panel.reading import Reading, is_blind
from civic_sourcing.participants.eligibility.places import titles_of


@dataclass(frozen=True)
class Task:
    """One entry to judge. ``tone`` colours ``state``; a closed one is only told of."""

    label: str
    url: str
    state: str | Promise
    tone: str
    round: Round
    is_done: bool = False
    is_closed: bool = False
    is_calibration: bool = False


@dataclass(frozen=True)
class PanelLine:
    """One panel in the list of panels. ``until`` is when its next judging ends."""

    title: str
    url: str
    judge: Judge
    open: int
    done: int
    until: datetime | None

    @property
    def is_invited(self) -> bool:
        return self.judge.state == JudgeState.INVITED


def tasks_of(judge: Judge, at: datetime) -> list[Task]:
    """The entries of one judge: what to agree on first, then what is open, then the rest."""
    rows = Assignment.objects.filter(judge=judge).select_related("entry", "round", "sheet")
    blind = is_blind(judge.process)
    tasks = [task_of(row, blind=blind, at=at) for row in rows.order_by("round__number", "pk")]
    return sorted(tasks, key=lambda task: (task.is_closed, task.is_done, not task.is_calibration))


def task_of(row: Assignment, *, blind: bool, at: datetime) -> Task:
    sheet = getattr(row, "sheet", None)
    is_done = sheet is not None and sheet.completed_at is not None
    state, tone = state_of(row, sheet, at)
    return Task(
        label=Reading(row, blind=blind).label,
        url="" if row.ended_at else reverse("civic_judging:entry", args=[row.uuid]),
        state=state,
        tone=tone,
        round=row.round,
        is_done=is_done,
        is_closed=row.ended_at is not None,
        is_calibration=row.is_calibration,
    )


def state_of(row: Assignment, sheet: Any, at: datetime) -> tuple[str | Promise, str]:
    """What an assignment has come to, in words, and its tone."""
    if row.conflict == ConflictState.CONFLICT:
        return _("Closed: conflict of interest"), "neutral"
    if row.ended_at is not None:
        return _("No longer yours"), "neutral"
    if sheet is not None and sheet.completed_at is not None:
        return _("Handed in"), "success"
    if row.round.judging_until is not None and row.round.judging_until <= at:
        return _("Judging has ended"), "danger"
    if row.conflict == ConflictState.UNDECLARED:
        return _("Say first whether there is a conflict"), "warning"
    return (_("Draft"), "info") if sheet is not None else (_("To be scored"), "info")


def panels_of(person: Any) -> list[PanelLine]:
    """The panels of one person, those with something to do first."""
    if person is None:
        return []
    states = (JudgeState.INVITED, JudgeState.ACCEPTED)
    judges = Judge.objects.filter(participant=person, state__in=states)
    rows = list(judges.select_related("process").order_by("-pk"))
    titles = titles_of([judge.process for judge in rows])
    lines = [line_of(judge, titles[judge.process_id]) for judge in rows]
    return sorted(lines, key=lambda line: not (line.is_invited or line.open))


def line_of(judge: Judge, title: str) -> PanelLine:
    mine = Assignment.objects.filter(judge=judge)
    dates = mine.open().values_list("round__judging_until", flat=True)
    return PanelLine(
        title=title,
        url=panel_path(judge),
        judge=judge,
        open=mine.open().count(),
        done=mine.filter(ended_at=None).done().count(),
        until=min((date for date in dates if date is not None), default=None),
    )
