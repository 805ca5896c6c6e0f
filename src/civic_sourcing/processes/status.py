"""Where a process stands at a moment, in words for the people who take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from civic_sourcing.processes.kinds import Label
from civic_sourcing.processes.policies import first_day, last_day, written
from civic_sourcing.processes.process import Phase, Process


@dataclass(frozen=True)
class Step:
    """One phase as the element “timeline” shows it."""

    label: Label
    state: str
    when: SafeString
    text: str


@dataclass(frozen=True)
class ProcessStatus:
    """
    ``process`` at ``at``. Costs no query where its phases are prefetched.

    ``state`` is ``running`` from the first opening to the last close, breaks included; before that
    ``coming``, after it ``finished``, and ``unplanned`` without any phase. A phase that only
    announces opens nothing.
    """

    process: Process
    at: datetime

    @cached_property
    def phases(self) -> list[Phase]:
        return list(self.process.timeline())

    @property
    def state(self) -> str:
        if not self.phases:
            return "unplanned"
        if self.begins_at is not None and self.begins_at > self.at:
            return "coming"
        return "finished" if all(phase.closed_at(self.at) for phase in self.phases) else "running"

    @property
    def begins_at(self) -> datetime | None:
        """When people can take part for the first time."""
        opening = [phase for phase in self.phases if not phase.announces] or self.phases
        return opening[0].opens_at if opening else None

    @cached_property
    def phase(self) -> Phase | None:
        """The phase that is open."""
        return next((phase for phase in self.phases if phase.runs_at(self.at)), None)

    @cached_property
    def next_phase(self) -> Phase | None:
        return next((phase for phase in self.phases if phase.opens_at > self.at), None)

    @property
    def ended_at(self) -> datetime | None:
        """When the last phase closed or will; ``None`` without phases or without end."""
        ends = [phase.closes_at for phase in self.phases]
        return max(end for end in ends if end) if ends and all(ends) else None

    @property
    def tone(self) -> str:
        """The colour of its badge: something is open, will be, or is over."""
        if self.phase and not self.phase.announces:
            return "success"
        return "neutral" if self.state == "finished" else "info"

    @property
    def label(self) -> Label:
        """In two words: the open phase, or what state it is in."""
        if self.phase:
            return self.phase.label
        if self.state == "finished":
            return _("Finished")
        return _("Not open yet") if self.state != "running" else _("Between two phases")

    @property
    def invitation(self) -> Label:
        """What people can do now, in a sentence; empty while nothing is open."""
        return self.phase.invitation if self.phase else ""

    @property
    def sentence(self) -> SafeString:
        """When this changes, with dates as ``<time>``."""
        is_open = self.phase is not None and not (self.phase.announces and self.next_phase)
        if is_open and self.phase and self.phase.closes_at:
            return _html(_("Open until %(date)s."), date=last_moment(self.phase.closes_at))
        if is_open:
            return _html(_("Open without an end date."))
        if self.next_phase:
            facts = {"phase": self.next_phase.label, "date": first_moment(self.next_phase.opens_at)}
            return _html(_("“%(phase)s” opens on %(date)s."), **facts)
        if self.ended_at:
            return _html(_("Closed on %(date)s."), date=last_moment(self.ended_at))
        return _html(_("The dates are not set yet."))

    @property
    def steps(self) -> list[Step]:
        """All phases for the element “timeline”."""
        return [
            Step(phase.label, self._state_of(phase), window(phase), phase.description)
            for phase in self.phases
        ]

    def _state_of(self, phase: Phase) -> str:
        if phase.closed_at(self.at):
            return "past"
        return "current" if phase.runs_at(self.at) else "future"


def moment(at: datetime) -> SafeString:
    """Date and time as people here read them, and as machines do."""
    return _time(at, written(at))


def first_moment(opens_at: datetime) -> SafeString:
    """When something opens: the day, and the time unless it is midnight."""
    return _time(opens_at, first_day(opens_at))


def last_moment(closes_at: datetime) -> SafeString:
    """Until when something is open: the last day, and the time unless it is midnight."""
    return _time(closes_at, last_day(closes_at))


def _time(at: datetime, words: str) -> SafeString:
    local = timezone.localtime(at)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


def window(phase: Phase) -> SafeString:
    """From when to when a phase is open."""
    if phase.closes_at is None:
        return _html(_("from %(opens)s"), opens=first_moment(phase.opens_at))
    return format_html("{} – {}", first_moment(phase.opens_at), last_moment(phase.closes_at))


def _html(sentence: str, **facts: Label) -> SafeString:
    safe = {
        name: conditional_escape(str(fact) if isinstance(fact, Promise) else fact)
        for name, fact in facts.items()
    }
    return mark_safe(escape(sentence) % safe)  # noqa: S308 - both sides are escaped
