"""Moderators among themselves: who may take a case, and what they call each other."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import prefetch_related_objects

from civic_sourcing.moderation.models import Case
from civic_sourcing.moderation.places import cases_for
from civic_sourcing.moderation.policies import concerned
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


def moderators_of(
    case: Case, *, besides: Any = None, parties: Collection[int | None] | None = None
) -> list[Any]:
    """
    Colleagues of ``besides`` who moderate the place of ``case`` and whom it is not about, by name.

    Who reported it is among them: leaving them out would tell. They are refused as they decide.
    ``parties`` are those it is about (``policies.concerned``), where they are known already.
    """
    people = people_with_role(MODERATOR, case) if case.process else all_moderators()
    prefetch_related_objects(people, "civic_participant")
    parties = concerned(case) if parties is None else parties
    able = [user for user in people if user != besides and _key_of(user) not in parties]
    if case.process is None:
        able = [user for user in able if cases_for(user).filter(pk=case.pk).exists()]
    return sorted(able, key=name_of)


def _key_of(user: Any) -> int | None:
    person = getattr(user, "civic_participant", None)
    return person.pk if person else None
