"""
Polling places, and the two points at which their staff say that they have finished.

Order of locks: place, run. A cast shares the run, so whoever holds it for themselves sees every
cast there is, and none begins meanwhile.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import RunAction, State, refuse_unless
from civic_sourcing.budgets.ballots.rulebook import OnPaper
from civic_sourcing.budgets.models import BudgetRules, PollingPlace, VoteRun
from civic_sourcing.budgets.polling.figures import figures_of
from civic_sourcing.budgets.polling.policies import may_handle_paper, may_run_vote
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class AddPollingPlace(RunAction):
    """
    Add a polling place called ``title``, before the vote opens or while it is open.

    Refused where the rules do not provide for paper (``no-paper``).
    """

    verb = "add_polling_place"
    policy = may_run_vote

    title: str

    def check(self) -> None:
        refuse_unless(self.subject, State.PREPARED, State.OPEN)
        if not takes_paper(self.subject):
            raise no_paper()
        if not self.title.strip():
            raise ActionRefused(_("Please give the polling place a name."), code="nameless")
        if self.subject.polling_places.filter(name=self.title.strip()).exists():
            raise ActionRefused(
                _("There is already a polling place of this name."), code="name-taken"
            )

    def perform(self) -> PollingPlace:
        return PollingPlace.objects.create(run=self.subject, name=self.title.strip())

    def audit_details(self) -> dict[str, Any]:
        return {"place": str(self.result.uuid)}


class PlaceAction(Action[PollingPlace]):
    """A step at a polling place, which is locked, with the run behind it."""

    policy = may_handle_paper

    run: VoteRun

    def fresh_subject(self) -> PollingPlace:
        place: PollingPlace = super().fresh_subject()
        runs = VoteRun.objects.using(self.using).select_for_update(no_key=True, of=("self",))
        self.run = place.run = runs.select_related("process").get(pk=place.run_id)
        return place

    def chain(self) -> UUID:
        return self.subject.run.chain


class CompleteList(PlaceAction):
    """
    Say that everybody who voted on paper here is listed.

    The vote is closed once its time is over and all lists are complete: until then ballots stay
    sealed, so that one whose voter is found on a list can still be left out.
    """

    verb = "complete_list"

    def check(self) -> None:
        refuse_unless(self.run, State.OPEN)
        if self.subject.listed_at is not None:
            raise list_complete()

    def perform(self) -> PollingPlace:
        self.subject.listed_at = self.at
        self.subject.save(update_fields=["listed_at"])
        return self.subject

    def audit_details(self) -> dict[str, Any]:
        return {"voters": figures_of(self.subject).voters}


class ReopenList(PlaceAction):
    """Go on with a list that was said to be complete, as long as the vote is not closed."""

    verb = "reopen_list"

    def check(self) -> None:
        refuse_unless(self.run, State.OPEN)
        if self.subject.listed_at is None:
            raise ActionRefused(_("This list is open."), code="list-open")

    def perform(self) -> PollingPlace:
        self.subject.listed_at = None
        self.subject.save(update_fields=["listed_at"])
        return self.subject


class RemovePlace(PlaceAction):
    """Remove a polling place at which nobody has voted."""

    verb = "remove_polling_place"
    policy = may_run_vote

    def check(self) -> None:
        if self.subject.voters.exists() or self.subject.batches.exists():
            raise ActionRefused(
                _("There are voters or sheets at this polling place, so it stays."), code="in-use"
            )

    def perform(self) -> None:
        PollingPlace.objects.filter(pk=self.subject.pk).delete()


class FinishPlace(PlaceAction):
    """
    Say that all sheets of a place are entered. The vote can be counted once every place is done.

    Where there are not as many sheets as voters, a public ``note`` says why (``unexplained``).
    """

    verb = "finish_place"
    policy = may_run_vote

    note: str = ""

    def check(self) -> None:
        refuse_unless(self.run, State.CLOSED)
        if self.subject.counted_at is not None:
            raise ActionRefused(_("This polling place is already counted."), code="counted")
        if self.subject.batches.filter(accepted_at=None).exists():
            raise ActionRefused(
                _("There are batches that are not accepted yet."), code="batches-open"
            )
        self.figures = figures_of(self.subject)
        if self.figures.difference and not self.note.strip():
            raise ActionRefused(
                _(
                    "There are %(voters)d voters on the list and %(sheets)d sheets. Please say "
                    "why; it is shown to all."
                )
                % {"voters": self.figures.voters, "sheets": self.figures.sheets},
                code="unexplained",
            )

    def perform(self) -> PollingPlace:
        self.subject.counted_at, self.subject.note = self.at, self.note.strip()
        self.subject.save(update_fields=["counted_at", "note"])
        return self.subject

    def audit_details(self) -> dict[str, Any]:
        return {"voters": self.figures.voters, "sheets": self.figures.sheets}


def takes_paper(run: VoteRun) -> bool:
    """Whether the rules, frozen or still to be, provide for voting on paper; an import has none."""
    if run.kind == VoteRun.Kind.IMPORTED:
        return False
    if run.state == State.PREPARED:
        rules = BudgetRules.objects.filter(process=run.process_id).first()
        return rules is not None and rules.paper_rule != OnPaper.NONE
    return frozen(run).on_paper != OnPaper.NONE


def list_complete() -> ActionRefused:
    """The refusal where the list of a place is closed."""
    return ActionRefused(
        _("The list of this polling place is complete. Open it again first."), code="list-complete"
    )


def no_paper() -> ActionRefused:
    """The refusal where the rules of the vote know no paper."""
    return ActionRefused(
        _("The rules of this vote do not provide for voting on paper."), code="no-paper"
    )
