"""
What the young hand in waits for a guardian; what a guardian takes back is gone.

The keeper of the gate, and what follows from the guardian's answer, in its transaction.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import gate, ledger
from civic_sourcing.attribution.actions import ReleaseContribution, RemoveContribution
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.participants.age import Matter, needs_guardian
from civic_sourcing.participants.models import GuardianConsent, Participant

KEEPER = "guardian"
DECIDED = {
    GuardianConsent.State.REFUSED,
    GuardianConsent.State.WITHDRAWN,
    GuardianConsent.State.EXPIRED,
}


def hold_for_guardian(submission: gate.Submission) -> gate.Verdict:
    """Hold what somebody too young hands in themselves until a guardian has consented."""
    if submission.author is None or not needs_guardian(submission.author):
        return None
    return gate.Hold(
        KEEPER,
        _("It waits until your guardian has consented. You can write to them on your own page."),
    )


def follow_answer(consent: GuardianConsent) -> None:
    """Release what waited for this guardian, or remove and blank what the child handed in."""
    mine = Contribution.objects.filter(author=consent.participant).order_by("pk")
    if consent.state == GuardianConsent.State.CONSENTED:
        for contribution in mine.filter(state=State.HELD):
            if KEEPER in contribution.keepers:
                ReleaseContribution(contribution, by=None, keeper=KEEPER).execute()
    elif consent.state in DECIDED:
        for contribution in mine:
            take_away(contribution)


def take_away(contribution: Contribution) -> None:
    """Remove a contribution and empty its texts; its row and fingerprints stay."""
    if contribution.state != State.REMOVED:
        contribution = RemoveContribution(contribution, by=None).execute()
    ledger.blank(contribution)


def matters(participant: Participant) -> Iterator[Matter]:
    """Name what a guardian is shown: all that waits, and what was published with their consent."""
    rows = Contribution.objects.filter(author=participant).exclude(state=State.REMOVED)
    for contribution in rows.order_by("pk"):
        title, text = contribution.kind_of.canonical(contribution)
        place = contribution.kind_of.place(contribution)
        yield Matter(title, text, str(place))
