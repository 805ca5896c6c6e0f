"""Who writes a challenge, and who reads it before everybody else does."""

from __future__ import annotations

from typing import Any

import swapper
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.policies import may_manage, may_review
from civic_sourcing.challenges.roles import MANAGER, STEWARD
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import people_with_role


class NamedManager(Policy):
    """Whoever is named as a manager of this very challenge."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if is_named(occasion.user, occasion.subject.process):
            return None
        return Refusal(_("Only the managers of this challenge can do this."))


may_write = may_manage | (SignedIn() & NamedManager())
"""They set a challenge up and answer for it; what they write is read by a steward first."""

__all__ = ["managers_of", "may_review", "may_write", "pages_of", "stewards_of"]


def is_named(user: Any, process: Process) -> bool:
    if user is None or not user.is_authenticated:
        return False
    return Participant.objects.filter(user=user, managed_challenges__process=process).exists()


def pages_of(process: Process) -> list[Any]:
    """Its pages, one for each language, the first one written first."""
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    own = pages.filter(translation_key=process.translation_key, alias_of=None)
    return [page.specific for page in own.select_related("locale").order_by("pk")]


def stewards_of(process: Process) -> list[Any]:
    """The users who are asked to read it."""
    return people_with_role(STEWARD, process)


def managers_of(process: Process) -> list[Any]:
    """The users who look after it: those named, and those with the role here."""
    named = Participant.objects.filter(managed_challenges__process=process, user__is_active=True)
    users = [person.user for person in named.select_related("user").order_by("pk")]
    return list(dict.fromkeys([*users, *people_with_role(MANAGER, process)]))
