"""
What has to be right before somebody reads a process: rooms above register it here.

So a measure that is over ends with the next look at its place, even if no job ever runs.
"""

from __future__ import annotations

from collections.abc import Callable

from civic_sourcing.processes.models import Process

BeforeReading = Callable[[Process], None]

_before: list[BeforeReading] = []


def register_before_reading(function: BeforeReading) -> None:
    """Have ``function(process)`` called before a process is read; be cheap."""
    if function not in _before:
        _before.append(function)


def before_reading(process: Process | None) -> None:
    """Bring what is about to be read up to date; a page in preview may have no process yet."""
    if process is None:
        return
    for function in _before:
        function(process)
