"""The end of the verification: a decision becomes final, and its awards are offered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.attribution.models import Claim, Contribution
from civic_sourcing.challenges.actions.phases import follow_rounds
from civic_sourcing.challenges.awards import news
from civic_sourcing.challenges.models import Award, AwardState, ChallengeFacts, Decision, Placement
from civic_sourcing.challenges.panel.policies import may_lead_judging
from civic_sourcing.challenges.results import signals
from civic_sourcing.challenges.results.actions import DecisionAction
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.policies import written


class FinaliseDecision(DecisionAction):
    """
    Make a verified decision final and offer its awards. Returns the list of ``Award``.

    Refused before the verification is over (``verifying``) and while somebody claims what a winner
    handed in (``claimed``): their contributions are locked, as filing a claim locks them.
    """

    verb = "finalise_decision"
    policy = may_lead_judging
    announces = signals.decision_final

    def check(self) -> None:
        decision = self.subject
        if decision.final_at is not None:
            raise ActionRefused(_("This is final already."), code="final")
        if decision.confirmed_at is None or decision.withdrawn_at is not None:
            raise ActionRefused(_("Two people have to stand for this first."), code="not-confirmed")
        if not decision.is_verified_at(self.at):
            raise ActionRefused(
                _("Everybody can still object, until %(until)s."),
                code="verifying",
                until=written(decision.verification_until),
            )
        if open_claims(decision, lock=True):
            raise ActionRefused(
                _("Somebody claims what a winner handed in. First that has to be decided."),
                code="claimed",
            )

    def perform(self) -> list[Award]:
        facts = ChallengeFacts.objects.of(self.round.process)
        self.subject.final_at = self.at
        self.subject.save(update_fields=["final_at"])
        follow_rounds(self.round.process, by=self.by)
        winners = self.subject.placements.filter(place__isnull=False).order_by("place", "pk")
        awards = [
            Award.objects.create(
                placement=placement,
                amount=placement.amount,
                state=AwardState.OFFERED,
                offered_at=self.at,
                cancellable_until=years_later(self.at, facts.cancel_years),
            )
            for placement in winners
        ]
        for award in awards:
            news.tell_offered(award)
        return awards

    def audit_details(self) -> dict[str, Any]:
        return {
            "awards": [str(award.uuid) for award in self.result],
            "amount": sum(award.amount for award in self.result),
        }


def open_claims(decision: Decision, *, lock: bool = False) -> int:
    """How many claims to what its winners handed in are not closed; may lock against new ones."""
    named = Placement.objects.filter(decision=decision).values("entry__contribution")
    contributions = Contribution.objects.filter(pk__in=named).order_by("pk")
    if lock:
        list(contributions.select_for_update(no_key=True, of=("self",)))
    return Claim.objects.open().filter(contribution__in=contributions.order_by()).count()


def finalise_verified(at: datetime) -> str:
    """Make final what is verified by ``at`` and not claimed. A job of ``civic_tick``."""
    final = 0
    for decision in Decision.objects.verified(at).order_by("pk"):
        if open_claims(decision):
            continue
        try:
            FinaliseDecision(decision, by=None).execute()
        except ActionRefused:
            continue
        final += 1
    return ngettext("%(count)d decision final", "%(count)d decisions final", final) % {
        "count": final
    }


def years_later(at: datetime, years: int) -> datetime:
    """The same moment ``years`` later; 29 February becomes the 28th where there is none."""
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, day=28)
