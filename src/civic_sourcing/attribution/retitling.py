"""A title that was masked or taken away is masked in the notices that were written before, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from civic_sourcing.notifications.outbox import reword

if TYPE_CHECKING:
    from civic_sourcing.attribution.models import Contribution

Source = Callable[["Contribution"], Iterable[UUID]]

_sources: list[Source] = []


def register_notices(source: Source) -> None:
    """
    Have ``source(contribution)`` return what notices of a room above that name it are about, other
    than itself: such as the comments below it.
    """
    if source not in _sources:
        _sources.append(source)


def retitle_notices(contribution: Contribution, before: str) -> None:
    """Have notices call ``contribution`` by its present title where they say ``before``."""
    if not contribution.kind_of.has_title or not before or before == contribution.title:
        return
    reword(_subjects(contribution), before, str(contribution.title or contribution.kind_of.label))


def _subjects(contribution: Contribution) -> set[UUID]:
    """What notices that name it are about: itself, its claims, credits, offers, what it became."""
    rows = (
        contribution.claims.values_list("uuid", flat=True),
        contribution.credits.values_list("uuid", flat=True),
        contribution.improvement_offers.values_list("uuid", flat=True),
        contribution.derived.values_list("target__uuid", flat=True),
    )
    above = (source(contribution) for source in _sources)
    return {contribution.uuid, *(uuid for found in (*rows, *above) for uuid in found)}
