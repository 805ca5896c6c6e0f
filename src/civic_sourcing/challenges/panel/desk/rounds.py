"""One phase: its entries, who judges them, and how far they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from civic_sourcing.challenges.judging.assigning import Plan, groups_of
from civic_sourcing.challenges.models import Assignment, ConflictState, Entry, Round
from civic_sourcing.challenges.panel.actions import (
    AssignByHand,
    AssignEntries,
    ChooseCalibration,
    EndAssignment,
    RemindJudges,
)
from civic_sourcing.challenges.panel.desk.base import FOLDER, address
from civic_sourcing.challenges.panel.desk.forms import AssignForm, CalibrationForm, OneForm
from civic_sourcing.challenges.panel.desk.together import TogetherScreen
from civic_sourcing.challenges.panel.people import panel_of
from civic_sourcing.challenges.panel.rounds import entries_of
from civic_sourcing.core import clock

ASSIGN, ONE, CALIBRATE, END, REMIND = "assign", "one", "calibrate", "end", "remind"


@dataclass(frozen=True)
class Seat:
    """One judge of one entry, for the table."""

    row: Assignment

    @property
    def name(self) -> str:
        person = self.row.judge.participant
        return person.public_name if person else ""

    @property
    def is_done(self) -> bool:
        sheet = getattr(self.row, "sheet", None)
        return sheet is not None and sheet.completed_at is not None

    @property
    def state(self) -> str:
        if self.row.conflict == ConflictState.CONFLICT:
            return _("conflict")
        if self.row.ended_at is not None:
            return pgettext("assignment", "ended")
        if self.is_done:
            return _("scored")
        if self.row.conflict == ConflictState.UNDECLARED:
            return _("not opened")
        return _("draft") if getattr(self.row, "sheet", None) else pgettext("assignment", "opened")

    @property
    def can_end(self) -> bool:
        return self.row.ended_at is None and not self.is_done


@dataclass(frozen=True)
class EntryLine:
    """One entry with its judges; ``missing`` is how many it lacks."""

    entry: Entry
    seats: list[Seat]
    missing: int
    is_calibration: bool


class RoundScreen(TogetherScreen):
    """Share entries out, change single assignments, remind judges."""

    template_name = f"{FOLDER}/round.html"
    steps = {
        ASSIGN: "assign",
        ONE: "assign_one",
        CALIBRATE: "calibrate",
        END: "end",
        REMIND: "remind",
    }

    @cached_property
    def round(self) -> Round:
        rows = Round.objects.of(self.process)
        return get_object_or_404(rows, number=self.kwargs["number"])

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return self.round.title

    def trail(self) -> list[tuple[str, Any]]:
        return [*super().trail(), (address("panel", self.process.uuid), _("Judging"))]

    @property
    def next_url(self) -> str:
        return address("round", self.process.uuid, self.round.number)

    def make_forms(self) -> dict[str, Any]:
        return {
            ASSIGN: self.make_form(
                ASSIGN, AssignForm, initial={"per_entry": self.facts.judges_each}
            ),
            ONE: self.make_form(ONE, OneForm, round_=self.round),
            CALIBRATE: self.make_form(CALIBRATE, CalibrationForm, round_=self.round),
        }

    def assign(self, form: Any) -> None:
        number = form.cleaned_data["per_entry"]
        plan = AssignEntries(self.round, by=self.request.user, per_entry=number).execute()
        self.done = said_of(plan)

    def assign_one(self, form: Any) -> None:
        AssignByHand(self.round, by=self.request.user, **form.cleaned_data).execute()
        self.done = _("Assigned.")

    def calibrate(self, form: Any) -> None:
        ChooseCalibration(self.round, by=self.request.user, **form.cleaned_data).execute()
        self.done = _("All judges score this entry first.")

    def end(self, form: Any) -> None:
        row = self.found(Assignment.objects.filter(round=self.round), self.about)
        EndAssignment(row, by=self.request.user).execute()
        self.done = _("The judge no longer has this entry.")

    def remind(self, form: Any) -> None:
        told = RemindJudges(self.round, by=self.request.user).execute()
        sentence = ngettext(
            "%(number)d judge is reminded.", "%(number)d judges are reminded.", told
        )
        self.done = sentence % {"number": told}

    @cached_property
    def lines(self) -> list[EntryLine]:
        rows = Assignment.objects.filter(round=self.round)
        rows = rows.select_related("judge__participant__user", "sheet")
        mine: dict[int, list[Assignment]] = {}
        for row in rows:
            mine.setdefault(row.entry_id, []).append(row)
        wanted = self.facts.judges_each or len(panel_of(self.process))
        return [
            entry_line(entry, mine.get(entry.pk, []), wanted) for entry in entries_of(self.round)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = clock.now()
        closed = self.round.closes_at is not None and self.round.closes_at <= at
        live = [seat for line in self.lines for seat in line.seats if not seat.row.ended_at]
        pairs = [(seat.row.judge_id, seat.row.entry_id) for seat in live]
        return super().get_context_data(**kwargs) | {
            "round": self.round,
            "is_closed": closed,
            "lines": self.lines if closed else [],
            "seats": len(live),
            "scored": sum(seat.is_done for seat in live),
            "missing": sum(line.missing for line in self.lines),
            "loads": sorted(set(Counter(judge for judge, _entry in pairs).values())),
            "groups": len(groups_of(pairs)),
        }


def entry_line(entry: Entry, rows: list[Assignment], wanted: int) -> EntryLine:
    live = [row for row in rows if row.ended_at is None]
    return EntryLine(
        entry=entry,
        seats=[Seat(row) for row in rows],
        missing=max(wanted - len(live), 0),
        is_calibration=any(row.is_calibration for row in live),
    )


def said_of(plan: Plan) -> str:
    """What came of sharing entries out, in a sentence or two."""
    sentence = ngettext(
        "%(number)d assignment was made.", "%(number)d assignments were made.", len(plan.pairs)
    ) % {"number": len(plan.pairs)}
    if plan.short:
        short = ngettext(
            "%(number)d entry has too few judges.",
            "%(number)d entries have too few judges.",
            len(plan.short),
        ) % {"number": len(plan.short)}
        return f"{sentence} {short}"
    return sentence
