"""What becomes of an award: accepted or declined, papers, told to the public, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.challenges.awards import news, signals
from civic_sourcing.challenges.awards.policies import (
    may_keep_ledger,
    may_take,
    only_the_system,
)
from civic_sourcing.challenges.models import Award, AwardState, ChallengeFacts, Entry
from civic_sourcing.challenges.results.words import clean
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused

REASON = 5000
SUMMARY = 2000
ALTERNATIVE = 300


class AwardAction(Action[Award]):
    """A step on one award, on its locked row."""

    def refuse_unless(self, *states: AwardState) -> None:
        """Raise ``wrong-state`` unless the award is in one of ``states``."""
        if self.subject.state not in states:
            raise ActionRefused(
                _("This cannot be done now: the award is “%(state)s”."),
                code="wrong-state",
                state=self.subject.get_state_display(),
            )

    def write(self, state: AwardState, **facts: Any) -> Award:
        """Bring the award into ``state`` together with ``facts``."""
        award: Award = self.subject
        for name, value in {"state": state, **facts}.items():
            setattr(award, name, value)
        award.save(update_fields=["state", *facts])
        return award


class AcceptAward(AwardAction):
    """Accept an award that is offered. Returns it."""

    verb = "accept_award"
    policy = may_take
    announces = signals.award_accepted

    def check(self) -> None:
        self.refuse_unless(AwardState.OFFERED)

    def perform(self) -> Award:
        award = self.write(AwardState.ACCEPTED, accepted_at=self.at)
        news.tell_accepted(award)
        return award


class DeclineAward(AwardAction):
    """Decline an award; it is never paid then. Returns it."""

    verb = "decline_award"
    policy = may_take
    announces = signals.award_declined

    def check(self) -> None:
        self.refuse_unless(AwardState.OFFERED, AwardState.ACCEPTED)

    def perform(self) -> Award:
        award = self.write(AwardState.DECLINED)
        news.tell_declined(award)
        return award


class CompletePapers(AwardAction):
    """
    Note that the papers which show that the winner may be paid are complete. Returns the award;
    one without money is final with it.
    """

    verb = "complete_papers"
    policy = may_keep_ledger
    announces = signals.papers_completed

    def check(self) -> None:
        self.refuse_unless(AwardState.ACCEPTED)

    def perform(self) -> Award:
        facts = {"papers_at": self.at, "papers_by": self.actor}
        if self.subject.amount:
            award = self.write(AwardState.PAPERS, **facts)
        else:
            award = self.write(AwardState.FINAL, final_at=self.at, **facts)
        news.tell_papers(award)
        return award


class DescribeWinner(AwardAction):
    """
    Say on the page of winners what an entry is about, by language, with a picture if there is one.

    ``picture`` is an image of the site; it never comes without a text in its place
    (``no-alternative``).
    """

    verb = "describe_winner"
    policy = may_keep_ledger

    summary: Mapping[str, str]
    picture: Any = None
    alternative: str = ""

    def check(self) -> None:
        self.words = {
            language: words
            for language, text in self.summary.items()
            if (words := clean(text, max_length=SUMMARY))
        }
        self.alternative = clean(self.alternative, max_length=ALTERNATIVE, single_line=True)
        if self.picture is not None and not self.alternative:
            raise ActionRefused(_("Please say what the picture shows."), code="no-alternative")

    def perform(self) -> Award:
        award = self.subject
        award.summary, award.picture = self.words, self.picture
        award.picture_alternative = self.alternative if self.picture else ""
        award.save(update_fields=["summary", "picture", "picture_alternative"])
        return award


class ProposeCancelling(AwardAction):
    """
    Propose that an award is cancelled, with the ``reason`` everybody will read once it is.

    Refused once its time is over (``too-late``). A second proposal takes the place of the first.
    """

    verb = "propose_cancelling"
    policy = may_keep_ledger

    reason: str

    def check(self) -> None:
        refuse_uncancellable(self)
        self.reason = clean(self.reason, max_length=REASON)
        if not self.reason:
            raise ActionRefused(_("Please say why; everybody will read it."), code="no-reason")
        if self.actor is None:
            raise ActionRefused(_("People decide this, not the system."), code="nobody")

    def perform(self) -> Award:
        award = self.subject
        award.cancelled_reason = self.reason
        award.cancel_proposed_by, award.cancel_proposed_at = self.actor, self.at
        award.save(update_fields=["cancelled_reason", "cancel_proposed_by", "cancel_proposed_at"])
        return award


class CancelAward(AwardAction):
    """Cancel, as a second person, what somebody proposed to cancel. What was paid stays noted."""

    verb = "cancel_award"
    policy = may_keep_ledger
    announces = signals.award_cancelled

    def check(self) -> None:
        refuse_uncancellable(self)
        if self.subject.cancel_proposed_by is None:
            raise ActionRefused(_("Nobody has proposed this yet."), code="not-proposed")
        if self.actor is None or self.actor == self.subject.cancel_proposed_by:
            raise ActionRefused(
                _("Somebody else has to confirm what you proposed."), code="second-person"
            )

    def perform(self) -> Award:
        award = self.write(AwardState.CANCELLED, cancelled_at=self.at, cancelled_by=self.actor)
        news.tell_cancelled(award)
        return award


class SayCarriedOut(AwardAction):
    """
    Say whether the city uses the solution. If it does not, the rights go back on a day: ``on``, or
    as many days from now as the challenge says.
    """

    verb = "say_carried_out"
    policy = may_keep_ledger

    carried_out: bool
    on: date | None = None

    def check(self) -> None:
        if not self.subject.is_in_force:
            self.refuse_unless(AwardState.OFFERED)
        if self.subject.placement.entry.rights_back_at is not None:
            raise ActionRefused(_("The rights have gone back already."), code="given-back")
        today = timezone.localdate(self.at)
        if self.on is not None and self.on <= today:
            raise ActionRefused(_("Please name a day that is to come."), code="bygone")

    def perform(self) -> Award:
        award = self.subject
        days = ChallengeFacts.objects.of(award.process).rights_back_days
        later = timezone.localdate(self.at) + timedelta(days=days)
        award.is_carried_out = self.carried_out
        award.rights_back_on = None if self.carried_out else self.on or later
        award.save(update_fields=["is_carried_out", "rights_back_on"])
        if not self.carried_out:
            news.tell_not_carried_out(award)
        return award

    def audit_details(self) -> dict[str, Any]:
        day = self.subject.rights_back_on
        return {"carried_out": self.carried_out, "rights_back": day.isoformat() if day else ""}


class GiveRightsBack(AwardAction):
    """Give the rights of a solution that is not carried out back, on their day. A job's step."""

    verb = "give_rights_back"
    policy = only_the_system
    announces = signals.rights_given_back

    def check(self) -> None:
        day = self.subject.rights_back_on
        if day is None or day > timezone.localdate(self.at):
            raise ActionRefused(_("The day has not come yet."), code="too-early")
        entries = Entry.objects.select_for_update(no_key=True, of=("self",))
        self.entry = entries.get(pk=self.subject.placement.entry_id)
        if self.entry.rights_back_at is not None:
            raise ActionRefused(_("The rights have gone back already."), code="given-back")

    def perform(self) -> Award:
        self.entry.rights_back_at = self.at
        self.entry.save(update_fields=["rights_back_at"])
        award: Award = self.subject
        news.tell_rights_back(award)
        return award


def refuse_uncancellable(step: AwardAction) -> None:
    """Refuse to cancel what has ended or whose time is over."""
    if not step.subject.is_in_force:
        step.refuse_unless(AwardState.OFFERED)
    if step.at >= step.subject.cancellable_until:
        raise ActionRefused(
            _("The time in which this award could be cancelled is over."), code="too-late"
        )


def give_rights_back(at: datetime) -> str:
    """Give back the rights whose day has come. A job of ``civic_tick``."""
    due = Award.objects.filter(
        rights_back_on__lte=timezone.localdate(at), placement__entry__rights_back_at=None
    )
    given = 0
    for award in due.order_by("pk"):
        try:
            GiveRightsBack(award, by=None).execute()
        except ActionRefused:
            continue
        given += 1
    sentence = ngettext("rights given back: %(count)d", "rights given back: %(count)d", given)
    return sentence % {"count": given}
