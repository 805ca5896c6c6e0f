"""Which count people see: none before it is published, then the latest that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civic_sourcing.budgets.models import CountResult

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from civic_sourcing.processes.models import Process


def counts_of(process: Process) -> QuerySet[CountResult]:
    """All counts of a vote, the latest first, published or not: for those who run the vote."""
    return CountResult.objects.of(process).select_related("publication")


def released_counts(process: Process) -> QuerySet[CountResult]:
    """The counts everybody may see, the latest first: old versions stay beside the new one."""
    return CountResult.objects.of(process).released()


def released_count(process: Process) -> CountResult | None:
    """
    The count everybody sees: the latest that was published, ``None`` before the first.

    Provisional until ``count.confirmation`` is there; objections are heard until
    ``count.publication.objections_until``.
    """
    return CountResult.objects.released_of(process)
