"""
What would have come out with the ballots that two people have set aside.

The difference of two scores is what those ballots said; so it is told only where there are many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from civic_sourcing.budgets.reasons import format_score
from civic_sourcing.budgets.results.other_rules import called
from civic_sourcing.budgets.results.small import LEAST


@dataclass(frozen=True)
class WithSetAside:
    """The two outcomes in the ``document`` of a count, without and with ballots set aside."""

    document: Mapping[str, Any]
    titles: Mapping[str, str]

    @property
    def number(self) -> int:
        """How many ballots are set aside."""
        return len(self.document["basis"]["set_aside"])

    @cached_property
    def gained(self) -> list[str]:
        """What would be funded with them and is not."""
        funded = self.document["selected"]
        return called([one for one in self._with["selected"] if one not in funded], self.titles)

    @cached_property
    def lost(self) -> list[str]:
        """What would not be funded with them and is."""
        funded = self._with["selected"]
        return called([one for one in self.document["selected"] if one not in funded], self.titles)

    @property
    def is_same(self) -> bool:
        return not self.gained and not self.lost

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Each project with its score without and with them; nothing where they are few."""
        if self.number < LEAST:
            return []
        scores, others = self.document["scores"], self._with["scores"]
        return [
            (self.titles.get(number, number), format_score(score), format_score(others[number]))
            for number, score in scores.items()
        ]

    @property
    def _with(self) -> Mapping[str, Any]:
        other: Mapping[str, Any] = self.document["with_set_aside"]
        return other


def with_set_aside(document: Mapping[str, Any], titles: Mapping[str, str]) -> WithSetAside | None:
    """The two outcomes; ``None`` where no ballot is set aside."""
    return WithSetAside(document, titles) if document.get("with_set_aside") else None
