"""Moderators among themselves: who may take a case, and what they call each other."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from civic_sourcing.moderation.models import Case
from civic_sourcing.moderation.places import cases_for
from civic_sourcing.moderation.policies import own_matter
from civic_sourcing.moderation.reach import MODERATOR
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.roles import people_with_role


def name_of(user: Any) -> str:
    """The public name of a colleague; never the user name, which may be an e-mail address."""
    person: Participant | None = getattr(user, "civic_participant", None)
    if person is None:
        person = Participant.objects.of(user)
    person.user = user
    return person.public_name


def all_moderators() -> list[Any]:
    """Active accounts whose groups are moderators anywhere."""
    users = get_user_model()._base_manager.filter(is_active=True)
    found = users.filter(groups__civic_roles__role=MODERATOR).distinct().order_by("pk")
    return list(found.select_related("civic_participant"))


def moderators_of(case: Case, *, besides: Any = None) -> list[Any]:
    """Colleagues of ``besides`` who could decide ``case`` and are no party to it, by name."""
    people = people_with_role(MODERATOR, case) if case.process else all_moderators()
    able = [
        user
        for user in people
        if user != besides
        and (case.process or cases_for(user).filter(pk=case.pk).exists())
        and own_matter(user, case) is None
    ]
    return sorted(able, key=name_of)
