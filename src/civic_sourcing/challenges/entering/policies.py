"""Who may write, hand in and take back an entry, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.challenges.models import (
    ChallengeFacts,
    EditorialState,
    Entry,
    Placement,
    Round,
)
from civic_sourcing.challenges.policies import NotAJudge, OnTeam
from civic_sourcing.challenges.roles import MANAGER, STEWARD
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn
from civic_sourcing.participants.eligibility.policies import Eligible
from civic_sourcing.participants.policies import InGoodStanding
from civic_sourcing.processes.policies import HasRole, first_day, written

TAKEN = frozenset({EditorialState.PUBLISHED})


class IsCaptain(Policy):
    """Only who leads the entry: it is theirs to hand in and to take back."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        captain, user = occasion.subject.captain, occasion.user
        if captain is not None and user is not None and captain.user_id == user.pk:
            return None
        return Refusal(gettext_lazy("Only the captain of the team can do this."))


class TakesEntries(Policy):
    """
    Only while the round of the subject takes entries: from its opening until the very second it
    closes, by ``occasion.at``. The subject is an entry, or a process with new ones.
    """

    def refusal(self, occasion: Occasion) -> Refusal | None:
        process = occasion.subject.process
        facts = ChallengeFacts.objects.of(process)
        if facts.state not in TAKEN:
            return Refusal(_("This challenge is not open."), "not-published")
        if facts.external_url:
            return Refusal(_("Entries to this challenge are taken elsewhere."), "elsewhere")
        found = round_for(occasion.subject)
        return refusal_of(found, occasion.at)


class NotDecided(Policy):
    """Only until a decision names the entry."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        named = Placement.objects.filter(
            entry=occasion.subject,
            decision__withdrawn_at=None,
            decision__confirmed_at__isnull=False,
        )
        if named.exists():
            return Refusal(_("A decision names this entry, so it stays as it is."), "decided")
        return None


def refusal_of(found: Round | None, at: datetime) -> Refusal | None:
    """Why ``found`` takes nothing at ``at``, in a sentence; ``None`` while it does."""
    if found is None or found.opens_at is None or found.closes_at is None:
        return Refusal(_("No date is set for entries yet."), "not-planned")
    if at < found.opens_at:
        words = {"date": first_day(found.opens_at)}
        return Refusal(_("Entries are taken from %(date)s on.") % words, "not-open-yet")
    if at >= found.closes_at:
        words = {"date": written(found.closes_at)}
        return Refusal(
            _("Entries closed on %(date)s, by the clock of the city. Nothing is taken any more.")
            % words,
            "closed",
        )
    return None


def first_round(process: Any) -> Round | None:
    """The round new entries are handed in to."""
    return Round.objects.of(process).filter(takes_entries=True).order_by("number").first()


def round_for(subject: Any) -> Round | None:
    """
    The round the next submission belongs to: of an entry the latest it was let into, of a process
    the first. Read anew each time, so that a lengthened date holds at once.
    """
    if not isinstance(subject, Entry):
        return first_round(subject.process)
    rounds = Round.objects.of(subject.process_id).filter(takes_entries=True)
    advanced = rounds.filter(advances__entry=subject).order_by("-number").first()
    return advanced or rounds.filter(pk=subject.round_id).first()


while_entries_are_taken = TakesEntries()
may_begin = SignedIn() & InGoodStanding() & while_entries_are_taken & Eligible() & NotAJudge()
may_write = SignedIn() & OnTeam() & InGoodStanding() & while_entries_are_taken
may_submit = SignedIn() & IsCaptain() & InGoodStanding() & while_entries_are_taken & Eligible()
may_withdraw = SignedIn() & IsCaptain() & NotDecided()
may_lead_team = SignedIn() & IsCaptain() & InGoodStanding() & while_entries_are_taken
may_leave_team = SignedIn() & OnTeam() & NotDecided()
may_enter_for = SignedIn() & HasRole(MANAGER, STEWARD) & while_entries_are_taken
