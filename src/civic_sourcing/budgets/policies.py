"""Who may vote, and who runs votes."""

from __future__ import annotations

from typing import Any

import swapper
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, System
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


class MayRunVote(Policy):
    """
    Whoever may publish the vote's page in some language: they set its rules, open and close it.

    The process is that of the subject, or of the run the subject is about.
    """

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user = occasion.user
        if user is not None and user.is_active and (user.is_superuser or self._publishes(occasion)):
            return None
        return Refusal(_("Only people who may publish the page of this vote can do this."))

    @staticmethod
    def _publishes(occasion: Occasion) -> bool:
        subject: Any = occasion.subject
        process = getattr(subject, "process", None) or subject.run.process
        pages = swapper.load_model("wagtailcore", "Page")._base_manager
        own = pages.filter(translation_key=process.translation_key, alias_of=None)
        return any(
            page.specific.permissions_for_user(occasion.user).can_publish()
            for page in own.order_by("pk")
        )


runs_votes = System() | MayRunVote()
