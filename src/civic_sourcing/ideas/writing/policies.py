"""Who may change, withdraw and follow an idea, and when."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from civic_sourcing.attribution.models import State
from civic_sourcing.attribution.policies import IsAuthor
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.models import ForumRules, IdeaMixin
from civic_sourcing.ideas.models.stages import Stage
from civic_sourcing.ideas.policies import while_support_is_taken
from civic_sourcing.participants.policies import InGoodStanding

CHANGEABLE = frozenset({State.PUBLISHED, State.HELD})
UNDECIDED = frozenset({Stage.PUBLISHED, Stage.REVIEW})
"""Stages in which the author may still change the text: nobody has decided about it yet."""


class StillChangeable(Policy):
    """Neither withdrawn nor hidden, and nobody has decided about it."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        idea = occasion.subject
        state = State(idea.contribution.state)
        if state not in CHANGEABLE:
            sentence = _("This text cannot be changed now: it is marked “%(state)s”.")
            return Refusal(sentence % {"state": state.label}, f"is-{state}")
        if idea.stage not in UNDECIDED:
            sentence = _(
                "This text cannot be changed any more: it is marked “%(stage)s”, and what was "
                "decided was decided about these words."
            )
            return Refusal(sentence % {"stage": Stage(idea.stage).label}, "decided")
        return None


class CanBeRead(Policy):
    """Everybody may open its page."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if occasion.subject.live:
            return None
        return Refusal(_("This is not published any more."), "not-published")


may_edit = SignedIn() & IsAuthor() & InGoodStanding() & StillChangeable() & while_support_is_taken
may_withdraw_idea = SignedIn() & IsAuthor()
may_keep_support = SignedIn() & CanBeRead()
may_follow = SignedIn() & CanBeRead()


def is_fresh(idea: IdeaMixin, at: object) -> bool:
    """Whether the time after filing runs in which its author need not say why they edit it."""
    hours = ForumRules.objects.loaded(idea.process).edit_hours
    hours = conf.IDEA_EDIT_HOURS if hours is None else hours
    fresh: bool = at < idea.filed_at + timedelta(hours=hours)  # type: ignore[operator]
    return fresh
