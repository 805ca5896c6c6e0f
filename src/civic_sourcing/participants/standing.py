"""
Suspensions that rooms above decide, asked at the moment they matter; nothing has to end them.

Beside them stands what the participant's own row says (``Participant.suspended_until``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from civic_sourcing.participants.models import Participant

Until = datetime | Literal["always"] | None
"""When it ends, ``"always"`` for one without end, ``None`` for none."""

SuspensionSource = Callable[["Participant", Any, datetime], Until]

_sources: list[SuspensionSource] = []


@dataclass(frozen=True)
class Suspension:
    """That somebody may not take part; ``until`` is empty where it has no end."""

    until: datetime | None


def register_suspension_source(source: SuspensionSource) -> None:
    """
    Have ``source(participant, process, at)`` asked wherever standing matters.

    ``process`` is the place in question, or ``None`` where it is the site as a whole.
    """
    if source not in _sources:
        _sources.append(source)


def unregister_suspension_source(source: SuspensionSource) -> None:
    """Forget a source; for tests."""
    if source in _sources:
        _sources.remove(source)


def suspension_at(participant: Participant, process: Any, at: datetime) -> Suspension | None:
    """The suspension that keeps ``participant`` out longest at ``at``, or ``None``."""
    ends: list[Until] = [source(participant, process, at) for source in _sources]
    if participant.suspended_at(at):
        ends.append(participant.suspended_until or "always")
    if "always" in ends:
        return Suspension(None)
    dates = [end for end in ends if isinstance(end, datetime) and end > at]
    return Suspension(max(dates)) if dates else None
