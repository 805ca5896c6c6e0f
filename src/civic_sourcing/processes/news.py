"""Announce phases that have opened or closed, once each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import ngettext

from civic_sourcing.core import clock
from civic_sourcing.core.tick import register_tick
from civic_sourcing.processes.process import Phase, Process
from civic_sourcing.processes.signals import phase_closed, phase_opened


def register_ticks() -> None:
    """Have ``civic_tick`` announce the news."""
    register_tick("civic_processes.phases", announce_phases)


def announce_phases(at: datetime) -> str:
    """
    Send ``phase_opened`` and ``phase_closed`` for what has happened by ``at``.

    Each phase is marked under the lock of its process, which ``SetRules`` takes too, before the
    signal goes out after commit: overlapping runs announce it once, and no run waits for an editor
    who waits for it. A phase that was wholly past when it was set is no news.
    """
    opened = Phase.objects.filter(announced_open_at__isnull=True, opens_at__lte=at)
    closed = Phase.objects.filter(announced_close_at__isnull=True, closes_at__lte=at)
    told = sum(_announce(pk, "announced_open_at", phase_opened) for pk in _keys(opened))
    told += sum(_announce(pk, "announced_close_at", phase_closed) for pk in _keys(closed))
    return ngettext("%(count)d change announced", "%(count)d changes announced", told) % {
        "count": told
    }


def _keys(phases: object) -> list[int]:
    return list(phases.order_by("opens_at").values_list("pk", flat=True))  # type: ignore[attr-defined]


def _announce(pk: int, mark: str, signal: Signal) -> int:
    with transaction.atomic():
        Process.objects.select_for_update(no_key=True, of=("self",)).filter(phases=pk).first()
        phase = Phase.objects.filter(pk=pk, **{mark: None}).first()
        if phase is None:
            return 0
        at = clock.now()
        setattr(phase, mark, at)
        phase.save(update_fields=[mark])
        Process.objects.filter(pk=phase.process_id, first_opened_at__isnull=True).update(
            first_opened_at=phase.opens_at
        )
        transaction.on_commit(
            lambda: signal.send_robust(sender=Phase, phase=phase, at=at), robust=True
        )
    return 1
