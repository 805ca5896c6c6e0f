"""Whom the city tells: authors and supporters outside, owners and officials inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from civic_sourcing.answers.models import Department, Promise
from civic_sourcing.answers.places import OFFICIAL
from civic_sourcing.attribution.claims.people import administrators, authors_of
from civic_sourcing.attribution.models import Contribution, Role
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.roles import people_with_role

Followers = Callable[[Contribution], Iterable[Any]]

_followers: list[Followers] = []


def authors(contribution: Contribution) -> list[Any]:
    """The users who speak for a contribution: author, and co-authors who agreed."""
    people = Participant.objects.filter(pk__in=authors_of(contribution)).select_related("user")
    return [person.user for person in people if person.user]


def credited(contribution: Contribution) -> list[Any]:
    """All users who are credited for a contribution, whatever they did for it; staff are not."""
    named = contribution.credits.active().exclude(role=Role.STAFF_EDITOR)
    keys = set(named.exclude(participant=None).values_list("participant", flat=True))
    keys |= authors_of(contribution)
    people = Participant.objects.filter(pk__in=keys).select_related("user").order_by("pk")
    return [person.user for person in people if person.user]


def others(
    contribution: Contribution, *, beside: Iterable[Any], most: int | None = None
) -> tuple[list[Any], list[Any]]:
    """
    Supporters and followers, each person once, for the nearest reason, without those ``beside``.

    Supporters are whom the kind of contribution says a decision concerns. At most ``most`` of each
    are looked at, where it only matters whether they are many.
    """
    told = {user.pk for user in beside}
    supporters = _new(_users(contribution.kind_of.affected(contribution), most), told)
    found = chain.from_iterable(find(contribution) for find in _followers)
    return supporters, _new(islice(found, most), told)


def register_followers(function: Followers) -> None:
    """Have those told too whom ``function(contribution)`` returns: users who follow it."""
    if function not in _followers:
        _followers.append(function)


def followers(contribution: Contribution) -> list[Any]:
    """The users who follow what the city makes of a contribution."""
    rows = contribution.delivery_follows.select_related("participant__user").order_by("pk")
    return [row.participant.user for row in rows if row.participant.user]


_followers.append(followers)


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


def _users(people: Iterable[Participant], most: int | None) -> list[Any]:
    if isinstance(people, QuerySet):
        people = people.select_related("user")[:most]
    return [person.user for person in islice(people, most) if person.user]


def _new(users: Iterable[Any], told: set[Any]) -> list[Any]:
    """Those of ``users`` who are not among ``told``, which then knows them."""
    found = {user.pk: user for user in users if user.pk not in told}
    told |= found.keys()
    return list(found.values())
