from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import (
    RunAction,
    SecondPersonAction,
    State,
    refuse_unless,
)
from civic_sourcing.budgets.casting import bulletin
from civic_sourcing.budgets.casting.keys import keys_of
from civic_sourcing.budgets.models import BulletinEntry, SetAside
from civic_sourcing.budgets.policies import MayRunVote
from civic_sourcing.core.exceptions import ActionRefused


class ProposeSettingAside(RunAction):
    """
    Propose to leave the ballot of ``tracker`` out of the result, with a public ``reason``.

    Only when the vote is closed and its key not destroyed. Nobody sees the ballot.
    """

    verb = "propose_setting_aside"
    policy = MayRunVote()

    tracker: str
    reason: str

    def check(self) -> None:
        refuse_unless(self.subject, State.CLOSED, State.COUNTED)
        if not self.reason.strip():
            raise ActionRefused(_("Please give a reason; it is shown to all."), code="no-reason")
        self.mark = keys_of(self.subject, using=self.using).value("mark", self.tracker)
        if not self.subject.ballots.filter(mark=self.mark).exists():
            raise ActionRefused(
                _("No ballot that counts has this tracker. It may have been replaced."),
                code="no-ballot",
            )
        if self.subject.set_asides.filter(tracker=self.tracker).exists():
            raise ActionRefused(_("This ballot was already proposed."), code="proposed")

    def perform(self) -> SetAside:
        assert self.actor is not None
        return SetAside.objects.create(
            run=self.subject,
            tracker=self.tracker,
            mark=self.mark,
            reason=self.reason,
            proposed_by=self.actor,
            proposed_at=self.at,
        )

    def audit_details(self) -> dict[str, Any]:
        return {"set_aside": self.result.pk, "tracker": self.tracker}


class SetBallotAside(SecondPersonAction):
    """
    Approve, as a second person, that a ballot is left out; the bulletin says so at once.

    The count made before stays; the next one leaves the ballot out.
    """

    verb = "set_ballot_aside"
    policy = MayRunVote()

    def check(self) -> None:
        super().check()
        refuse_unless(self.run, State.CLOSED, State.COUNTED)

    def perform(self) -> SetAside:
        self.approve()
        told = [(BulletinEntry.Kind.SET_ASIDE.value, self.subject.tracker)]
        bulletin.publish(self.run, told, self.at, using=self.using)
        return self.subject

    def audit_details(self) -> dict[str, Any]:
        return {"tracker": self.subject.tracker}
