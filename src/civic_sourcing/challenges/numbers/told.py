"""What the public numbers know of the challenges of a list: only what everybody may know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localtime

from civic_sourcing.answers.models.adoptions import DELIVERED
from civic_sourcing.attribution.models import Derivation, DerivationKind
from civic_sourcing.challenges.conf import conf
from civic_sourcing.challenges.listing.rows import Listed
from civic_sourcing.challenges.models import Award, AwardState, Decision, Entry
from civic_sourcing.challenges.numbers.figures import Told, fiscal_year
from civic_sourcing.challenges.status import Status

AFTER_ENTERING = (Status.JUDGING, Status.CLOSED, Status.ARCHIVED)


def told_of(rows: Iterable[Listed]) -> list[Told]:
    """
    What may be told of ``rows``. Four queries, however many there are.

    How many entered is told once nobody can enter any more.
    """
    rows = list(rows)
    keys = [row.facts.process_id for row in rows]
    entries = _entries(keys)
    decided = _decided(rows)
    carried_out = _carried_out(keys)
    found = []
    for row in rows:
        key = row.facts.process_id
        handed_in, first = entries.get(key, (0, 0))
        over = row.status in AFTER_ENTERING and not row.facts.imported
        found.append(
            Told(
                key=row.page,
                title=row.title,
                department=row.department,
                types=row.facts.types,
                amount=row.facts.prize_total,
                has_other_prizes=row.facts.has_other_prizes,
                opens_at=row.opens_at,
                closes_at=row.closes_at,
                years=_years(row),
                entrants=handed_in if over else None,
                first_timers=first if over else 0,
                days_to_decision=_days(row, decided.get(key)),
                is_decided=key in decided,
                is_adopted=key in carried_out,
            )
        )
    return found


def _years(row: Listed) -> list[int]:
    """The year it counts for: the first that was named, else that of its opening."""
    named = row.facts.fiscal_years.replace("FY", "").split(",")[0].strip()
    if named.isdecimal() and len(named) in {2, 4}:
        return [int(named) if len(named) == 4 else 2000 + int(named)]
    if row.opens_at is None:
        return []
    return [fiscal_year(localtime(row.opens_at), conf.CHALLENGE_YEAR_STARTS)]


def _days(row: Listed, decided_at: datetime | None) -> int | None:
    """Whole days from the last deadline to the decision."""
    if decided_at is None or row.closes_at is None:
        return None
    return max((decided_at - row.closes_at).days, 0)


def _entries(keys: list[int]) -> dict[int, tuple[int, int]]:
    """Entries handed in by challenge, and how many of them are of people new to it all."""
    counted = (
        Entry.objects.filter(process__in=keys)
        .handed_in()
        .order_by()
        .values("process")
        .annotate(number=Count("pk"), first=Count("pk", filter=Q(is_first=True)))
    )
    return {row["process"]: (row["number"], row["first"]) for row in counted}


def _decided(rows: list[Listed]) -> dict[int, datetime]:
    """When two people had named the winners of the last round, by challenge."""
    last = {row.rounds[-1].pk: row.facts.process_id for row in rows if row.rounds}
    made = Decision.objects.confirmed().whole().filter(round__in=list(last))
    times = made.values_list("round", "confirmed_at")
    return {last[key]: at for key, at in times if at is not None}


def _carried_out(keys: list[int]) -> set[Any]:
    """Challenges of which the city carries out a solution, or has done so."""
    in_force = Derivation.objects.filter(
        kind=DerivationKind.ADOPTED,
        source__challenge_entry__process__in=keys,
        target__adoption__status__in=DELIVERED,
    ).values_list("source__challenge_entry__process", flat=True)
    said = (
        Award.objects.filter(placement__entry__process__in=keys, is_carried_out=True)
        .exclude(state=AwardState.CANCELLED)
        .values_list("placement__entry__process", flat=True)
    )
    return {*in_force, *said}
