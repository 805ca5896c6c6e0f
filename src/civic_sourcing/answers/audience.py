"""Whom the city tells: authors and supporters outside, owners and officials inside."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from civic_sourcing.answers.models import Department, Promise
from civic_sourcing.answers.places import OFFICIAL
from civic_sourcing.attribution.claims.people import administrators, authors_of
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.roles import people_with_role


def authors(contribution: Contribution) -> list[Any]:
    """The users who speak for a contribution: author, and co-authors who agreed."""
    people = Participant.objects.filter(pk__in=authors_of(contribution)).select_related("user")
    return [person.user for person in people if person.user]


def supporters(contribution: Contribution, *, but: list[Any]) -> list[Any]:
    """The users whom what becomes of a contribution concerns beside its authors."""
    known = {user.pk for user in but}
    affected = contribution.kind_of.affected(contribution)
    if isinstance(affected, QuerySet):
        affected = affected.select_related("user")
    users = (person.user for person in affected if person.user)
    return [user for user in users if user.pk not in known]


def caretakers(promise: Promise) -> list[Any]:
    """Who has to act: the owner, else the people of the department, else the officials there."""
    if promise.owner is not None and promise.owner.is_active:
        return [promise.owner]
    return members(promise.department) or people_with_role(OFFICIAL, promise)


def above(promise: Promise) -> list[Any]:
    """Who is told that it is overdue: those who had to act, all officials there, administrators."""
    told = [
        *caretakers(promise),
        *members(promise.department),
        *people_with_role(OFFICIAL, promise),
    ]
    return list({user.pk: user for user in [*told, *administrators()]}.values())


def members(department: Department | None) -> list[Any]:
    """The active users in the group of a department."""
    if department is None or department.group_id is None:
        return []
    users = get_user_model()._base_manager.filter(is_active=True, groups=department.group_id)
    return list(users.order_by("pk"))
