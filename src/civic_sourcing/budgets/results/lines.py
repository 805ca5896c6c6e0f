"""One project in the results, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from civic_sourcing.budgets.reasons import ExplainedStep, format_score

if TYPE_CHECKING:
    from civic_sourcing.budgets.paper import Entry


@dataclass(frozen=True)
class Line:
    """
    A project's turn in the count, with the page that tells about it.

    ``left_before`` is the money left when its turn came, in minor units, in ``area`` (a code) where
    areas have money of their own.
    """

    entry: Entry
    step: ExplainedStep
    cost: int
    score: int | str
    left_before: int = 0
    area: str = ""
    area_name: str = ""

    @property
    def withdrawn(self) -> bool:
        return self.entry.withdrawn

    @property
    def left_after(self) -> int:
        """The money left after its turn; below 0 where a reserve pays the rest."""
        return self.left_before - self.cost if self.step.funded else self.left_before

    @property
    def anchor(self) -> str:
        """The name of its place on the page of results."""
        return f"project-{self.entry.project.pk}"

    @property
    def outcome(self) -> Any:
        """What became of it in a word or two, as this count has it."""
        kinds = type(self.entry.project).Outcome
        if self.withdrawn:
            return kinds.WITHDRAWN.label
        return kinds.FUNDED.label if self.step.funded else kinds.NOT_FUNDED.label

    @property
    def tone(self) -> str:
        return "success" if self.step.funded else "neutral"

    @property
    def score_told(self) -> str:
        return format_score(self.score)
