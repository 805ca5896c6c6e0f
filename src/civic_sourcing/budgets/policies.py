"""Who may vote."""

from __future__ import annotations

from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn
from civic_sourcing.participants.eligibility.policies import Eligible


class MayVote(Policy):
    """
    Whoever meets the conditions of the process: ``extra["voter"]`` with its ``user``.

    A voter without a user was let in by a code or a desk; in a rehearsal everybody may vote.
    """

    conditions = SignedIn() & Eligible()

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user = occasion.extra["voter"].user
        if user is None or occasion.subject.kind == VoteRun.Kind.REHEARSAL:
            return None
        return self.conditions.refusal(Occasion(user, occasion.subject, occasion.at))
