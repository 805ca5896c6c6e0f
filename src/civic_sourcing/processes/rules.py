"""
The rules of a process as plain values: mandate and windows.

No database in here. The page form, the draft kept in a revision and ``SetRules`` all speak
``Rules``, and whether windows overlap is decided in one place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from civic_sourcing.processes.process import Mandate, Process


@dataclass(frozen=True)
class PhaseRule:
    """
    One window, half open: ``[opens_at, closes_at)``; ``closes_at=None`` never ends.

    ``pk`` names the row it changes; without, a row of the same kind and opening is changed, or a
    new one made. ``opens_at`` is ``None`` only in a draft somebody has not finished.
    """

    kind: str
    opens_at: datetime | None
    closes_at: datetime | None = None
    descriptions: Mapping[str, str] = field(default_factory=dict)
    pk: int | None = None

    @property
    def complete(self) -> bool:
        return bool(self.kind) and self.opens_at is not None

    @property
    def reversed(self) -> bool:
        """True if it closes before or when it opens."""
        return None not in {self.opens_at, self.closes_at} and self.closes_at <= self.opens_at  # type: ignore[operator]

    def overlaps(self, other: PhaseRule) -> bool:
        """Touching is not overlapping. Both windows must be complete."""
        first, second = sorted((self, other), key=_opening)
        return first.closes_at is None or first.closes_at > _opening(second)

    def as_json(self) -> dict[str, Any]:
        return {
            "pk": self.pk,
            "kind": self.kind,
            "opens_at": _text(self.opens_at),
            "closes_at": _text(self.closes_at),
            "descriptions": {code: text for code, text in self.descriptions.items() if text},
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> PhaseRule:
        return cls(
            kind=values["kind"],
            opens_at=_moment(values["opens_at"]),
            closes_at=_moment(values["closes_at"]),
            descriptions=dict(values.get("descriptions") or {}),
            pk=values.get("pk"),
        )


@dataclass(frozen=True)
class Rules:
    mandate: str = Mandate.ADVISORY
    phases: tuple[PhaseRule, ...] = ()

    @classmethod
    def of(cls, process: Process) -> Rules:
        """The rules in force."""
        return cls(
            mandate=process.mandate,
            phases=tuple(
                PhaseRule(p.kind, p.opens_at, p.closes_at, p.descriptions, p.pk)
                for p in process.timeline()
            ),
        )

    def first_overlap(self) -> tuple[PhaseRule, PhaseRule] | None:
        """The earliest two windows of which the second opens before the first has closed."""
        windows = sorted((p for p in self.phases if p.complete), key=_opening)
        return next((pair for pair in pairwise(windows) if pair[0].overlaps(pair[1])), None)

    def first_reversed(self) -> PhaseRule | None:
        return next((phase for phase in self.phases if phase.reversed), None)

    def digest(self) -> str:
        """Short mark of the content, alike for the same rules in another order."""
        phases = sorted(json.dumps(p.as_json(), sort_keys=True) for p in self.phases)
        content = json.dumps([str(self.mandate), phases])
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        return {"mandate": str(self.mandate), "phases": [p.as_json() for p in self.phases]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Rules:
        return cls(
            mandate=values["mandate"],
            phases=tuple(PhaseRule.from_json(phase) for phase in values["phases"]),
        )


@dataclass(frozen=True)
class RulesDraft:
    """Rules somebody typed, with the process and the version they saw while typing."""

    process: str
    version: int
    rules: Rules

    def as_json(self) -> dict[str, Any]:
        return {"process": self.process, "version": self.version, **self.rules.as_json()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any] | None) -> RulesDraft | None:
        if not values:
            return None
        return cls(values["process"], values["version"], Rules.from_json(values))

    def belongs_to(self, process: Process | None) -> bool:
        """False for a draft a copied page brought along from its source."""
        return process is not None and self.process == str(process.uuid)

    def is_current(self, process: Process | None) -> bool:
        """True while nobody else has changed the rules since."""
        return (
            process is not None
            and self.belongs_to(process)
            and self.version == process.rules_version
        )


def _opening(phase: PhaseRule) -> datetime:
    return phase.opens_at or datetime.max.replace(tzinfo=UTC)


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
