"""
Which parts of a contribution there are at all, asked together with its row.

A page is put together of many parts, most of which most contributions lack. Rooms register here
where the rows of theirs are; a contribution that was read ``traced`` knows which it lacks, so that
nobody looks for them. Any other may have everything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from civic_sourcing.attribution.models import Contribution, ContributionVersion

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
    dates = ContributionVersion.objects.filter(contribution=OuterRef("pk")).values("published_at")
    return contributions.annotate(
        first_published_at=Subquery(dates.order_by("number")[:1]),
        last_published_at=Subquery(dates.order_by("-number")[:1]),
        **{f"{_MARK}{name}": Exists(rows()) for name, rows in _traces.items()},
    )


def published_between(contribution: Contribution) -> list[Any]:
    """When its first version was published, and its last where that is another; asked for once."""
    if is_traced(contribution):
        row: Any = contribution
        dates = [row.first_published_at, row.last_published_at]
    else:
        versions = contribution.versions.order_by("number")
        dates = list(versions.values_list("published_at", flat=True))
    return sorted({dates[0], dates[-1]} - {None}) if dates else []


def is_traced(contribution: Contribution) -> bool:
    """Whether it was read to be shown, and may keep what was looked up about it."""
    return any(f"{_MARK}{name}" in contribution.__dict__ for name in _traces)


def may_have(contribution: Contribution, *names: str) -> bool:
    """Whether looking for one of these parts can find anything."""
    return any(getattr(contribution, f"{_MARK}{name}", True) for name in names)
