"""What an official may see: the one door to answers, promises and adoptions for the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from civic_sourcing.answers.models import (
    Adoption,
    AdoptionQuerySet,
    AnswerPart,
    OfficialAnswer,
    OfficialAnswerQuerySet,
    Promise,
    PromiseQuerySet,
)
from civic_sourcing.attribution.contributions.places import processes_of
from civic_sourcing.attribution.models import Contribution, ContributionQuerySet
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_anywhere

OFFICIAL = "official"


def answered_by(user: Any) -> QuerySet[Process]:
    """The processes ``user`` answers in as an official, asked anew each time."""
    if user is None or not user.is_authenticated:
        return Process.objects.none()
    return processes_of(user, frozenset({OFFICIAL}))


def contributions_for(user: Any) -> ContributionQuerySet:
    """What ``user`` may answer; what is not among it is 404."""
    return Contribution.objects.filter(process__in=answered_by(user))


def promises_for(user: Any) -> PromiseQuerySet:
    """Promises where ``user`` is an official; what is not among them answers 404."""
    return Promise.objects.filter(contribution__process__in=answered_by(user))


def answers_for(user: Any) -> OfficialAnswerQuerySet:
    """Answers ``user`` may write: as an official, or as a member of a partner department."""
    there = Q(contribution__process__in=answered_by(user))
    return OfficialAnswer.objects.filter(there | Q(pk__in=parts_for(user).values("answer")))


def parts_for(user: Any) -> QuerySet[AnswerPart]:
    """Parts ``user`` may write: as an official, or as a member of the department."""
    if user is None or not user.is_authenticated or not user.is_active:
        return AnswerPart.objects.none()
    there = Q(answer__contribution__process__in=answered_by(user))
    return AnswerPart.objects.filter(there | Q(department__group__in=user.groups.values("pk")))


def adoptions_for(user: Any) -> AdoptionQuerySet:
    """Adoptions where ``user`` is an official; what is not among them answers 404."""
    return Adoption.objects.filter(contribution__process__in=answered_by(user))


def answers_somewhere(user: Any) -> bool:
    """Whether ``user`` is an official of anything; for menus."""
    return OFFICIAL in roles_anywhere(user)
