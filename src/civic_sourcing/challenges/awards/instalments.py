"""Paying an award in parts: planned, reached, paid; the last two by different people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.awards import news, signals
from civic_sourcing.challenges.awards.actions import AwardAction
from civic_sourcing.challenges.awards.policies import may_keep_ledger
from civic_sourcing.challenges.models import Award, AwardState, Instalment
from civic_sourcing.challenges.results.words import clean
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused

MILESTONE = 200
REFERENCE = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an award: ``amount`` in minor units, paid when ``milestone`` is reached."""

    milestone: str
    amount: int
    due_on: date | None = None


class PlanInstalments(AwardAction):
    """
    Put ``parts`` in place of all that is not paid yet. The result are the instalments.

    Together with what was paid they come to the award exactly (``sum``).
    """

    verb = "plan_instalments"
    policy = may_keep_ledger

    parts: Sequence[Part]

    def check(self) -> None:
        self.refuse_unless(AwardState.OFFERED, AwardState.ACCEPTED, AwardState.PAPERS)
        if any(part.amount <= 0 for part in self.parts):
            raise ActionRefused(_("Each instalment is of some money."), code="nothing")
        self.names = [
            clean(part.milestone, max_length=MILESTONE, single_line=True) for part in self.parts
        ]
        if not all(self.names):
            raise ActionRefused(
                _("Please say for each instalment what it is paid for."), code="no-milestone"
            )
        paid = self.subject.instalments.filter(paid_on__isnull=False)
        self.paid = list(paid)
        total = sum(one.amount for one in self.paid) + sum(part.amount for part in self.parts)
        if total != self.subject.amount:
            raise ActionRefused(
                _("The instalments together have to be exactly the award."), code="sum"
            )

    def perform(self) -> list[Instalment]:
        award = self.subject
        award.instalments.filter(paid_on=None).delete()
        for position, (name, part) in enumerate(
            zip(self.names, self.parts, strict=True), start=len(self.paid) + 1
        ):
            Instalment.objects.create(
                award=award,
                position=position,
                milestone=name,
                amount=part.amount,
                due_on=part.due_on,
            )
        return list(award.instalments.all())

    def audit_details(self) -> dict[str, Any]:
        return {"amounts": [part.amount for part in self.parts]}


class InstalmentAction(Action[Instalment]):
    """A step on one instalment; locks its award first."""

    award: Award

    def fresh_subject(self) -> Instalment:
        awards = Award.objects.using(self.using).select_for_update(no_key=True, of=("self",))
        self.award = awards.get(pk=self.subject.award_id)
        instalment: Instalment = super().fresh_subject()
        instalment.award = self.award
        return instalment

    def check(self) -> None:
        if self.subject.paid_on is not None:
            raise ActionRefused(_("This was paid already."), code="paid")
        if not self.award.is_in_force:
            raise ActionRefused(
                _("This cannot be done now: the award is “%(state)s”."),
                code="wrong-state",
                state=self.award.get_state_display(),
            )

    def day(self, day: date | None) -> date:
        """``day``, or today; refuses one that is to come."""
        today = timezone.localdate(self.at)
        if day is not None and day > today:
            raise ActionRefused(_("This day has not come yet."), code="future")
        return day or today

    def audit_details(self) -> dict[str, Any]:
        return {"award": str(self.award.uuid), "amount": self.subject.amount}


class ReachMilestone(InstalmentAction):
    """Note that a milestone was reached, ``on`` a day (else today). Returns the instalment."""

    verb = "reach_milestone"
    policy = may_keep_ledger

    on: date | None = None

    def check(self) -> None:
        super().check()
        if self.actor is None:
            raise ActionRefused(_("People decide this, not the system."), code="nobody")
        self.on = self.day(self.on)

    def perform(self) -> Instalment:
        instalment = self.subject
        instalment.reached_on, instalment.reached_by = self.on, self.actor
        instalment.save(update_fields=["reached_on", "reached_by"])
        return instalment


class PayInstalment(InstalmentAction):
    """
    Note, as somebody else than who noted the milestone, that an instalment was paid.

    Refused until the award is accepted and its papers are complete (``papers``), before its
    milestone (``not-reached``) and for the same person (``second-person``). The last one makes the
    award final. ``reference`` finds the payment in the books.
    """

    verb = "pay_instalment"
    policy = may_keep_ledger
    announces = signals.instalment_paid

    on: date | None = None
    reference: str = ""

    def check(self) -> None:
        super().check()
        if self.award.state != AwardState.PAPERS:
            raise ActionRefused(
                _("An award is paid once it is accepted and the papers are complete."),
                code="papers",
            )
        reached = self.subject.reached_on
        if reached is None:
            raise ActionRefused(_("The milestone is not reached yet."), code="not-reached")
        if self.actor is None or self.actor == self.subject.reached_by:
            raise ActionRefused(
                _("Somebody else than who noted the milestone has to note the payment."),
                code="second-person",
            )
        self.on = self.day(self.on)
        if self.on < reached:
            raise ActionRefused(
                _("It is paid after its milestone was reached."), code="before-milestone"
            )
        self.reference = clean(self.reference, max_length=REFERENCE, single_line=True)

    def perform(self) -> Instalment:
        instalment = self.subject
        instalment.paid_on, instalment.paid_by = self.on, self.actor
        instalment.reference = self.reference
        instalment.save(update_fields=["paid_on", "paid_by", "reference"])
        if not self.award.instalments.filter(paid_on=None).exists():
            self.award.state, self.award.final_at = AwardState.FINAL, self.at
            self.award.save(update_fields=["state", "final_at"])
        news.tell_paid(instalment, self.award)
        return instalment
