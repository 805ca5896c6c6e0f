"""What time does to entries: open after the deadline, public with the decision, erased at last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from civic_sourcing.attribution.actions import ReleaseContribution
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.challenges.actions.opening import OpenEntries, ReturnEntry
from civic_sourcing.challenges.contributions import KEEPER
from civic_sourcing.challenges.entering.drafts import forget_old
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    Decision,
    Entry,
    EntryState,
    Placement,
    Round,
)
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.tick import register_tick


def register() -> None:
    register_tick("civic_challenges.open_entries", open_due)
    register_tick("civic_challenges.publish_entries", publish_due)
    register_tick("civic_challenges.return_entries", return_due)
    register_tick("civic_challenges.old_drafts", forget_old)


def open_due(at: datetime, process: Any = None) -> str:
    """Open the entries of every round that has closed (of ``process`` alone). Safe to repeat."""
    waiting = Entry.objects.handed_in().filter(opened__lt=F("version"), refused="")
    waiting = waiting.filter(verified_at__isnull=False)
    rounds = Round.objects.filter(closes_at__lte=at, pk__in=waiting.values("round"))
    if process is not None:
        rounds = rounds.filter(process=process)
    number = 0
    for round_ in rounds.order_by("pk"):
        number += OpenEntries(round_, by=None).execute()
    return f"{number} opened"


def publish_due(at: datetime, process: Any = None) -> str:
    """
    Publish what a confirmed decision names as a winner, and, once the last round is decided, what
    its solvers wish to be seen all the same.
    """
    entries = Entry.objects.handed_in().filter(Q(contribution__held_by__contains=KEEPER))
    if process is not None:
        entries = entries.filter(process=process)
    number = 0
    for entry in entries.filter(_wins() | _decided()).select_related("contribution"):
        if entry.contribution is not None and (_is_winner(entry) or entry.handed_in.get("shown")):
            number += _publish(entry.contribution)
    return f"{number} published"


def publish_now(process: Any) -> None:
    """For who decides: let what is public now be seen without waiting for the next tick."""
    at = clock.now()
    open_due(at, process)
    publish_due(at, process)


def _publish(contribution: Contribution) -> bool:
    if contribution.state != State.HELD or KEEPER not in contribution.keepers:
        return False
    try:
        ReleaseContribution(contribution, by=None, keeper=KEEPER).execute()
    except ActionRefused:
        return False  # it was taken back or removed meanwhile
    return True


def _confirmed() -> Any:
    return Decision.objects.filter(confirmed_at__isnull=False, withdrawn_at=None)


def _placements() -> Any:
    named = Placement.objects.filter(decision__in=_confirmed())
    return named.filter(Q(place__isnull=False) | Q(prize__isnull=False))


def _wins() -> Any:
    return Q(Exists(_placements().filter(entry=OuterRef("pk"))))


def _is_winner(entry: Entry) -> bool:
    return bool(_placements().filter(entry=entry).exists())


def _decided() -> Any:
    """Condition on entries: the last round of their challenge that takes entries is decided."""
    later = Round.objects.filter(
        process=OuterRef("round__process"), takes_entries=True, number__gt=OuterRef("round__number")
    )
    last = _confirmed().filter(~Exists(later), round__process=OuterRef("process"))
    return Q(Exists(last))


def return_due(at: datetime) -> str:
    """Erase what was not chosen, the days after the decision for which its challenge keeps it."""
    number = 0
    for facts in ChallengeFacts.objects.filter(imported_id=None).iterator():
        over = at - timedelta(days=facts.keep_days)
        decided = _confirmed().filter(round__process=facts.process_id, confirmed_at__lte=over)
        if decided.exists():
            number += _return(_not_chosen(facts.process_id, over))
    return f"{number} returned"


def _not_chosen(process: Any, over: datetime) -> Iterable[Entry]:
    entries = Entry.objects.filter(process=process, submitted_at__lte=over)
    kept = entries.filter(state__in=(EntryState.SUBMITTED, EntryState.WITHDRAWN))
    held = ~Q(handed_in={}) | Q(contribution__isnull=False)
    return list(kept.filter(held, _decided()).exclude(_wins()).order_by("pk"))


def _return(entries: Iterable[Entry]) -> int:
    number = 0
    for entry in entries:
        ReturnEntry(entry, by=None).execute()
        number += 1
    return number
