"""The results page: a count as people read it. Reads the count's document and pages, never ballots."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from civic_sourcing.budgets.paper import Entry, ballot_paper
from civic_sourcing.budgets.reasons import ExplainedStep, explain, score_phrase
from civic_sourcing.budgets.rules import BallotType, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from civic_sourcing.budgets.models import CountResult


@dataclass(frozen=True)
class Line:
    """One project in the results."""

    entry: Entry
    step: ExplainedStep
    cost: int
    score: int | str

    @property
    def withdrawn(self) -> bool:
        return self.entry.project.outcome == self.entry.project.Outcome.WITHDRAWN


class Results:
    """What came out of ``vote`` according to ``count``, in the language of the vote's page."""

    def __init__(self, vote: Any, count: CountResult, request: HttpRequest | None = None) -> None:
        self.vote = vote
        self.count = count
        self.request = request
        document = count.document
        self.rule = Rule(document["rule"])
        self.ballot_type = BallotType(document["ballot_type"])
        self.ballots: int = document["ballots"]
        self.currency: str = document["currency"]
        self.amount: int = document["amount"]
        self.spent: int = document["spent"]
        self.left: int = max(document["left"], 0)
        self.beyond: int = max(-document["left"], 0)

    @cached_property
    def lines(self) -> list[Line]:
        """All projects in the order of their turns."""
        return list(self._lines())

    @cached_property
    def funded(self) -> list[Line]:
        return [line for line in self.lines if line.step.funded]

    @cached_property
    def not_funded(self) -> list[Line]:
        return [line for line in self.lines if not line.step.funded]

    @property
    def threshold(self) -> str:
        """The least score a project needed, in words; empty where there was none."""
        threshold = self.count.document["threshold"]
        return score_phrase(threshold, self.ballot_type) if threshold else ""

    @property
    def spent_percent(self) -> int:
        """Share of the money used, in whole percent, rounded down, at most 100."""
        return min(self.spent * 100 // self.amount, 100) if self.amount else 0

    def _lines(self) -> Iterator[Line]:
        paper = {entry.number: entry for entry in ballot_paper(self.vote, self.request)}
        for step in self.count.document["steps"]:
            if entry := paper.get(step["project"]):
                explained = explain(step, self.count.document)
                yield Line(entry, explained, step["cost"], step["score"])
