"""Gather what is said against one contribution or person into the one open case about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from civic_sourcing.moderation.conf import conf
from civic_sourcing.moderation.models import (
    PARTICIPANT,
    Case,
    ForumModeration,
    NetiquetteRule,
    subject_of,
)
from civic_sourcing.moderation.reach import moderated_by
from civic_sourcing.moderation.signals import case_opened

if TYPE_CHECKING:
    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.participants.models import Participant
    from civic_sourcing.processes.models import Process

_TRIES = 3


def gather(subject: Contribution | Participant, *, process: Process | None, at: datetime) -> Case:
    """
    Return the open case about ``subject`` under lock, made at ``at`` where there was none.

    Call it inside a transaction that holds the contribution's lock, which comes before that of the
    case (``actions.steps.CaseAction``). Two at the same moment end with one case: the database lets
    only one be open. ``case_opened`` is sent after commit.
    """
    for _try in range(_TRIES):
        found = Case.objects.open().of(subject).select_for_update(of=["self"]).first()
        if found is not None:
            return found
        try:
            with transaction.atomic():
                return _open(subject, process, at)
        except IntegrityError:
            continue
    raise IntegrityError(f"No open case could be made or found for {subject!r}.")


def lead(case: Case, rule: NetiquetteRule, *, affected: bool = False) -> None:
    """
    Have ``case`` follow ``rule`` if that is graver than what led it, and bring its target forward.

    Does not save; ``affected`` says that somebody is personally concerned.
    """
    if case.rule is None or rule.severity > case.severity:
        case.rule = rule
        case.severity = rule.severity
    case.is_emergency = case.is_emergency or rule.is_emergency
    case.is_personal = case.is_personal or affected
    case.due_at = min(case.due_at, case.opened_at + target(case))


def target(case: Case) -> timedelta:
    """How long a first decision about ``case`` should take at most."""
    given = ForumModeration.objects.filter(process=case.process).exclude(target_hours=None)
    hours = given.values_list("target_hours", flat=True).first() or conf.CASE_TARGET_HOURS
    if case.is_personal:
        hours = min(hours, conf.CASE_PERSONAL_HOURS)
    if case.is_emergency:
        hours = min(hours, conf.CASE_EMERGENCY_HOURS)
    return timedelta(hours=hours)


def follow(contributions: QuerySet[Contribution], process: Process) -> None:
    """
    Have open cases about ``contributions`` belong to ``process``, to which they were moved.

    Who cannot moderate there is not at work on them any more. Targets stay as they were.
    """
    moved = Case.objects.open().filter(contribution__in=contributions).exclude(process=process)
    assigned = moved.exclude(assigned_to=None).values("assigned_to")
    keys = list(moved.values_list("pk", flat=True))
    people = get_user_model().objects.filter(pk__in=assigned)
    foreign = [user for user in people if not moderated_by(user).filter(pk=process.pk).exists()]
    rows = Case.objects.filter(pk__in=keys)
    rows.update(process=process)
    rows.filter(assigned_to__in=foreign).update(assigned_to=None, assigned_at=None)


def follow_contribution(sender: type, contribution: Contribution, **kwargs: Any) -> None:
    """Do so for one; receives the ledger's ``contribution_moved``."""
    row = type(contribution).objects.filter(pk=contribution.pk)
    with transaction.atomic():
        follow(row, row.select_related("process").get().process)


def _open(subject: Contribution | Participant, process: Process | None, at: datetime) -> Case:
    case = Case(
        **subject_of(subject),
        process=process,
        kind=getattr(subject, "kind", PARTICIPANT),
        language=subject.language,
        opened_at=at,
    )
    case.due_at = at + target(case)
    case.save(force_insert=True)
    transaction.on_commit(partial(_announce, case), robust=True)
    return case


def _announce(case: Case) -> None:
    case_opened.send_robust(sender=Case, case=case)
