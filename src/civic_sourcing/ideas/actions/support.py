"""Standing behind an idea, and taking that back."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import State
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import MINUTE, RateLimit
from civic_sourcing.ideas import limits, reaching, tallies
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.models import IdeaMixin, Support
from civic_sourcing.ideas.policies import may_support, may_withdraw_support
from civic_sourcing.ideas.signals import idea_supported, support_kept, support_withdrawn
from civic_sourcing.ideas.steps import IdeaStep
from civic_sourcing.ideas.writing.policies import may_keep_support
from civic_sourcing.participants.models import Participant


class SupportIdea(IdeaStep):
    """Support an idea. A second time is refused as ``"already-supported"`` and changes nothing."""

    verb = "support"
    announces = idea_supported
    policy = may_support

    def check(self) -> None:
        refuse_unpublished(self.subject)
        limit_support_steps(self.actor)
        if self.subject.supports.filter(participant__user=self.by).exists():
            raise ActionRefused(_("You already support this idea."), code="already-supported")
        self.participant = Participant.objects.of(self.by)
        limits.refuse_more_support(self.participant, self.subject.process)

    def perform(self) -> Support:
        support = Support.objects.create(
            contribution=self.subject.contribution,
            participant=self.participant,
            created_at=self.at,
            version=self.subject.material_version,
        )
        tallies.supported(self.subject.contribution_id, self.at)
        self.reached = reaching.after_support(self.subject, self.at)
        return support

    def audit_details(self) -> dict[str, Any]:
        reached = [str(each.rule.uuid) for each in self.reached]
        return {"reached": reached} if reached else {}


class WithdrawSupport(IdeaStep):
    """Take one's support back. Without support it is refused as ``"not-supported"``."""

    verb = "withdraw_support"
    announces = support_withdrawn
    policy = may_withdraw_support

    def check(self) -> None:
        limit_support_steps(self.actor)
        if not self.subject.supports.filter(participant__user=self.by).exists():
            raise ActionRefused(_("You do not support this idea."), code="not-supported")

    def perform(self) -> None:
        self.subject.supports.filter(participant__user=self.by).delete()
        tallies.support_taken_back(self.subject.contribution_id)


class KeepSupport(IdeaStep):
    """
    Stand behind the idea as it reads now, after its author changed what it says.

    Who does not support it is refused as ``"not-supported"``; for whom nothing was asked, nothing
    changes. The result is the support.
    """

    verb = "keep_support"
    announces = support_kept
    policy = may_keep_support

    def perform(self) -> Support:
        limit_support_steps(self.actor)
        support = self.subject.supports.filter(participant__user=self.by).first()
        if support is None:
            raise ActionRefused(_("You do not support this idea."), code="not-supported")
        support.version = self.subject.material_version
        support.save(update_fields=["version"])
        return support


def refuse_unpublished(idea: IdeaMixin) -> None:
    if idea.contribution.state == State.WITHDRAWN:
        raise ActionRefused(_("Its author has withdrawn this idea."), code="withdrawn")
    if not idea.live:
        raise ActionRefused(_("This idea is not published any more."), code="not-published")


def limit_support_steps(actor: UUID | None) -> None:
    RateLimit("civic_ideas.support", conf.SUPPORTS_PER_MINUTE, MINUTE).hit(actor)
