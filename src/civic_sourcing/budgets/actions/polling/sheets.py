"""Entering sheets: twice, by different people who do not see each other's entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.polling.batches import BatchAction
from civic_sourcing.budgets.ballots.faults import BallotFaulty, Fault
from civic_sourcing.budgets.models import PaperBatch, SheetDecision, SheetEntry
from civic_sourcing.budgets.polling.lines import SheetRead, read_sheet
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.core.exceptions import ActionRefused


@dataclass(frozen=True)
class TypedSheet:
    """What somebody typed off sheet ``number``; ``spoiled``: it is void as it lies there."""

    number: int
    line: str = ""
    spoiled: bool = False


class SheetsFaulty(ActionRefused):
    """Lines that no sheet can say; ``faults`` has the faults of each sheet's number."""

    def __init__(self, faults: Mapping[int, Sequence[Fault]]) -> None:
        self.faults = dict(faults)
        super().__init__(
            _("Please check the marked lines. Nothing was saved."), code="sheets-faulty"
        )


class EnteringAction(BatchAction):
    """A step of one of the two people who enter a batch; ``turn`` says which entry is theirs."""

    def check(self) -> None:
        super().check()
        turn = self.subject.turn_of(self.actor)
        if turn is None:
            raise ActionRefused(
                _("Two other people enter this batch. You can decide where they differ."),
                code="two-others",
            )
        if self.subject.is_done(turn):
            raise ActionRefused(_("You have handed in your entry of this batch."), code="handed-in")
        self.turn = turn

    def audit_details(self) -> dict[str, Any]:
        return {"turn": self.turn}


class EnterSheets(EnteringAction):
    """
    Enter ``sheets`` (``TypedSheet``) of a batch, all or none, or correct those entered before.

    The first to enter becomes one of the two people of the batch, and so does the next one who is
    somebody else. Raises ``SheetsFaulty`` with the faults of each sheet.
    """

    verb = "enter_sheets"

    sheets: Sequence[TypedSheet]

    def check(self) -> None:
        super().check()
        if not all(1 <= typed.number <= self.subject.sheets for typed in self.sheets):
            raise ActionRefused(_("This batch has no such sheet."), code="no-sheet")
        self.read = read_all(self.subject, self.sheets)

    def perform(self) -> int:
        batch = self.subject
        if self.turn == 1:
            batch.first_by = self.actor
        else:
            batch.second_by = self.actor
        batch.save(update_fields=["first_by", "second_by"])
        SheetEntry.objects.bulk_create(
            [
                SheetEntry(
                    batch=batch, turn=self.turn, sheet=number, line=read.line, content=read.content
                )
                for number, read in self.read.items()
            ],
            update_conflicts=True,
            unique_fields=["batch", "sheet", "turn"],
            update_fields=["line", "content"],
        )
        return len(self.read)

    def audit_details(self) -> dict[str, Any]:
        return {"turn": self.turn, "sheets": self.result}


class HandInEntry(EnteringAction):
    """Say that one's own entry of a batch is complete; from then on it is not changed."""

    verb = "hand_in_entry"

    def check(self) -> None:
        super().check()
        missing = self.subject.sheets - self.subject.entries.filter(turn=self.turn).count()
        if missing:
            raise ActionRefused(
                _("Sheets you have not entered yet: %(number)d.") % {"number": missing},
                code="sheets-missing",
            )

    def perform(self) -> PaperBatch:
        if self.turn == 1:
            self.subject.first_done_at = self.at
        else:
            self.subject.second_done_at = self.at
        self.subject.save(update_fields=["first_done_at", "second_done_at"])
        return self.subject


class DecideSheet(BatchAction):
    """
    Say, as a third person with the paper in hand, what stands on a sheet both people have entered.

    For sheets that were read differently, and for any other where the totals do not fit. Whoever
    entered the batch is refused (``third-person``), by the database too.
    """

    verb = "decide_sheet"

    sheet: TypedSheet

    def check(self) -> None:
        super().check()
        self.refuse_unless_entered()
        if self.actor is None or self.actor in (self.subject.first_by, self.subject.second_by):
            raise ActionRefused(
                _("Somebody who did not enter this batch has to decide."), code="third-person"
            )
        if not self.subject.entries.filter(sheet=self.sheet.number).exists():
            raise ActionRefused(_("This batch has no such sheet."), code="no-sheet")
        self.read = read_all(self.subject, [self.sheet])[self.sheet.number]

    def perform(self) -> SheetDecision:
        assert self.actor is not None
        decision, _created = SheetDecision.objects.update_or_create(
            batch=self.subject,
            sheet=self.sheet.number,
            defaults={
                "line": self.read.line,
                "content": self.read.content,
                "decided_by": self.actor,
                "decided_at": self.at,
            },
        )
        return decision

    def audit_details(self) -> dict[str, Any]:
        return {"sheet": self.sheet.number}


def read_all(batch: PaperBatch, sheets: Sequence[TypedSheet]) -> dict[int, SheetRead]:
    """Return what each sheet says. Raises ``SheetsFaulty``."""
    rulebook = frozen(batch.run)
    read: dict[int, SheetRead] = {}
    faults: dict[int, Sequence[Fault]] = {}
    for typed in sheets:
        try:
            read[typed.number] = read_sheet(rulebook, batch.area, typed.line, spoiled=typed.spoiled)
        except BallotFaulty as faulty:
            faults[typed.number] = faulty.faults
    if faults:
        raise SheetsFaulty(faults)
    return read
