"""
Which parts of a contribution there are at all, asked together with its row.

A page is put together of many parts, most of which most contributions lack. Rooms register here
where the rows of theirs are; a contribution that was read ``traced`` knows which it lacks, so that
nobody looks for them. Any other may have everything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, QuerySet

from civic_sourcing.attribution.models import Contribution

_traces: dict[str, Callable[[], QuerySet[Any]]] = {}
_MARK = "trace_of_"


def register_trace(name: str, rows: Callable[[], QuerySet[Any]]) -> None:
    """
    Have ``rows()`` looked for with every contribution that is read ``traced``.

    They hang on ``OuterRef("pk")`` or on another column of the contribution. ``name`` is an
    identifier of its own.
    """
    _traces[name] = rows


def traced(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """The same rows, each of which knows what it lacks: for one that is read in many parts."""
    return contributions.annotate(
        **{f"{_MARK}{name}": Exists(rows()) for name, rows in _traces.items()}
    )


def is_traced(contribution: Contribution) -> bool:
    """Whether it was read to be shown, and may keep what was looked up about it."""
    return any(f"{_MARK}{name}" in contribution.__dict__ for name in _traces)


def may_have(contribution: Contribution, *names: str) -> bool:
    """Whether looking for one of these parts can find anything."""
    return any(getattr(contribution, f"{_MARK}{name}", True) for name in names)
