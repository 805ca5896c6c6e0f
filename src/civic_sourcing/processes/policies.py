"""Two questions more for the policies of the ground floor: is it time, and is it your role."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from civic_sourcing.core.policies import Occasion, Policy, Refusal
from civic_sourcing.processes.kinds import kind_of, phase_label
from civic_sourcing.processes.process import Phase, Process
from civic_sourcing.processes.roles import role_label, roles_of


class InPhase(Policy):
    """
    Only while a phase of one of ``kinds`` runs, at ``occasion.at``.

    The process is ``occasion.extra["process"]`` or that of the subject. The refusal says when the
    next such phase opens (code ``not-open-yet``), else when the last one closed (``closed``), else
    that no date is set (``not-planned``).
    """

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def __repr__(self) -> str:
        return f"InPhase({', '.join(map(repr, self.kinds))})"

    def refusal(self, occasion: Occasion) -> Refusal | None:
        process = occasion.extra.get("process") or occasion.subject.process
        running = process.phase_at(occasion.at)
        if running is not None and running.kind in self.kinds:
            return None
        return self._refusal_at(process, occasion.at)

    def _refusal_at(self, process: Process, at: datetime) -> Refusal:
        phases = [phase for phase in process.timeline() if phase.kind in self.kinds]
        coming = [phase for phase in phases if phase.opens_at > at]
        if coming:
            return Refusal(_opens(coming[0]), "not-open-yet")
        if phases:
            return Refusal(_closed(phases[-1]), "closed")
        label = phase_label(kind_of(process), self.kinds[0])
        sentence = _("“%(phase)s” is not open, and no date is set for it yet.")
        return Refusal(sentence % {"phase": label}, "not-planned")


class HasRole(Policy):
    """One of ``roles`` on ``occasion.extra["page"]``, or on the subject and above it."""

    def __init__(self, *roles: str) -> None:
        self.roles = roles

    def __repr__(self) -> str:
        return f"HasRole({', '.join(map(repr, self.roles))})"

    def refusal(self, occasion: Occasion) -> Refusal | None:
        place = occasion.extra.get("page") or occasion.subject
        if roles_of(occasion.user, place).intersection(self.roles):
            return None
        sentence = _("Only people with the role “%(role)s” can do this here.")
        return Refusal(sentence % {"role": role_label(self.roles[0])})


def written(moment: datetime) -> str:
    """Date and time as people here read them, in the active language and time zone."""
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def first_day(opens_at: datetime) -> str:
    """When something opens: at midnight the day alone, else with the time."""
    return _day(opens_at) if _is_midnight(opens_at) else written(opens_at)


def last_day(closes_at: datetime) -> str:
    """
    Until when something is open: what closes at midnight, its last whole day; else with the time.

    “Until 28 December, 00:00” is over before that day begins, and hardly anybody reads it so.
    """
    return _day(closes_at - timedelta(hours=1)) if _is_midnight(closes_at) else written(closes_at)


def _is_midnight(moment: datetime) -> bool:
    return timezone.localtime(moment).time() == time.min


def _day(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")


def _opens(phase: Phase) -> str:
    sentence = _("“%(phase)s” opens on %(date)s.")
    return sentence % {"phase": phase.label, "date": first_day(phase.opens_at)}


def _closed(phase: Phase) -> str:
    sentence = _("“%(phase)s” closed on %(date)s.")
    return sentence % {"phase": phase.label, "date": last_day(phase.closes_at or phase.opens_at)}
