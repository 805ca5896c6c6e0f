"""Gather what is said against one contribution or person into the one open case about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from civic_sourcing.moderation.conf import conf
from civic_sourcing.moderation.models import (
    PARTICIPANT,
    Case,
    ForumModeration,
    NetiquetteRule,
    subject_of,
)
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
