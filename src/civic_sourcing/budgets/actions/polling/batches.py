"""Batches of sheets: counted by hand with a cover sheet, entered twice, then accepted whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import State, refuse_unless
from civic_sourcing.budgets.actions.polling.places import PlaceAction
from civic_sourcing.budgets.casting.box import shuffle
from civic_sourcing.budgets.models import Ballot, PaperBatch, PollingPlace
from civic_sourcing.budgets.polling.batches import differences, sheets_of
from civic_sourcing.budgets.polling.policies import may_handle_paper, may_run_vote
from civic_sourcing.budgets.rulebooks import frozen, has_papers_by_area, usual_group
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused

MOST_SHEETS = 1000
WRITTEN_AT_ONCE = 500


class AddBatch(PlaceAction):
    """
    Note a batch of ``sheets`` counted by hand at a place, once the vote is closed.

    ``area`` says whose ballot paper they are, ``group`` (code) who filled them in, ``void`` and
    ``totals`` (number of a project to marks) what else stands on the cover sheet. The result is the
    ``PaperBatch``.
    """

    verb = "add_batch"

    sheets: int
    area: str = ""
    group: str = ""
    void: int | None = None
    totals: Mapping[str, int] = {}

    def check(self) -> None:
        refuse_unless(self.run, State.CLOSED)
        refuse_counted(self.subject)
        check_cover(self.sheets, self.void)
        rulebook = frozen(self.run)
        if not rulebook.paper(rulebook.areas_of(self.area)):
            raise ActionRefused(
                _("Please say which area these ballot papers are of."), code="no-area"
            )
        if self.group and self.group not in {group.code for group in rulebook.groups}:
            raise ActionRefused(_("This vote has no such group."), code="unknown-group")
        check_totals(rulebook.by_number, self.totals)

    def perform(self) -> PaperBatch:
        last = self.subject.batches.aggregate(last=Max("number"))["last"]
        return PaperBatch.objects.create(
            place=self.subject,
            number=(last or 0) + 1,
            area=self.area,
            group=self.group,
            sheets=self.sheets,
            void=self.void,
            totals=dict(self.totals),
        )

    def audit_details(self) -> dict[str, Any]:
        return {"batch": str(self.result.uuid), "sheets": self.sheets}


class BatchAction(Action[PaperBatch]):
    """
    A step on a batch that is not accepted yet, while the vote is closed and not counted.

    One that corrects another is also entered when the vote is counted.
    """

    policy = may_handle_paper

    def fresh_subject(self) -> PaperBatch:
        batch: PaperBatch = super().fresh_subject()
        places = PollingPlace.objects.using(self.using).select_related("run__process")
        batch.place = places.get(pk=batch.place_id)
        return batch

    def check(self) -> None:
        if self.subject.replaces_id:
            refuse_unless(self.subject.run, State.CLOSED, State.COUNTED)
        else:
            refuse_unless(self.subject.run, State.CLOSED)
            refuse_counted(self.subject.place)
        if self.subject.accepted_at is not None:
            raise ActionRefused(_("This batch is already accepted."), code="accepted")

    def refuse_unless_entered(self) -> None:
        if not self.subject.is_entered:
            raise ActionRefused(
                _("Two people have to enter all sheets of this batch first."), code="not-entered"
            )

    def chain(self) -> UUID:
        return self.subject.run.chain


class RecountBatch(BatchAction):
    """
    Correct the cover sheet after counting by hand again. Another number of sheets sends both people
    back to their entries; it cannot be less than what is entered.
    """

    verb = "recount_batch"
    policy = may_run_vote

    sheets: int
    void: int | None = None
    totals: Mapping[str, int] = {}

    def check(self) -> None:
        super().check()
        check_cover(self.sheets, self.void)
        check_totals(frozen(self.subject.run).by_number, self.totals)
        entered = self.subject.entries.aggregate(last=Max("sheet"))["last"] or 0
        if self.sheets < entered:
            raise ActionRefused(
                _("%(number)d sheets are already entered.") % {"number": entered},
                code="entered-more",
            )

    def perform(self) -> PaperBatch:
        batch = self.subject
        if batch.sheets != self.sheets:
            batch.first_done_at = batch.second_done_at = None
        batch.sheets, batch.void, batch.totals = self.sheets, self.void, dict(self.totals)
        batch.save()
        return batch

    def audit_details(self) -> dict[str, Any]:
        return {"sheets": self.sheets}


class AcceptBatch(BatchAction):
    """
    Take a batch into the count: its sheets become ballots. Returns how many.

    Refused while two people read a sheet differently and no third has decided (``open-sheets``),
    and where the sheets do not add up to the cover sheet (``totals``).
    """

    verb = "accept_batch"
    policy = may_run_vote

    def check(self) -> None:
        super().check()
        self.refuse_unless_entered()
        self.sheets = sheets_of(self.subject)
        if any(sheet.is_open for sheet in self.sheets):
            raise ActionRefused(
                _("There are sheets that were read differently. A third person decides them."),
                code="open-sheets",
            )
        if differences(self.subject, self.sheets):
            raise ActionRefused(
                _(
                    "The sheets do not add up to what was counted by hand. Look at the sheets "
                    "again, or count again and correct the cover sheet."
                ),
                code="totals",
            )

    def perform(self) -> int:
        run = self.subject.run
        contents = [sheet.content for sheet in self.sheets]
        shuffle(contents)
        rulebook = frozen(run)
        area = self.subject.area if has_papers_by_area(rulebook) else ""
        group = self.subject.group or usual_group(rulebook)
        Ballot.objects.using(self.using).bulk_create(
            (
                Ballot(
                    process_id=run.process_id,
                    run=run,
                    channel=Ballot.Channel.PAPER,
                    batch=self.subject,
                    area=area,
                    group=group,
                    content=content,
                )
                for content in contents
            ),
            batch_size=WRITTEN_AT_ONCE,
        )
        self.subject.accepted_by, self.subject.accepted_at = self.actor, self.at
        self.subject.save(update_fields=["accepted_by", "accepted_at"])
        return len(contents)

    def audit_details(self) -> dict[str, Any]:
        return {"ballots": self.result}


def refuse_counted(place: PollingPlace) -> None:
    """Refuse what would change a place that is already counted."""
    if place.counted_at is not None:
        raise ActionRefused(_("This polling place is already counted."), code="counted")


def check_cover(sheets: int, void: int | None) -> None:
    """Refuse a cover sheet that no batch can have."""
    if not 1 <= sheets <= MOST_SHEETS:
        raise ActionRefused(
            _("A batch has from 1 to %(most)d sheets.") % {"most": MOST_SHEETS}, code="sheets"
        )
    if void is not None and not 0 <= void <= sheets:
        raise ActionRefused(_("There cannot be more void sheets than sheets."), code="void-sheets")


def check_totals(known: Mapping[str, Any], totals: Mapping[str, int]) -> None:
    """Refuse totals of projects that are not on any paper of this vote."""
    strange = [number for number in totals if number not in known]
    if strange:
        raise ActionRefused(
            _("There is no project %(number)s on the ballot papers.") % {"number": strange[0]},
            code="unknown-project",
        )
