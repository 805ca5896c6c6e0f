"""The steps people take in a forum: propose an idea, support one, take the support back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import MINUTE, RateLimit, hit_limits
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.models import IdeaForumMixin, IdeaMixin, IdeaPage, Support
from civic_sourcing.ideas.policies import may_propose, may_support, may_withdraw_support
from civic_sourcing.ideas.signals import idea_proposed, idea_supported, support_withdrawn
from civic_sourcing.participants.models import Participant

SLUG_LENGTH = 60
ROUTE_NAMES = frozenset({"propose"})
"""Words the forum answers itself, so that no idea may have them as its address."""


class Channel(models.TextChoices):
    """How an idea came in. Limits against flooding hold for what comes in online."""

    ONLINE = "online", _("online")
    IMPORTED = "imported", _("imported")


class ProposeIdea(Action[IdeaForumMixin]):
    """
    File an idea in a forum, in the language of the forum's page. The result is the new page.

    Takes ``title``, ``description`` and a list of ``tags``. The page has no owner, no revision and
    no entry in the site history: the idea has an author, and no workflow of the editors begins.
    The lock on the forum keeps the page tree in order. Raises ``TextRefused`` for a text too long
    or without anything to see.
    """

    verb = "propose"
    announces = idea_proposed
    policy = may_propose

    title: str
    description: str
    tags: Sequence[str] = ()
    channel: Channel = Channel.ONLINE

    def check(self) -> None:
        if self.channel == Channel.ONLINE:
            hit_limits("idea", actor=self.actor)

    def perform(self) -> IdeaMixin:
        idea = self.subject.idea_model(
            process=self.subject.process,
            author=Participant.objects.of(self.by),
            locale=self.subject.locale,
            filed_at=self.at,
            first_published_at=self.at,
            last_published_at=self.at,
            latest_revision_created_at=self.at,
        )
        idea.write(title=self.title, description=self.description)
        idea.slug = free_slug(self.subject, idea)
        # In a fixed order, so that two forums making the same new tags cannot wait for each other.
        idea.tags.add(*sorted(self.tags))
        self.subject.add_child(instance=idea)
        transaction.on_commit(lambda: announce_page(idea))
        return idea

    def audit_details(self) -> dict[str, Any]:
        return {
            "idea": str(self.result.uuid),
            "language": self.subject.locale.language_code,
            "channel": str(self.channel),
        }


class SupportIdea(Action[IdeaPage]):
    """Support an idea. A second time is refused as ``"already-supported"`` and changes nothing."""

    verb = "support"
    announces = idea_supported
    policy = may_support

    def check(self) -> None:
        refuse_unpublished(self.subject)
        limit_support_steps(self.actor)
        if self.subject.supports.filter(participant__user=self.by).exists():
            raise ActionRefused(_("You already support this idea."), code="already-supported")

    def perform(self) -> Support:
        participant = Participant.objects.of(self.by)
        return Support.objects.create(
            idea=self.subject, participant=participant, created_at=self.at
        )


class WithdrawSupport(Action[IdeaPage]):
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


def refuse_unpublished(idea: IdeaMixin) -> None:
    if not idea.live:
        raise ActionRefused(_("This idea is not published any more."), code="not-published")


def limit_support_steps(actor: UUID | None) -> None:
    RateLimit("civic_ideas.support", conf.SUPPORTS_PER_MINUTE, MINUTE).hit(actor)


def free_slug(forum: IdeaForumMixin, idea: IdeaMixin) -> str:
    """
    A readable address for ``idea`` that is free below ``forum``, whose lock must be held.

    If the words of the title are taken (or it has none), part of the idea's UUID follows them.
    """
    allow_unicode = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)
    words = slugify(idea.title, allow_unicode=allow_unicode)[:SLUG_LENGTH].strip("-_")
    taken = not words or words in ROUTE_NAMES or forum.get_children().filter(slug=words).exists()
    return f"{words or 'idea'}-{idea.uuid.hex[:8]}" if taken else words


def announce_page(idea: IdeaMixin) -> None:
    """Tell the host's caches about a page that was published without a revision."""
    page_published.send(sender=type(idea), instance=idea, revision=None)
