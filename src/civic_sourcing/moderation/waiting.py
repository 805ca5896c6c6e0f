"""What waits for a moderator, as its author sees it: why, and how long that usually takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.moderation.conf import conf
from civic_sourcing.moderation.models import Automation, Decision, ForumModeration, Outcome
from civic_sourcing.processes.models import Process

KEEPER = "moderation"
"""The name of moderation's keeper at the gate."""

RECENT = 50
"""Latest decisions the usual time is taken from."""

FEWEST = 5
"""Decisions below which nothing is usual yet."""

REMEMBERED = 300
"""Seconds for which the usual time may be behind."""

HOUR, DAY = 3600, 86400


def usual_wait(process: Process) -> timedelta | None:
    """
    Return the median time from coming in to a decision of what waited in ``process`` lately.

    ``None`` where fewer than ``FEWEST`` were decided.
    """
    key = f"civic_moderation:usual_wait:{process.pk}"
    seconds: float | None = cache.get(key)
    if seconds is None:
        seconds = _median_seconds(process)
        cache.set(key, seconds, REMEMBERED)
    return timedelta(seconds=seconds) if seconds >= 0 else None


def usual_sentence(process: Process) -> str:
    """Say in one sentence how long it usually takes, or is meant to, while nothing is usual yet."""
    usual = usual_wait(process)
    if usual is not None:
        return _("That usually takes about %(time)s.") % {"time": in_words(usual)}
    return _("We aim to decide within %(time)s.") % {"time": in_words(_target(process))}


def in_words(time: timedelta) -> str:
    """Return a time rounded as people say it: minutes, hours or days."""
    seconds = time.total_seconds()
    if seconds < HOUR:
        number = max(round(seconds / 60), 1)
        return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number}
    if seconds < 2 * DAY:
        number = round(seconds / HOUR)
        return ngettext("%(number)d hour", "%(number)d hours", number) % {"number": number}
    number = round(seconds / DAY)
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def waiting_of(user: Any, process: Process, kind: str) -> list[Contribution]:
    """Return what ``user`` has handed in to ``process`` and nobody else can see yet."""
    if not user.is_authenticated:
        return []
    mine = Contribution.objects.by(user).of(process).filter(kind=kind, state=State.HELD)
    return list(mine.order_by("received_at", "pk"))


def state_in_words(contribution: Contribution) -> str:
    """Say how a contribution of one's own stands; what waits, with how long that usually takes."""
    state = str(contribution.get_state_display())
    sentence = sentence_for([contribution])
    return f"{state}. {sentence}" if sentence else state


def sentence_for(contributions: Iterable[Contribution]) -> str:
    """Say how long it usually takes, if a moderator is to look at one of ``contributions``."""
    waits = (each for each in contributions if KEEPER in each.keepers)
    first = next(waits, None)
    return usual_sentence(first.process) if first else ""


def _median_seconds(process: Process) -> float:
    waited = Q(automation=Automation.HELD) | Q(outcome=Outcome.RELEASE)
    decided = Decision.objects.filter(waited, case__process=process, number=1)
    times = decided.order_by("-decided_at").values_list("case__opened_at", "decided_at")[:RECENT]
    waits = [(end - begin).total_seconds() for begin, end in times]
    return median(waits) if len(waits) >= FEWEST else -1.0


def _target(process: Process) -> timedelta:
    rules: ForumModeration | None = getattr(process, "moderation", None)
    hours = rules.target_hours if rules else None
    return timedelta(hours=hours or conf.CASE_TARGET_HOURS)
