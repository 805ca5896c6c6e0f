"""
What challenges keep about people: one handler for the room, put together from parts.

Each part of the room names its models beside the functions that tell, export and erase; they are
gathered in ``records``. A test fails for a model with a path to a person that no part names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from civic_sourcing.core.personal_records import PersonalRecords, Summary

Counts = Mapping[str, int]


def nothing_to_count(participant: Any) -> Mapping[str, QuerySet[Any]]:
    return {}


def nothing_to_tell(participant: Any, counts: Counts) -> list[Summary]:
    return []


def nothing_to_export(participant: Any) -> None:
    return None


def nothing_to_erase(participant: Any, *, blank_texts: bool) -> None:
    """For rows that lead to a person only through others, which are answered for."""


def number_of(rows: QuerySet[Any]) -> Any:
    """How many different ``rows`` there are, as part of another query."""
    counted = rows.order_by().annotate(_one=Value(1)).values("_one")
    number = counted.annotate(_number=Count("pk", distinct=True)).values("_number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class RecordsPart:
    """
    What one part of the room keeps: ``key`` names it in the export, ``models`` are labels.

    ``counted(participant)`` are the rows whose numbers ``summary(participant, counts)`` tells, by
    a name; the numbers of all parts are asked for in one query. ``export(participant)`` and
    ``erase(participant, blank_texts=…)`` are as in ``PersonalRecords``; an export of ``None`` is
    left out.
    """

    key: str
    models: tuple[str, ...]
    counted: Callable[[Any], Mapping[str, QuerySet[Any]]] = nothing_to_count
    summary: Callable[[Any, Counts], list[Summary]] = nothing_to_tell
    export: Callable[[Any], Any] = nothing_to_export
    erase: Callable[..., None] = nothing_to_erase


class ChallengeRecords(PersonalRecords):
    """All parts together, in the order in which they were given."""

    name = "challenges"

    def __init__(self, *parts: RecordsPart) -> None:
        self.parts = parts

    @property
    def models(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(label for part in self.parts for label in part.models)

    def summary(self, participant: Any) -> list[Summary]:
        counts = self.counts(participant)
        lines = (line for part in self.parts for line in part.summary(participant, counts))
        return [line for line in lines if line.count]

    def counts(self, participant: Any) -> Counts:
        """All numbers at once."""
        rows = {
            name: queryset
            for part in self.parts
            for name, queryset in part.counted(participant).items()
        }
        of_one = type(participant)._base_manager.filter(pk=participant.pk)
        numbers = {name: number_of(queryset) for name, queryset in rows.items()}
        return of_one.values(**numbers).get() if numbers else {}

    def export(self, participant: Any) -> dict[str, Any]:
        told = {part.key: part.export(participant) for part in self.parts}
        return {key: rows for key, rows in told.items() if rows is not None}

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        for part in self.parts:
            part.erase(participant, blank_texts=blank_texts)
