"""Ranking a round, proposing its winners, confirming them as a second person, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.actions.phases import follow_rounds
from civic_sourcing.challenges.awards import news
from civic_sourcing.challenges.crowd.votes import is_undone
from civic_sourcing.challenges.models import (
    Advance,
    ChallengeFacts,
    Decision,
    Entry,
    Placement,
    Ranking,
    Round,
)
from civic_sourcing.challenges.panel.policies import may_lead_judging
from civic_sourcing.challenges.panel.rounds import entries_of, refuse_before_deadline
from civic_sourcing.challenges.results import signals
from civic_sourcing.challenges.results.documents import (
    basis_of,
    basis_within,
    digest_of,
    document_of,
)
from civic_sourcing.challenges.results.moving_up import refuse_unless_waiting
from civic_sourcing.challenges.results.proposals import Named, deviates
from civic_sourcing.challenges.results.rounds import (
    end_of_verification,
    next_round,
    prizes_of,
    refuse_beyond_prizes,
    refuse_stale,
    refuse_strange,
    refuse_too_many,
    refuse_unless_open,
    somebody,
)
from civic_sourcing.challenges.results.words import clean
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused

REASON = 5000


class RankEntries(Action[Round]):
    """
    Rank the entries of a round by the sheets that were handed in, as a new version.

    Returns the ``Ranking``: the latest one where nothing it follows from has changed. Refused
    before the deadline (``not-closed``), while others vote (``voting``), where judges still owe
    sheets (``waiting``), where there is nothing to rank (``no-sheets``) and once winners were
    confirmed (``decided``). With ``without_missing`` it is ranked by the sheets there are; the
    document says how many are not.
    """

    verb = "rank_entries"
    policy = may_lead_judging
    announces = signals.entries_ranked

    without_missing: bool = False

    def check(self) -> None:
        refuse_before_deadline(self.subject, self.at)
        if Decision.objects.standing().filter(round=self.subject).exists():
            raise ActionRefused(_("Winners of this phase are named already."), code="decided")
        if is_undone(self.subject, self.at):
            raise ActionRefused(
                _("People still vote on the entries of this phase. It is ranked afterwards."),
                code="voting",
            )
        self.basis = basis_of(self.subject)
        if not self.basis["sheets"]:
            raise ActionRefused(_("No judge has handed in a score sheet yet."), code="no-sheets")
        if self.basis["waiting"] and not self.without_missing:
            raise ActionRefused(
                _("Judges have not handed in all score sheets yet: %(count)d are missing."),
                code="waiting",
                count=self.basis["waiting"],
            )

    def perform(self) -> Ranking:
        latest = Ranking.objects.latest_of(self.subject)
        if latest is not None and basis_within(latest.document) == self.basis:
            return latest
        document = document_of(self.basis)
        return Ranking.objects.create(
            round=self.subject,
            number=latest.number + 1 if latest else 1,
            document=document,
            digest=digest_of(document),
            made_at=self.at,
            made_by=self.actor,
        )

    def audit_details(self) -> dict[str, Any]:
        document = self.result.document
        return {
            "version": self.result.number,
            "digest": self.result.digest,
            "entries": len(document["entries"]),
            "sheets": len(document["sheets"]),
            "waiting": document["waiting"],
        }


class ProposeWinners(Action[Round]):
    """
    Propose who wins a round and who advances. The result is the ``Decision``; nobody outside sees
    it before a second person confirms it.

    ``named`` says who, ``no_award`` that nobody wins. What is not as ranked needs a ``reason``
    everybody will read (``no-reason``), and so does ``no_award``. Refused: a ranking that is not
    the latest or no longer what it follows from (``stale``), a strange entry (``not-here``), more
    winners or money than a prize has (``too-many``, ``too-much``), more who advance than announced.
    """

    verb = "propose_winners"
    policy = may_lead_judging

    ranking: Ranking
    named: Sequence[Named] = ()
    no_award: bool = False
    reason: str = ""

    def check(self) -> None:
        refuse_stale(self.ranking, self.subject)
        if Decision.objects.standing().filter(round=self.subject).exists():
            raise ActionRefused(
                _("There is a proposal for this phase already. Withdraw it first."), code="decided"
            )
        if self.actor is None:
            raise somebody()
        self.prizes = prizes_of(self.subject)
        self.entries = {str(entry.uuid): entry for entry in entries_of(self.subject)}
        refuse_strange(self.named, self.entries)
        winners = [one for one in self.named if one.place is not None]
        if self.no_award and winners:
            raise ActionRefused(_("Either there are winners or there is no award."), code="both")
        if not self.named and not self.no_award:
            raise ActionRefused(_("Please name somebody, or say that nobody wins."), code="nobody")
        refuse_beyond_prizes(winners, self.prizes)
        refuse_too_many(self.named, self.subject)
        self.reason = clean(self.reason, max_length=REASON)
        self.deviates = deviates(self.ranking.document, self.named, self.prizes)
        if (self.no_award or self.deviates) and not self.reason:
            raise ActionRefused(
                _("This is not what the ranking says. Please say why; everybody will read it."),
                code="no-reason",
            )

    def perform(self) -> Decision:
        decision = Decision.objects.create(
            round=self.subject,
            ranking=self.ranking,
            no_award=self.no_award,
            deviates=self.deviates,
            reason=self.reason,
            proposed_by=self.actor,
            proposed_at=self.at,
        )
        for one in self.named:
            Placement.objects.create(
                decision=decision,
                entry=self.entries[one.entry],
                place=one.place,
                prize=one.prize,
                amount=one.amount,
                advances=one.advances,
            )
        return decision

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "ranking": self.ranking.pk, "named": len(self.named)}

    def audit_details(self) -> dict[str, Any]:
        return {
            "decision": str(self.result.uuid),
            "ranking": self.ranking.digest,
            "deviates": self.deviates,
            "no_award": self.no_award,
            "winners": [one.entry for one in self.named if one.place is not None],
            "advance": [one.entry for one in self.named if one.advances],
            "amount": sum(one.amount for one in self.named),
        }


class DecisionAction(Action[Decision]):
    """A step on a decision; locks its round first, as ranking and proposing do."""

    def fresh_subject(self) -> Decision:
        rounds = Round.objects.using(self.using).select_for_update(no_key=True)
        self.round = rounds.get(pk=self.subject.round_id)
        decision: Decision = super().fresh_subject()
        decision.round = self.round
        return decision


class ConfirmWinners(DecisionAction):
    """
    Confirm, as a second person, who wins. From now on everybody reads it.

    The verification begins: ``verification_days`` full days, counted from the next midnight of the
    town. Who advances may enter the next phase at once. Without winners it is final at once. Of who
    moves up the ranking stays the one winners were decided by (``results.moving_up``).
    """

    verb = "confirm_winners"
    policy = may_lead_judging
    announces = signals.winners_confirmed

    def check(self) -> None:
        refuse_unless_open(self.subject)
        if self.actor is None or self.actor == self.subject.proposed_by:
            raise ActionRefused(
                _("Somebody else has to confirm what you proposed."), code="second-person"
            )
        self._hold_entries()
        if self.subject.instead_of_id is None:
            refuse_stale(self.subject.ranking, self.round)
        else:
            refuse_unless_waiting(self.subject)

    def perform(self) -> Decision:
        decision = self.subject
        placements = list(decision.placements.select_related("entry").order_by("entry"))
        decision.confirmed_by, decision.confirmed_at = self.actor, self.at
        if any(one.place is not None for one in placements):
            days = ChallengeFacts.objects.of(self.round.process).verification_days
            decision.verification_until = end_of_verification(self.at, days)
        else:
            decision.final_at = self.at
        decision.save()
        self._let_in([one.entry for one in placements if one.advances])
        follow_rounds(self.round.process, by=self.by)
        news.tell_confirmed(decision)
        return decision

    def _hold_entries(self) -> None:
        """Lock them, so that none is withdrawn meanwhile."""
        named = Entry.objects.filter(placements__decision=self.subject).order_by("pk")
        list(named.select_for_update(no_key=True, of=("self",)))

    def _let_in(self, entries: Sequence[Entry]) -> None:
        following = next_round(self.round)
        for entry in entries if following else ():
            Advance.objects.get_or_create(entry=entry, round=following, defaults={"at": self.at})

    def audit_details(self) -> dict[str, Any]:
        until = self.subject.verification_until
        return {"until": until.isoformat() if until else ""}


class WithdrawDecision(DecisionAction):
    """
    Take a decision back, so that another one can be proposed. Returns the decision.

    Once it was confirmed this needs a ``reason`` everybody will read; once it is final it cannot be
    done (``final``): then its awards are cancelled.
    """

    verb = "withdraw_decision"
    policy = may_lead_judging
    announces = signals.decision_withdrawn

    reason: str = ""

    def check(self) -> None:
        decision = self.subject
        if decision.withdrawn_at is not None:
            raise ActionRefused(_("This was withdrawn already."), code="withdrawn")
        if decision.final_at is not None:
            raise ActionRefused(
                _("This is final. An award can be cancelled instead."), code="final"
            )
        self.reason = clean(self.reason, max_length=REASON)
        if decision.confirmed_at is not None and not self.reason:
            raise ActionRefused(_("Please say why; everybody will read it."), code="no-reason")
        if self.actor is None:
            raise somebody()

    def perform(self) -> Decision:
        decision = self.subject
        decision.withdrawn_at, decision.withdrawn_by = self.at, self.actor
        decision.withdrawn_reason = self.reason
        decision.save()
        if decision.confirmed_at is not None:
            let_in = [one.entry_id for one in decision.placements.filter(advances=True)]
            following = next_round(self.round)
            waiting = Advance.objects.filter(entry__in=let_in, round=following)
            waiting.exclude(entry__submissions__round=following).delete()
            follow_rounds(self.round.process, by=self.by)
            news.tell_withdrawn(decision)
        return decision

    def audit_details(self) -> dict[str, Any]:
        return {"was_confirmed": self.subject.confirmed_at is not None}
