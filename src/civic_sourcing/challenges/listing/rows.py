"""
All challenges of a list as light rows: what filters and orders look at, in a fixed number of
queries.

Status is arithmetic on dates and decisions, so it is told in Python by the one function that tells
it everywhere; a thousand challenges take a few milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from civic_sourcing.answers.models import Department
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    ChallengePage,
    Decision,
    EditorialState,
    Round,
)
from civic_sourcing.challenges.status import Status
from civic_sourcing.challenges.timeline import dates_of, status_at
from civic_sourcing.core.money import to_major_units
from civic_sourcing.processes.privacy import viewable

SHOWN = (EditorialState.PUBLISHED, EditorialState.ARCHIVED)
FACTS = (
    "process_id", "department_id", "department_name", "agency", "primary_type", "more_types",
    "audiences", "currency", "fiscal_years", "prize_total", "prize_up_to",
    "has_other_prizes", "external_url", "state", "published_at", "imported_id",
    "imported_opens_at", "imported_closes_at",
)  # fmt: skip
ROUNDS = ("process_id", "number", "opens_at", "closes_at", "judging_until", "takes_entries")
PAGES = ("pk", "process_id", "locale_id", "title", "alias_of_id")


@dataclass
class Listed:
    """One challenge: its page in the reader's language (``page`` is a key), facts and status."""

    page: int
    title: str
    facts: ChallengeFacts
    rounds: list[Round]
    status: Status
    department: str

    @cached_property
    def opens_at(self) -> datetime | None:
        """When its first round opens; of a record without rounds, what the record says."""
        opens = [each.opens_at for each in self.rounds if each.opens_at]
        return min(opens, default=self.facts.imported_opens_at)

    @cached_property
    def closes_at(self) -> datetime | None:
        """When entries close for the last time."""
        closes = [each.closes_at for each in self.rounds if each.closes_at and each.takes_entries]
        return max(closes, default=self.facts.imported_closes_at)

    def deadline(self, at: datetime) -> datetime | None:
        """The end of the round that takes entries ``at``."""
        dates = zip(dates_of(self.rounds), self.rounds, strict=True)
        return next(
            (each.closes_at for window, each in dates if each.takes_entries and window.runs_at(at)),
            self.closes_at,
        )

    @property
    def units(self) -> int:
        """Prize money in whole currency."""
        total = self.facts.prize_total
        return 0 if total is None else int(to_major_units(total, self.facts.currency))


def listed(index: Any, request: Any, at: datetime, pages: Any = None) -> list[Listed]:
    """
    The challenges below ``index`` in any of its languages that ``request`` may open, each once.

    In the language of the list where there is one. Eight queries, however many there are.
    """
    found = {row["process_id"]: row for row in _each_process_once(index, request, pages)}
    facts = ChallengeFacts.objects.filter(process__in=list(found), state__in=SHOWN).only(*FACTS)
    rounds: dict[int, list[Round]] = defaultdict(list)
    for each in Round.objects.filter(process__in=list(found)).only(*ROUNDS):
        rounds[each.process_id].append(each)
    decided = set(_decided(found))
    names = _departments()
    return [
        Listed(
            page=found[each.process_id]["pk"],
            title=found[each.process_id]["title"],
            facts=each,
            rounds=(own := rounds[each.process_id]),
            status=status_at(each, own, at, decided=bool(own) and own[-1].pk in decided),
            department=names.get(each.department_id, "") or each.department_name,
        )
        for each in facts
    ]


def _each_process_once(index: Any, request: Any, pages: Any) -> Iterable[dict[str, Any]]:
    """Pages of the list's own language first, originals before aliases."""
    lists = index.get_translations(inclusive=True).live() if index.pk else []
    rows: list[dict[str, Any]] = []
    for each in lists:
        children = ChallengePage.objects.child_of(each).live()
        children = children if pages is None else children.filter(pk__in=pages)
        rows += viewable(children, request, under=each).values(*PAGES)
    own = index.locale_id
    rows.sort(key=lambda row: (row["locale_id"] != own, row["alias_of_id"] is not None, row["pk"]))
    seen: dict[int, dict[str, Any]] = {}
    for row in rows:
        seen.setdefault(row["process_id"], row)
    return seen.values()


def _decided(processes: Iterable[int]) -> Iterable[int]:
    """Keys of the rounds whose winners two people have named."""
    made = Decision.objects.filter(
        round__process__in=list(processes), confirmed_at__isnull=False, withdrawn_at=None
    )
    return made.values_list("round", flat=True)


def _departments() -> dict[int, str]:
    """The departments' names in the reader's language, by the key of any of their rows."""
    names = {
        department.translation_key: department.name
        for department in Department.objects.in_language(get_language())
    }
    keys = Department.objects.values_list("pk", "translation_key")
    return {pk: names[key] for pk, key in keys if key in names}
