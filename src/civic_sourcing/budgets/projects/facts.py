"""The facts of a project as plain values: what is the same in every language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from civic_sourcing.budgets.models import Project


@dataclass(frozen=True)
class Facts:
    """
    What a project is called on the ballot paper, what it costs, where it belongs.

    Amounts are whole minor units of the vote's currency; ``cost_least`` makes the cost a range.
    ``area`` and ``category`` are codes. Without ``number`` or ``cost`` nobody can vote on it.
    """

    number: str = ""
    cost: int | None = None
    cost_least: int | None = None
    running_cost: int | None = None
    area: str = ""
    category: str = ""

    @classmethod
    def of(cls, project: Project | None) -> Facts:
        """The facts in force; none where there is no project yet."""
        if project is None:
            return cls()
        return cls(
            number=project.number,
            cost=project.cost,
            cost_least=project.cost_least,
            running_cost=project.running_cost,
            area=project.area.code if project.area else "",
            category=project.category.code if project.category else "",
        )

    @property
    def complete(self) -> bool:
        return bool(self.number) and self.cost is not None

    @property
    def without_number(self) -> Facts:
        """The same for another project: a number stands for one alone."""
        return replace(self, number="")

    def digest(self) -> str:
        """Short mark of the content."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Facts:
        return cls(**{name: values[name] for name in cls.__dataclass_fields__ if name in values})


@dataclass(frozen=True)
class FactsDraft:
    """Facts somebody typed; ``base`` is the digest of those in force that they saw meanwhile."""

    base: str
    facts: Facts

    def as_json(self) -> dict[str, Any]:
        return {"base": self.base, "facts": self.facts.as_json()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any] | None) -> FactsDraft | None:
        return cls(values["base"], Facts.from_json(values["facts"])) if values else None

    def is_current(self, in_force: Facts) -> bool:
        """True while nobody else has changed the facts since."""
        return self.base == in_force.digest()


def next_numbers(taken: Iterable[str], how_many: int) -> list[str]:
    """Return so many numbers nobody has, going on from the highest of those in plain digits."""
    known = set(taken)
    highest = max((int(each) for each in known if each.isascii() and each.isdigit()), default=0)
    return [str(highest + step) for step in range(1, how_many + 1)]
