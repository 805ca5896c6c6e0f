"""
What is frozen once a challenge has opened: its criteria, prizes, dates, and how it is judged.

A challenge opens with the first of its rounds, once it is published; one imported from elsewhere is
a record and freezes nothing. From then on a date is only put off and a prize only raised, each with
a ``Change`` that everybody can read. The actions say so in a sentence, the database keeps it
whoever writes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import ChallengeFacts, EditorialState, Round
from civic_sourcing.challenges.timeline import phases_of
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.rules import Rules

OUT = (EditorialState.PUBLISHED, EditorialState.ARCHIVED)
"""States in which people can see a challenge."""


def is_frozen(process: Process | Any, at: datetime | None = None) -> bool:
    """Whether the challenge has opened at ``at`` (default: now), or was marked frozen."""
    opened = Round.objects.of(process).filter(opens_at__lte=at or clock.now())
    out = Q(state__in=OUT, imported_id=None)
    facts = ChallengeFacts.objects.filter(process=process)
    return facts.filter(Q(frozen_at__isnull=False) | out & Q(pk__in=_with(opened))).exists()


def _with(rounds: Any) -> Any:
    return ChallengeFacts.objects.filter(process__in=rounds.values("process")).values("pk")


def refuse_if_frozen(process: Process | Any, at: datetime | None = None) -> None:
    """Raise ``ActionRefused`` (code ``frozen``) where criteria, prizes and dates may not change."""
    if is_frozen(process, at):
        raise frozen_refusal()


def frozen_refusal() -> ActionRefused:
    return ActionRefused(
        _(
            "The challenge has opened, so its criteria, prizes and dates stay as they are. Only "
            "a date can be put off and a prize raised, each with a public reason."
        ),
        code="frozen",
    )


def refusal_of_conditions(process: Process) -> ActionRefused | None:
    """Why the conditions for solvers may not change, or ``None``."""
    return frozen_refusal() if process.kind == "challenge" and is_frozen(process) else None


def refusal_of_rules(process: Process, before: Rules, after: Rules) -> ActionRefused | None:
    """
    Why mandate and phases may not become ``after``, or ``None``.

    The phases of a challenge follow from its rounds and its decision, so nobody types them; what is
    written about a phase may change. The mandate stays once the challenge has opened.
    """
    if process.kind != "challenge":
        return None
    if before.mandate != after.mandate and is_frozen(process):
        return frozen_refusal()
    if _windows(before) == _windows(after):
        return None
    if _windows(after) == {
        (rule.kind, rule.opens_at, rule.closes_at) for rule in phases_of(process)
    }:
        return None
    return ActionRefused(
        _(
            "The dates of a challenge follow from its phases. Change them in its section "
            "“Timeline”, not here."
        ),
        code="phases-follow",
    )


def _windows(rules: Rules) -> set[tuple[Any, ...]]:
    return {(phase.kind, phase.opens_at, phase.closes_at) for phase in rules.phases}
