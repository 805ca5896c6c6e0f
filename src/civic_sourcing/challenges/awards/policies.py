"""Who accepts an award: the captain. Who keeps its ledger: managers without part in the contest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.panel.policies import may_lead_judging
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, System
from civic_sourcing.participants.standing import participant_of


class IsWinner(Policy):
    """The captain of the entry that the award is for."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        person = participant_of(occasion.user)
        if person is not None and occasion.subject.placement.entry.captain_id == person.pk:
            return None
        return Refusal(_("Only who won this can do this; in a team its captain."))


may_take = SignedIn() & IsWinner()
may_keep_ledger = may_lead_judging
only_the_system = System()
