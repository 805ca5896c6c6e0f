"""What a polling place has: voters, sheets, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from civic_sourcing.budgets.models import PaperVoter, PollingPlace

State = PaperVoter.State


@dataclass(frozen=True)
class Figures:
    """
    ``voters`` on the list whose paper counts, ``sheets`` by the cover sheets of all batches.

    ``taken_out`` are the numbers of envelopes that are taken out of the box unopened.
    """

    voters: int
    sheets: int
    taken_out: tuple[int, ...]

    @property
    def difference(self) -> int:
        """How many sheets there are more than voters; below 0: fewer."""
        return self.sheets - self.voters


def figures_of(place: PollingPlace) -> Figures:
    """Return the figures of ``place``."""
    gone = place.voters.exclude(state=State.COUNTS).exclude(envelope=None)
    return Figures(
        voters=place.voters.filter(state=State.COUNTS).count(),
        sheets=place.batches.in_force().aggregate(sheets=Sum("sheets"))["sheets"] or 0,
        taken_out=tuple(gone.order_by("envelope").values_list("envelope", flat=True)),
    )
