"""Where a challenge stands, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from civic_sourcing.challenges.models import Round
from civic_sourcing.challenges.status import Status
from civic_sourcing.processes.status import Step, first_moment, last_moment

LABELS: dict[Status, str | Promise] = {
    Status.UPCOMING: pgettext_lazy("challenge", "Upcoming"),
    Status.OPEN: pgettext_lazy("challenge", "Open"),
    Status.JUDGING: pgettext_lazy("challenge", "Being judged"),
    Status.CLOSED: pgettext_lazy("challenge", "Closed"),
    Status.ARCHIVED: pgettext_lazy("challenge", "Archived"),
}

TONES = {
    Status.UPCOMING: "info",
    Status.OPEN: "success",
    Status.JUDGING: "warning",
    Status.CLOSED: "neutral",
    Status.ARCHIVED: "neutral",
}

ARCHIVED = gettext_lazy("This challenge is over. It is kept for the record.")


@dataclass(frozen=True)
class Standing:
    """A status with its words; ``sentence`` says when it changes, with dates as ``<time>``."""

    status: Status
    sentence: SafeString | str

    @property
    def label(self) -> str | Promise:
        return LABELS[self.status]

    @property
    def tone(self) -> str:
        return TONES[self.status]


def standing(status: Status, rounds: Sequence[Round], at: datetime) -> Standing:
    """The words for ``status`` of a challenge with ``rounds`` at ``at``."""
    return Standing(status, _sentence(status, rounds, at))


def deadline_of(rounds: Sequence[Round], at: datetime) -> datetime | None:
    """Until when entries are taken now; ``None`` while none are."""
    closes = [
        each.closes_at
        for each in rounds
        if each.takes_entries and _runs(each, at) and each.closes_at is not None
    ]
    return min(closes, default=None)


def _sentence(status: Status, rounds: Sequence[Round], at: datetime) -> SafeString | str:
    opens = [each.opens_at for each in rounds if each.opens_at and each.opens_at > at]
    deadline = deadline_of(rounds, at)
    judged = [each.judging_until for each in rounds if each.judging_until]
    if status is Status.OPEN and deadline:
        return _said(_("Entries are taken until {date}."), last_moment(deadline))
    if status is Status.UPCOMING and opens:
        return _said(_("It opens on {date}."), first_moment(min(opens)))
    if status is Status.JUDGING and (coming := [moment for moment in judged if moment > at]):
        return _said(_("Entries are judged until {date}."), last_moment(min(coming)))
    if status is Status.UPCOMING:
        return _("The dates are not set yet.")
    return str(ARCHIVED) if status is Status.ARCHIVED else ""


def steps_of(rounds: Sequence[Round], at: datetime) -> list[Step]:
    """All dates of a challenge for the element “timeline”, two steps for a round that is judged."""
    return [step for each in rounds for step in _steps(each, at, several=len(rounds) > 1)]


def _steps(round_: Round, at: datetime, *, several: bool) -> list[Step]:
    label = round_.title if several or round_.titles else _("Entering")
    taking = Step(label, _state(round_.opens_at, round_.closes_at, at), _window(round_), "")
    if not round_.takes_entries or round_.judging_until in {None, round_.closes_at}:
        return [taking]
    judging = _("Judging: %(phase)s") % {"phase": label} if several else _("Judging")
    when = _said(_("until {date}"), last_moment(round_.judging_until))
    return [taking, Step(judging, _state(round_.closes_at, round_.judging_until, at), when, "")]


def _window(round_: Round) -> SafeString:
    if round_.opens_at is None:
        return _said(_("The date is not set yet."), "")
    if round_.closes_at is None:
        return _said(_("from {date}"), first_moment(round_.opens_at))
    return format_html("{} – {}", first_moment(round_.opens_at), last_moment(round_.closes_at))


def _state(opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> str:
    if opens_at is None or opens_at > at:
        return "future"
    return "past" if closes_at is not None and closes_at <= at else "current"


def _runs(round_: Round, at: datetime) -> bool:
    return _state(round_.opens_at, round_.closes_at, at) == "current"


def _said(sentence: str, date: SafeString | str) -> SafeString:
    return format_html(sentence, date=date)
