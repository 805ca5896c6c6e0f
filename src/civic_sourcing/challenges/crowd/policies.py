"""Who scores beside the panel, and when. The subject is the vote; time is the database's."""

from __future__ import annotations

from django.utils.translation import gettext as _

from civic_sourcing.challenges.crowd.votes import VoterEligibility
from civic_sourcing.challenges.models import ChallengeFacts, CrowdKind, CrowdScore, EditorialState
from civic_sourcing.challenges.policies import is_judge
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, System
from civic_sourcing.participants.eligibility.policies import NotEligible
from civic_sourcing.participants.policies import InGoodStanding
from civic_sourcing.participants.standing import participant_of
from civic_sourcing.processes.policies import first_day, written


class WhileVoting(Policy):
    """From the moment the vote begins until the very second it ends, of a challenge that is out."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        vote, at = occasion.subject, occasion.at
        facts = ChallengeFacts.objects.of(vote.process)
        if facts.state != EditorialState.PUBLISHED:
            return Refusal(_("This challenge is not open."), "not-published")
        if vote.opens_at is None or vote.closes_at is None:
            return Refusal(_("No date is set for the vote yet."), "not-planned")
        if at < vote.opens_at:
            words = {"date": first_day(vote.opens_at)}
            return Refusal(_("The vote begins on %(date)s.") % words, "not-open-yet")
        if at >= vote.closes_at:
            words = {"date": written(vote.closes_at)}
            sentence = _("The vote closed on %(date)s, by the clock of the city.") % words
            return Refusal(sentence, "closed")
        return None


class NotOnPanel(Policy):
    """Judges score on their own sheets."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if is_judge(occasion.user, occasion.subject.process):
            sentence = _("You judge this challenge, so your scores count there and not here.")
            return Refusal(sentence, "judge")
        return None


class MeetsConditions(Policy):
    """Who meets every condition of the vote; the refusal says which one is missing."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        vote = occasion.subject
        condition = VoterEligibility(occasion.user, vote, occasion.at).first_missing
        if condition is None:
            return None
        return NotEligible(condition.message, condition.code, condition, vote.process)


class HasEntriesToScore(Policy):
    """Solvers to whom entries of others were assigned."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        vote, person = occasion.subject, participant_of(occasion.user)
        mine = CrowdScore.objects.filter(round=vote.round, kind=CrowdKind.PEER, participant=person)
        if person is not None and mine.exists():
            return None
        return Refusal(_("Only solvers of this phase to whom entries were given can do this."))


while_voting = WhileVoting()
may_vote = SignedIn() & InGoodStanding() & while_voting & MeetsConditions() & NotOnPanel()
may_score = SignedIn() & HasEntriesToScore() & InGoodStanding() & while_voting & NotOnPanel()
by_the_system = System() & while_voting
