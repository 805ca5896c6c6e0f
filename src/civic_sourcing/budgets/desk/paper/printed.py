"""A ballot paper on paper: what stands on it, with room for a pen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from civic_sourcing.budgets.ballots import Faulty, ScoreLimits, YesNoLimits
from civic_sourcing.budgets.booth.marking import ANSWERS, HOW, LABELS
from civic_sourcing.budgets.booth.views_rules import BALLOT, parts_of
from civic_sourcing.budgets.rulebooks import has_papers_by_area

if TYPE_CHECKING:
    from civic_sourcing.budgets.ballots import Rulebook
    from civic_sourcing.budgets.saying import Names

LONGEST_SCALE = 10


@dataclass(frozen=True)
class PrintedProject:
    """One project on a sheet."""

    number: str
    title: str
    cost: str
    area: str


@dataclass(frozen=True)
class PrintedPaper:
    """The sheet of one area (its code; empty: of everybody), in the order of the rules."""

    rulebook: Rulebook
    area: str
    names: Names

    @cached_property
    def projects(self) -> list[PrintedProject]:
        several = len(self.rulebook.areas) > 1
        return [
            PrintedProject(
                project.number,
                self.names.titles.get(project.number, ""),
                self.names.money(project.cost),
                self.names.area(project.area) if several else "",
            )
            for project in self.rulebook.paper(self.rulebook.areas_of(self.area))
        ]

    @property
    def area_name(self) -> str:
        return self.names.area(self.area) if self.area else ""

    @property
    def how(self) -> Any:
        return HOW[self.rulebook.ballot_type]

    @property
    def written(self) -> Any:
        """What is to be written into a box; empty where boxes are ticked."""
        return "" if self.boxes else LABELS.get(self.rulebook.ballot_type, "")

    @property
    def boxes(self) -> list[Any]:
        """The words beside several boxes of one project; none where there is a single box."""
        limits = self.rulebook.limits
        if isinstance(limits, YesNoLimits):
            return [label for _code, label in ANSWERS]
        if isinstance(limits, ScoreLimits) and limits.top <= LONGEST_SCALE:
            return list(range(limits.top + 1))
        return []

    @property
    def sentences(self) -> list[str]:
        """What may be filled in. A sheet cannot be given back, so a faulty one is void."""
        parts = parts_of(replace(self.rulebook, faulty=Faulty.VOID), self.names)
        return [told for part in parts if part.heading == BALLOT for told in part.sentences]


def papers_of(rulebook: Rulebook, names: Names) -> list[tuple[str, str]]:
    """Codes and names of the areas with papers of their own; one without where all share one."""
    if not has_papers_by_area(rulebook):
        return [("", "")]
    return [(area.code, names.area(area.code)) for area in rulebook.areas if not area.town_wide]
