"""The promise clock in words: what is owed until when, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import Promise, PromiseKind, PromiseState

SOON = timedelta(days=7)
"""From then on a promise is shown as due soon."""

OWED = {
    PromiseKind.ANSWER: gettext_lazy("The city owes an answer by %(date)s."),
    PromiseKind.DELIVERY: gettext_lazy("The city promised to deliver by %(date)s."),
}
OVERDUE = {
    PromiseKind.ANSWER: gettext_lazy("The answer was due on %(date)s and is overdue."),
    PromiseKind.DELIVERY: gettext_lazy("The delivery was promised for %(date)s and is overdue."),
}
KEPT = {
    PromiseKind.ANSWER: gettext_lazy("Answered in time, on %(kept)s."),
    PromiseKind.DELIVERY: gettext_lazy("Delivered in time, on %(kept)s."),
}
LATE_KEPT = {
    PromiseKind.ANSWER: gettext_lazy("Answered late, on %(kept)s; it was due on %(date)s."),
    PromiseKind.DELIVERY: gettext_lazy("Delivered late, on %(kept)s; it was due on %(date)s."),
}
WAIVED = {
    PromiseKind.ANSWER: gettext_lazy("No answer is owed any more since %(waived)s."),
    PromiseKind.DELIVERY: gettext_lazy("No delivery is owed any more since %(waived)s."),
}


@dataclass(frozen=True)
class Delay:
    """More time that was taken, and why."""

    sentence: str
    reason: str


@dataclass(frozen=True)
class Clock:
    """
    One promise for people: ``tone`` colours it, ``sentence`` says the same without colour.

    ``late`` is how late it is, or was when it was kept; empty where it is not.
    """

    promise: Promise
    sentence: str
    tone: str
    late: str = ""
    department: str = ""
    reason: str = ""
    delays: list[Delay] = field(default_factory=list)

    @property
    def is_alarm(self) -> bool:
        return self.tone == "danger"


def clock_of(promise: Promise, at: datetime, names: Names) -> Clock:
    """Put one promise into words; asks for its extensions if its date was moved."""
    sentence, tone = _said(promise, at)
    end = promise.kept_at or at
    is_late = promise.state == PromiseState.LATE_KEPT or promise.is_overdue(at)
    return Clock(
        promise=promise,
        sentence=sentence,
        tone=tone,
        late=lateness(end - promise.due_at) if is_late else "",
        department=names.of(promise.department),
        reason=promise.waived_reason,
        delays=[
            Delay(
                _("Put off from %(before)s to %(date)s.")
                % {"before": due_day(row.due_before), "date": due_day(row.due_at)},
                row.reason,
            )
            for row in (promise.extensions.all() if promise.is_extended else ())
        ],
    )


def clocks_of(promises: Iterable[Promise], at: datetime, names: Names) -> list[Clock]:
    return [clock_of(promise, at, names) for promise in promises]


def lateness(late: timedelta) -> str:
    """How late something is, in days begun."""
    days = late.days
    if days < 1:
        return _("less than a day late")
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


def due_day(moment: datetime) -> str:
    """The last day on which something is in time: what is due at midnight is due the day before."""
    return day(moment - timedelta(microseconds=1))


def _said(promise: Promise, at: datetime) -> tuple[str, str]:
    words, tone = _words(promise, at)
    dates = {
        "date": due_day(promise.due_at),
        "kept": day(promise.kept_at or at),
        "waived": day(promise.waived_at or at),
    }
    return str(words[PromiseKind(promise.kind)]) % dates, tone


def _words(promise: Promise, at: datetime) -> tuple[Mapping[str, Any], str]:
    ended: dict[str, tuple[Mapping[str, Any], str]] = {
        PromiseState.KEPT: (KEPT, "success"),
        PromiseState.LATE_KEPT: (LATE_KEPT, "warning"),
        PromiseState.WAIVED: (WAIVED, "neutral"),
    }
    if promise.state in ended:
        return ended[promise.state]
    if promise.is_overdue(at):
        return OVERDUE, "danger"
    return OWED, "warning" if promise.due_at - at <= SOON else "info"
