"""The sheets of a batch: where two people read the same, where not, and what that adds up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from civic_sourcing.budgets.ballots.content import Choice
from civic_sourcing.budgets.counting.amounts import Amount
from civic_sourcing.budgets.models import PaperBatch
from civic_sourcing.budgets.models.polling import Sheet


@dataclass(frozen=True)
class SheetState:
    """One sheet: what the two people read, and what a third one decided, if that was needed."""

    number: int
    first: Sheet
    second: Sheet
    decision: Sheet | None

    @property
    def differs(self) -> bool:
        return self.first.content != self.second.content

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.differs and self.decision is None

    @property
    def content(self) -> str:
        """The ballot this sheet is; only where nothing is open."""
        return (self.decision or self.first).content


@dataclass(frozen=True)
class Difference:
    """A total of the cover sheet that the entered sheets do not add up to; ``project`` or void."""

    project: str
    by_hand: Amount
    entered: Amount


def sheets_of(batch: PaperBatch) -> list[SheetState]:
    """Return the sheets both people have entered, in order. Two queries."""
    read: dict[int, dict[int, Sheet]] = {}
    for entry in batch.entries.order_by("sheet"):
        read.setdefault(entry.sheet, {})[entry.turn] = entry
    decisions = {decision.sheet: decision for decision in batch.decisions.all()}
    return [
        SheetState(number, turns[1], turns[2], decisions.get(number))
        for number, turns in read.items()
        if len(turns) == 2
    ]


def differences(batch: PaperBatch, sheets: Iterable[SheetState]) -> list[Difference]:
    """Return where the cover sheet says otherwise; what nobody counted by hand is not compared."""
    contents = [sheet.content for sheet in sheets]
    totals = totals_of(contents)
    found = [
        Difference(number, by_hand, totals[number])
        for number, by_hand in batch.totals.items()
        if totals[number] != by_hand
    ]
    void = sum(Choice.load(content).is_void for content in contents)
    if batch.void is not None and batch.void != void:
        found.append(Difference("", batch.void, void))
    return found


def totals_of(contents: Iterable[str]) -> Counter[str]:
    """
    Return what a count by hand comes to: number of each project to its ticks, yeses, places in
    rankings, or points where there are points.
    """
    totals: Counter[str] = Counter()
    for content in contents:
        for number, mark in Choice.load(content).marks.items():
            if mark > 0:
                totals[number] += int(mark)
    return totals


def status_of(batch: PaperBatch) -> str:
    """How far a batch has come, in words."""
    if batch.accepted_at is not None:
        return _("accepted")
    if not batch.is_entered:
        handed_in = (batch.first_done_at is not None) + (batch.second_done_at is not None)
        return _("entered by %(number)d of 2") % {"number": handed_in}
    if any(sheet.is_open for sheet in sheets_of(batch)):
        return _("read differently")
    return _("entered twice")
