"""
The greedy family: projects by score, one after the other, while the money lasts.

Source: the rules of Polish and other cities as recorded by Pabulib (Stolicki, Szufa, Talmon:
Pabulib, a Participatory Budgeting Library, arXiv:2012.06539). All arithmetic is exact.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from .amounts import Amount
from .model import Project

PARTIAL_PERCENT = 80
"""Part of a project's cost that must be left for Poznań's rule to fund it, in percent."""


@dataclass(frozen=True, slots=True)
class TieRule:
    """
    Decides between projects of equal score: the smaller ``key`` goes first.

    ``key`` must give every project of an election a value of its own, all comparable.
    """

    name: str
    key: Callable[[Project], Any]


FILE_ORDER = TieRule("file-order", key=lambda project: project.position)
"""Equal scores keep the order of the projects in the file."""


class Outcome(StrEnum):
    """What became of a project at its turn."""

    FUNDED = "funded"
    FUNDED_BEYOND = "funded-beyond-budget"
    SKIPPED = "skipped"
    STOPPED = "stopped"
    NOT_REACHED = "not-reached"
    BELOW_THRESHOLD = "below-threshold"
    WITHDRAWN = "withdrawn"

    @property
    def is_funded(self) -> bool:
        return self in (Outcome.FUNDED, Outcome.FUNDED_BEYOND)


REASONS = {
    Outcome.FUNDED: "fits into what is left",
    Outcome.FUNDED_BEYOND: (
        f"at least {PARTIAL_PERCENT} % of the cost is left, a reserve pays the rest"
    ),
    Outcome.SKIPPED: "costs more than is left, the next project gets its turn",
    Outcome.STOPPED: "costs more than is left, the count ends here",
    Outcome.NOT_REACHED: "the count had ended before",
    Outcome.BELOW_THRESHOLD: "has fewer points than the threshold",
    Outcome.WITHDRAWN: "was withdrawn",
}
"""Why, in English; other languages key their sentences by the outcome."""


class Step(NamedTuple):
    """One project's turn. ``left_before`` is the money left when it came."""

    project: str
    score: Amount
    cost: Amount
    left_before: Amount
    outcome: Outcome
    reason: str


Unaffordable = Callable[[Amount, Amount], Outcome]
Scores = Mapping[str, Amount]


def fund_greedily(
    projects: Sequence[Project],
    scores: Scores,
    budget: Amount,
    *,
    threshold: Amount = 0,
    tie: TieRule,
) -> list[Step]:
    """
    Fund projects in order of score while they fit; one that does not fit is skipped.

    Later, cheaper projects still get their turn. A project needs at least ``threshold`` points;
    with a threshold of 0 even a project nobody voted for is funded if money is left for it. Equal
    scores are decided by ``tie``. Raises ``ValueError`` if the budget or a cost is negative.
    """
    return _walk(projects, scores, budget, _skip, threshold=threshold, tie=tie)


def fund_without_skipping(
    projects: Sequence[Project],
    scores: Scores,
    budget: Amount,
    *,
    threshold: Amount = 0,
    tie: TieRule,
) -> list[Step]:
    """
    Fund projects in order of score and stop at the first that does not fit (Gdynia, Wrocław).

    A withdrawn project neither takes money nor stops the count. Threshold, ties and errors as in
    ``fund_greedily``.
    """
    return _walk(projects, scores, budget, _stop, threshold=threshold, tie=tie)


def fund_with_partial_last(
    projects: Sequence[Project],
    scores: Scores,
    budget: Amount,
    *,
    threshold: Amount = 0,
    tie: TieRule,
) -> list[Step]:
    """
    Stop at the first project that does not fit, but fund it if 80 % of its cost is left (Poznań).

    A reserve outside the budget pays the rest, so that more may be spent than the budget: by at
    most a quarter of it. Exactly 80 % is enough. Source: the comment in Poznań's published files,
    2023–2026. Threshold, ties and errors as in ``fund_greedily``.
    """
    return _walk(projects, scores, budget, _partial_last, threshold=threshold, tie=tie)


def _skip(cost: Amount, left: Amount) -> Outcome:
    return Outcome.SKIPPED


def _stop(cost: Amount, left: Amount) -> Outcome:
    return Outcome.STOPPED


def _partial_last(cost: Amount, left: Amount) -> Outcome:
    enough = left * 100 >= cost * PARTIAL_PERCENT
    return Outcome.FUNDED_BEYOND if enough else Outcome.STOPPED


def _walk(
    projects: Sequence[Project],
    scores: Scores,
    budget: Amount,
    unaffordable: Unaffordable,
    *,
    threshold: Amount,
    tie: TieRule,
) -> list[Step]:
    if budget < 0 or any(project.cost < 0 for project in projects):
        raise ValueError("budget and costs must not be negative")
    steps = []
    left = budget
    ended = False
    for project in sorted(projects, key=lambda p: (-scores[p.id], tie.key(p))):
        score, cost = scores[project.id], project.cost
        if project.withdrawn:
            outcome = Outcome.WITHDRAWN
        elif score < threshold:
            outcome = Outcome.BELOW_THRESHOLD
        elif ended:
            outcome = Outcome.NOT_REACHED
        else:
            outcome = Outcome.FUNDED if cost <= left else unaffordable(cost, left)
            ended = outcome in (Outcome.STOPPED, Outcome.FUNDED_BEYOND)
        steps.append(Step(project.id, score, cost, left, outcome, REASONS[outcome]))
        if outcome.is_funded:
            left -= cost
    return steps


RULES: dict[str, Callable[..., list[Step]]] = {
    "greedy": fund_greedily,
    "greedy-no-skip": fund_without_skipping,
    "greedy-partial-last": fund_with_partial_last,
}
"""The rules by name. ``auto`` is not one of them: it finds out which one was announced."""
