"""Standing behind an idea, and taking that back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.core.actions import gone
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import MINUTE, RateLimit
from civic_sourcing.core.locks import share
from civic_sourcing.core.policies import Occasion
from civic_sourcing.ideas import limits, reaching, tallies
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.models import IdeaMixin, Support, ThresholdReached
from civic_sourcing.ideas.policies import may_support, may_withdraw_support
from civic_sourcing.ideas.signals import idea_supported, support_kept, support_withdrawn
from civic_sourcing.ideas.steps import IdeaStep
from civic_sourcing.ideas.writing.policies import may_keep_support
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.standing import participant_of


class SupportIdea(IdeaStep):
    """
    Support an idea. A second time is refused as ``"already-supported"`` and changes nothing.

    Supporters of one idea do not wait for each other but for its tally, which is counted up last.
    Only those with whom a threshold may be reached have the idea to themselves.
    """

    verb = "support"
    announces = idea_supported
    policy = may_support

    alone = False
    participant: Participant
    reached: Sequence[ThresholdReached] = ()

    def execute(self) -> Any:
        self.found = participant_of(self.by)
        try:
            return super().execute()
        except Unforeseen:
            self.alone = True
            return super().execute()
        except IntegrityError as error:
            if self.subject.supports.filter(participant=self.participant).exists():
                raise already_supported() from error
            raise

    def fresh_subject(self) -> Any:
        self.awaited = reaching.awaited(self.subject)
        self.alone = self.alone or any(map(reaching.is_near, self.awaited))
        if self.alone:
            return super().fresh_subject()
        share(Contribution, self.subject.contribution_id, using=self.using)
        model = type(self.subject)
        rows = model._base_manager.using(self.using)
        rows = rows.select_related("contribution__author", "contribution__process__forum_rules")
        try:
            idea = rows.get(pk=self.subject.pk)
        except model.DoesNotExist:
            raise gone() from None
        if idea.process_id != self.subject.process_id:
            raise Unforeseen
        idea.process = idea.contribution.process
        return idea

    def occasion(self) -> Occasion:
        """Who it is was looked up before, unless they are new here."""
        found = self.found or participant_of(self.by)
        if found is not None:
            found.user = self.by
            self.participant = found
        return Occasion(self.by, self.subject, self.at, {"participant": found})

    def check(self) -> None:
        refuse_unpublished(self.subject)
        limit_support_steps(self.actor)
        if self.subject.supports.filter(participant=self.participant).exists():
            raise already_supported()
        limits.refuse_more_support(self.participant, self.subject.process)

    def perform(self) -> Support:
        support = Support.objects.create(
            contribution=self.subject.contribution,
            participant=self.participant,
            created_at=self.at,
            version=self.subject.material_version,
        )
        tallies.supported(self.subject.contribution_id, self.at)
        if self.alone:
            self.reached = reaching.after_support(self.subject, self.at)
        elif reaching.are_reachable(self.awaited, self.subject):
            raise Unforeseen
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
            raise ActionRefused(_("You do not support this."), code="not-supported")

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
            raise ActionRefused(_("You do not support this."), code="not-supported")
        support.version = self.subject.material_version
        support.save(update_fields=["version"])
        return support


class Unforeseen(Exception):
    """A threshold came near, or the idea went elsewhere, while it was shared: take it alone."""


def already_supported() -> ActionRefused:
    return ActionRefused(_("You already support this."), code="already-supported")


def refuse_unpublished(idea: IdeaMixin) -> None:
    if idea.contribution.state == State.WITHDRAWN:
        raise ActionRefused(_("Its author has withdrawn this."), code="withdrawn")
    if not idea.live:
        raise ActionRefused(_("This is not published any more."), code="not-published")


def limit_support_steps(actor: UUID | None) -> None:
    RateLimit("civic_ideas.support", conf.SUPPORTS_PER_MINUTE, MINUTE).hit(actor)
