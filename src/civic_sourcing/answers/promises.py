"""
The doors of the promise clock for other rooms, inside the transaction of what they tell of.

``owe`` where a threshold, a stage or a result obliges the city; ``keep`` where what is owed is
there. Both may be called twice, and the second call does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from civic_sourcing.answers.actions.promises import KeepPromise, MakePromise, WaivePromise
from civic_sourcing.answers.actions.steps import locked
from civic_sourcing.answers.models import Department, Promise, PromiseKind
from civic_sourcing.attribution.models import Contribution


@transaction.atomic
def owe(
    contribution: Contribution,
    *,
    cause: str,
    due_at: datetime,
    department: Department | None = None,
    owner: Any = None,
    key: str = "",
    details: Mapping[str, Any] | None = None,
    kind: str = PromiseKind.ANSWER,
) -> Promise:
    """
    Have the city owe something to ``contribution`` until ``due_at``; return the promise.

    Where the same ``kind``, ``cause`` and ``key`` is running already, that one is returned as it
    is. Takes the lock of the contribution.
    """
    contribution = locked(contribution)
    running = Promise.objects.of(contribution).running()
    same = running.filter(kind=kind, cause=cause, key=key).first()
    if same is not None:
        return same
    promise: Promise = MakePromise(
        contribution,
        by=None,
        cause=cause,
        due_at=due_at,
        department=department,
        owner=owner,
        key=key,
        details=details,
        kind=kind,
    ).execute()
    return promise


@transaction.atomic
def keep(
    contribution: Contribution,
    at: datetime,
    *,
    kind: str = PromiseKind.ANSWER,
    department: Department | None = None,
) -> list[Promise]:
    """
    Take all running promises of ``kind`` to ``contribution`` as kept at ``at``; return them.

    Late ones say so. ``department`` kept those that were nobody's before. Takes the lock of the
    contribution, so that each is kept once.
    """
    running = Promise.objects.of(locked(contribution)).running().filter(kind=kind)
    return [
        KeepPromise(promise, by=None, kept_at=at, department=department).execute()
        for promise in running.order_by("pk")
    ]


@transaction.atomic
def waive(
    contribution: Contribution, *, reason: str, by: Any = None, kind: str = PromiseKind.ANSWER
) -> list[Promise]:
    """
    Let nothing of ``kind`` be owed to ``contribution`` any more, such as where it was withdrawn.

    ``reason`` is for everybody to read. Returns the promises; none where none was running.
    """
    running = Promise.objects.of(locked(contribution)).running().filter(kind=kind)
    return [
        WaivePromise(promise, by=by, reason=reason).execute() for promise in running.order_by("pk")
    ]
