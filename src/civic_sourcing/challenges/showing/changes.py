"""What changed after the opening, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from civic_sourcing.challenges.models import ChallengeFacts, Change, Prize, Round
from civic_sourcing.core.money import format_money
from civic_sourcing.processes.policies import last_day


@dataclass(frozen=True)
class ChangeLine:
    """One change: what, when, and its public reason."""

    sentence: str
    reason: str
    at: datetime


def changes_of(
    facts: ChallengeFacts, rounds: Mapping[int, Round], prizes: Mapping[int, Prize]
) -> list[ChangeLine]:
    """All changes, the latest first; rounds and prizes by key."""
    rows = Change.objects.filter(process=facts.process_id).order_by("-at", "-pk")
    return [ChangeLine(_sentence(row, facts, rounds, prizes), row.reason, row.at) for row in rows]


def _sentence(
    change: Change,
    facts: ChallengeFacts,
    rounds: Mapping[int, Round],
    prizes: Mapping[int, Prize],
) -> str:
    name, _colon, key = change.what.partition(":")
    values = {"before": _value(change.before, facts), "after": _value(change.after, facts)}
    if name == "prize":
        prize = prizes.get(int(key))
        return _("Prize “%(prize)s” raised from %(before)s to %(after)s.") % {
            "prize": prize.title if prize else "",
            **values,
        }
    round_ = rounds.get(int(key)) if key.isdecimal() else None
    return _lengthened(name) % {"phase": round_.title if round_ else "", **values}


def _lengthened(name: str) -> str:
    return {
        "opens_at": _("“%(phase)s” opens on %(after)s, not on %(before)s."),
        "closes_at": _("Entries for “%(phase)s” are taken until %(after)s, not only %(before)s."),
        "judging_until": _("“%(phase)s” is judged until %(after)s, not %(before)s."),
    }.get(name, _("“%(phase)s” changed from %(before)s to %(after)s."))


def _value(text: str, facts: ChallengeFacts) -> str:
    """A moment or an amount as people read it; anything else as it is kept."""
    if text.isdecimal():
        return str(format_money(int(text), facts.currency))
    try:
        return last_day(datetime.fromisoformat(text).replace(tzinfo=UTC))
    except ValueError:
        return text
