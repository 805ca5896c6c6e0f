"""What an author said sets theirs apart from what it was offered beside."""

from __future__ import annotations

from dataclasses import dataclass

from civic_sourcing.attribution.models import Contribution, State, StatedDifference


@dataclass(frozen=True)
class Difference:
    """The author's ``reason``, and the contributions that were offered as ``similar``."""

    reason: str
    similar: tuple[Contribution, ...]

    def __str__(self) -> str:
        return self.reason


def difference_of(contribution: Contribution) -> Difference | None:
    """
    What its author stated, for the eyes of staff; ``None`` if nothing, or if its text was removed.
    """
    if contribution.state == State.REMOVED:
        return None
    stated = list(
        StatedDifference.objects.filter(contribution=contribution)
        .exclude(reason="")
        .select_related("similar")
        .order_by("pk")
    )
    if not stated:
        return None
    return Difference(stated[0].reason, tuple(row.similar for row in stated))
