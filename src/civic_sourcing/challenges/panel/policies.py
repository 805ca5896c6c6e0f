"""Who leads the judging of a challenge, and whose an assignment or an invitation is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Judge
from civic_sourcing.challenges.panel.invitations import token_digest
from civic_sourcing.challenges.policies import entries_of_person, is_judge, may_manage
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn
from civic_sourcing.participants.standing import participant_of


class StandsApart(Policy):
    """Whoever leads the judging has neither an entry in the challenge nor a seat on its panel."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        process = occasion.subject.process
        if is_judge(occasion.user, process) or has_entry(occasion.user, process):
            return Refusal(_("You take part in this challenge, so somebody else does this."), "own")
        return None


class IsInvited(Policy):
    """
    Whoever an invitation was sent to: by name, or by a letter whose link they followed.

    The link is ``occasion.extra["token"]``.
    """

    def refusal(self, occasion: Occasion) -> Refusal | None:
        judge, token = occasion.subject, occasion.extra.get("token", "")
        if judge.participant_id is None:
            if token and token_digest(token) == judge.token_digest:
                return None
        elif is_person(occasion.user, judge):
            return None
        return Refusal(_("This invitation is for somebody else."))


class IsJudge(Policy):
    """The judge that the subject is, or whose assignment it is."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        subject = occasion.subject
        if is_person(occasion.user, subject if isinstance(subject, Judge) else subject.judge):
            return None
        return Refusal(_("Only the judge who was asked can do this."))


def is_person(user: Any, judge: Judge) -> bool:
    person = participant_of(user)
    return person is not None and judge.participant_id == person.pk


def has_entry(user: Any, process: Any) -> bool:
    """Whether ``user`` has an entry in this challenge, alone or in a team, begun or handed in."""
    person = participant_of(user)
    if person is None:
        return False
    return bool(entries_of_person(person).filter(process=process).exists())


may_lead_judging = may_manage & StandsApart()
may_answer_invitation = IsInvited()
may_judge = SignedIn() & IsJudge()
