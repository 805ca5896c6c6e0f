"""Who writes a challenge, and who reads it before everybody else does."""

from __future__ import annotations

from typing import Any

import swapper

from civic_sourcing.challenges.policies import may_manage, may_review
from civic_sourcing.challenges.roles import MANAGER, STEWARD
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import people_with_role

may_write = may_manage
"""They set a challenge up and answer for it; what they write is read by a steward first."""

__all__ = ["managers_of", "may_review", "may_write", "pages_of", "stewards_of"]


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
