"""
What challenges keep about people: one handler for the room, put together from parts.

Each part of the room names its models beside the functions that tell, export and erase; they are
gathered in ``records``. A test fails for a model with a path to a person that no part names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from civic_sourcing.core.personal_records import PersonalRecords, Summary


def nothing_to_tell(participant: Any) -> list[Summary]:
    return []


def nothing_to_export(participant: Any) -> None:
    return None


def nothing_to_erase(participant: Any, *, blank_texts: bool) -> None:
    """For rows that lead to a person only through others, which are answered for."""


@dataclass(frozen=True)
class RecordsPart:
    """
    What one part of the room keeps: ``key`` names it in the export, ``models`` are labels.

    ``summary(participant)``, ``export(participant)`` and ``erase(participant, blank_texts=…)`` are
    as in ``PersonalRecords``; an export of ``None`` is left out.
    """

    key: str
    models: tuple[str, ...]
    summary: Callable[[Any], list[Summary]] = nothing_to_tell
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
        lines = (line for part in self.parts for line in part.summary(participant))
        return [line for line in lines if line.count]

    def export(self, participant: Any) -> dict[str, Any]:
        told = {part.key: part.export(participant) for part in self.parts}
        return {key: rows for key, rows in told.items() if rows is not None}

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        for part in self.parts:
            part.erase(participant, blank_texts=blank_texts)
