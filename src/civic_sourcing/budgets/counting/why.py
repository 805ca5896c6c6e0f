"""Why a project was funded or not: a code and the numbers a sentence needs."""

from typing import NamedTuple

from .result import Count
from .steps import Numbers, Outcome


class Reason(NamedTuple):
    """
    One project's fate: ``code`` is its ``Outcome``, ``numbers`` are what a sentence names.

    Always there: ``score``, ``cost``, ``left`` (money left in its area when its turn came),
    ``turn`` (its place among the turns, from 1) and ``turns``; where the count knows them,
    ``voters`` (how many are for it), ``area``, and whatever the step's numbers hold.
    """

    code: Outcome
    numbers: Numbers

    @property
    def funded(self) -> bool:
        return self.code.is_funded


def why(count: Count, project: str) -> Reason:
    """Say why ``project`` (id) was funded or not. Raises ``KeyError`` for one not in the count."""
    ids = [step.project for step in count.steps]
    if project not in ids:
        raise KeyError(project)
    turn = ids.index(project)
    step = count.steps[turn]
    numbers = {
        "score": step.score,
        "cost": step.cost,
        "left": step.left_before,
        "turn": turn + 1,
        "turns": len(ids),
    }
    known = {"voters": count.voters[project]} if project in count.voters else {}
    area = {"area": step.area} if step.area else {}
    return Reason(step.outcome, {**numbers, **known, **area, **step.numbers})
