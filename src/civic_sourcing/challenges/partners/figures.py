"""How many people each partner brought, in steps as long as a challenge is sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from civic_sourcing.challenges.entering.numbers import STEP, in_steps
from civic_sourcing.challenges.models import Entry, PartnerInvitation, Round
from civic_sourcing.challenges.policies import is_sealed
from civic_sourcing.processes.models import Process


@dataclass(frozen=True)
class Brought:
    """
    What came through one invitation; ``invitation`` is ``None`` for those who came by themselves.

    ``entries`` and ``first`` (people who take part for the first time) are whole numbers once the
    challenge is unsealed, and steps of ten before.
    """

    invitation: PartnerInvitation | None
    visits: int
    entries: int
    first: int
    in_steps: bool

    @property
    def step(self) -> int:
        return STEP


def brought(process: Process, at: datetime) -> list[Brought]:
    """A line for each partner invited, and one for those who came by themselves."""
    hidden = _is_hidden(process, at)
    rows = Entry.objects.of(process).handed_in().order_by().values("source")
    counted = rows.annotate(number=Count("pk"), new=Count("pk", filter=Q(is_first=True)))
    numbers = {row["source"]: (row["number"], row["new"]) for row in counted}
    invitations: Iterable[Any] = PartnerInvitation.objects.filter(process=process)
    invitations = invitations.select_related("partner", "process").order_by("partner__name")
    return [_line(each, numbers, hidden=hidden) for each in (*invitations, None)]


def _line(invitation: Any, numbers: dict[Any, tuple[int, int]], *, hidden: bool) -> Brought:
    entries, first = numbers.get(invitation and invitation.pk, (0, 0))
    if hidden:
        entries, first = in_steps(entries), in_steps(first)
    return Brought(invitation, invitation.visits if invitation else 0, entries, first, hidden)


def _is_hidden(process: Process, at: datetime) -> bool:
    opened = Round.objects.of(process).filter(takes_entries=True, opens_at__lte=at)
    return any(is_sealed(each, at) for each in opened)
