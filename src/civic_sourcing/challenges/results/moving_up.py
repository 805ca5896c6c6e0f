"""
The next entry of a ranking moves up where an award was declined or cancelled.

It takes the place and the prize that became free; nobody else changes places. Like all winners it
is proposed by one person, confirmed by another one, and verified in public before it is final:
``ConfirmWinners``, ``WithdrawDecision`` and ``FinaliseDecision`` take its decision as any other.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.awards.actions import AwardAction
from civic_sourcing.challenges.models import (
    Award,
    AwardState,
    Decision,
    Entry,
    Instalment,
    Placement,
    Prize,
    Round,
)
from civic_sourcing.challenges.panel.policies import may_lead_judging
from civic_sourcing.challenges.panel.rounds import entries_of
from civic_sourcing.challenges.results.proposals import places_in
from civic_sourcing.challenges.results.rounds import somebody
from civic_sourcing.challenges.results.words import clean
from civic_sourcing.core.exceptions import ActionRefused

REASON = 5000
ENDED = (AwardState.DECLINED, AwardState.CANCELLED)


class ProposeMovingUp(AwardAction):
    """
    Propose who moves up to the place of an award that was declined or cancelled. The result is the
    ``Decision``; nobody outside sees it before a second person confirms it.

    ``entry`` (UUID) is the next of the ranking unless said otherwise, ``amount`` what became free
    of the award, in minor units. ``reason`` is needed always, for everybody to read. Refused: an
    award that stands (``wrong-state``), while somebody moves up already (``decided``), an entry
    that wins something, has no place or is gone (``not-next``), nobody left (``nobody-left``), more
    money than the prize has left (``too-much``).
    """

    verb = "propose_moving_up"
    policy = may_lead_judging

    entry: str = ""
    amount: int | None = None
    reason: str = ""

    def fresh_subject(self) -> Award:
        rounds = Round.objects.using(self.using).select_for_update(no_key=True, of=("self",))
        rounds.get(decisions__placements__award=self.subject)
        award: Award = super().fresh_subject()
        return award

    def check(self) -> None:
        self.refuse_unless(*ENDED)
        if self.actor is None:
            raise somebody()
        award = self.subject
        if Decision.objects.standing().filter(instead_of=award).exists():
            raise ActionRefused(
                _("There is a proposal for who moves up already. Withdraw it first."),
                code="decided",
            )
        waiting = who_may_move_up(award.placement.decision.round)
        if not waiting:
            raise ActionRefused(
                _("No other entry of the ranking is left to move up."), code="nobody-left"
            )
        by_key = {str(entry.uuid): entry for entry, _place in waiting}
        first = str(waiting[0][0].uuid)
        self.entry = self.entry or first
        if self.entry not in by_key:
            raise ActionRefused(
                _("Only an entry of the ranking that wins nothing yet moves up."), code="not-next"
            )
        self.moves_up, self.deviates = by_key[self.entry], self.entry != first
        self.amount = free_of(award) if self.amount is None else self.amount
        refuse_beyond(award.placement.prize, self.amount)
        self.reason = clean(self.reason, max_length=REASON)
        if not self.reason:
            raise ActionRefused(_("Please say why; everybody will read it."), code="no-reason")

    def perform(self) -> Decision:
        ended = self.subject.placement
        decision = Decision.objects.create(
            round=ended.decision.round,
            ranking=ended.decision.ranking,
            instead_of=self.subject,
            deviates=self.deviates,
            reason=self.reason,
            proposed_by=self.actor,
            proposed_at=self.at,
        )
        Placement.objects.create(
            decision=decision,
            entry=self.moves_up,
            place=ended.place,
            prize=ended.prize,
            amount=self.amount,
        )
        return decision

    def audit_details(self) -> dict[str, Any]:
        return {
            "decision": str(self.result.uuid),
            "entry": self.entry,
            "deviates": self.deviates,
            "amount": self.amount,
        }


def who_may_move_up(round_: Round, *, but: Decision | None = None) -> list[tuple[Entry, int]]:
    """
    The entries that have a place in the ranking winners were decided by and win nothing, with that
    place, the first first. Who declined, and whose entry is gone, is not among them. What wins by
    the decision ``but`` counts as winning nothing.
    """
    decision = Decision.objects.confirmed().whole().filter(round=round_).first()
    if decision is None:
        return []
    named = Placement.objects.filter(
        decision__round=round_, decision__withdrawn_at=None, place__isnull=False
    )
    taken = set(named.exclude(decision=but).values_list("entry", flat=True))
    here = {str(entry.uuid): entry for entry in entries_of(round_) if entry.pk not in taken}
    places = places_in(decision.ranking.document)
    return [(here[key], place) for key, place in places.items() if key in here]


def left_of(prize: Prize | None) -> int:
    """What nobody was awarded or paid of a prize, in minor units."""
    if prize is None:
        return 0
    awards = Award.objects.filter(placement__prize=prize)
    bound = awards.in_force().aggregate(sum=Sum("amount"))["sum"] or 0
    gone = Instalment.objects.filter(award__in=awards.filter(state__in=ENDED))
    paid = gone.filter(paid_on__isnull=False).aggregate(sum=Sum("amount"))["sum"] or 0
    return prize.amount - bound - paid


def free_of(award: Award) -> int:
    """What became free with an award that ended: its amount, but for what was paid, too."""
    return min(award.amount, max(left_of(award.placement.prize), 0))


def refuse_beyond(prize: Prize | None, amount: int) -> None:
    if amount < 0 or amount > max(left_of(prize), 0):
        raise ActionRefused(
            _("This is more than is left of the prize."),
            code="too-much",
        )


def refuse_unless_waiting(decision: Decision) -> None:
    """Refuse to confirm somebody who cannot move up any more."""
    waiting = {entry.pk for entry, _place in who_may_move_up(decision.round, but=decision)}
    named = set(decision.placements.values_list("entry", flat=True))
    if not named <= waiting:
        raise ActionRefused(
            _("Something has changed since this was proposed. Withdraw it and propose it anew."),
            code="stale",
        )
