"""Why a project was funded or not: a code and the numbers a sentence needs."""

from collections.abc import Mapping
from typing import NamedTuple

from .amounts import Amount
from .model import Project
from .plan import CountRules, Of
from .result import Count
from .steps import PARTIAL_PERCENT, Numbers, Outcome, Step

_CAME_TOO_LATE = (Outcome.SKIPPED, Outcome.STOPPED, Outcome.NOT_REACHED)
_GREEDY = ("greedy", "greedy-no-skip", "greedy-partial-last")


class Reason(NamedTuple):
    """
    One project's fate: ``code`` is its ``Outcome``, ``numbers`` are what a sentence names.

    Always there: ``score``, ``cost``, ``left`` (money left in its area when its turn came),
    ``turn`` (its place among the turns, from 1) and ``turns``; where the count knows them,
    ``voters`` (how many are for it), ``area``, ``budget`` (all money of the area) and whatever the
    step's numbers hold. Below the threshold ``missing``: how much more support it needed. Where
    money ran out under a greedy rule ``more``: with so many more points it would have come early
    enough to be funded, all else being equal; absent where no number of points would have done, and
    where sets, needs, categories or groups make it more than a matter of points.
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
    numbers: dict[str, Amount | str] = {
        "score": step.score,
        "cost": step.cost,
        "left": step.left_before,
        "turn": turn + 1,
        "turns": len(ids),
    }
    if project in count.voters:
        numbers["voters"] = count.voters[project]
    if step.area:
        numbers["area"] = step.area
    if area := next((area for area in count.areas if area.code == step.area), None):
        numbers["budget"] = area.budget
    numbers |= _missing(count, step)
    if step.outcome in _CAME_TOO_LATE and (more := _more(count, turn)) is not None:
        numbers["more"] = more
    return Reason(step.outcome, {**numbers, **step.numbers})


def _missing(count: Count, step: Step) -> Mapping[str, Amount]:
    needed = step.numbers.get("needed")
    if step.outcome != Outcome.BELOW_THRESHOLD or needed is None or isinstance(needed, str):
        return {}
    least = count.rules.threshold if count.rules else None
    of_score = least is None or least.of == Of.SCORE
    return {"missing": needed - (step.score if of_score else count.voters[step.project])}


def _more(count: Count, turn: int) -> int | None:
    """Points that would have brought a project forward to a turn at which it could be paid."""
    rules, step = count.rules, count.steps[turn]
    if rules is None or rules.tie != count.tie or not _only_points_matter(rules):
        return None
    earlier = [other for other in count.steps[:turn] if other.area == step.area and other.score > 0]
    for other in reversed(earlier):
        if _pays(rules, step.cost, other.left_before) and _had_turn(other):
            return _points_to_pass(count, rules, step, other)
    return None


def _only_points_matter(rules: CountRules) -> bool:
    conditions = rules.groups or rules.exclusive or rules.dependencies or rules.categories
    return rules.rule in _GREEDY and not conditions


def _pays(rules: CountRules, cost: Amount, left: Amount) -> bool:
    partly = rules.rule == "greedy-partial-last"
    return left * 100 >= cost * (PARTIAL_PERCENT if partly else 100)


def _had_turn(step: Step) -> bool:
    """Whether money was asked for; not if it took no part, or the count had ended."""
    return step.outcome.is_funded or step.outcome in (Outcome.SKIPPED, Outcome.STOPPED)


def _points_to_pass(count: Count, rules: CountRules, step: Step, other: Step) -> int:
    places = {project: place for place, project in enumerate(count.scores)}
    mine, theirs = (Project(s.project, s.cost, position=places[s.project]) for s in (step, other))
    key = rules.tie_rule.key
    whole = -int(-(other.score - step.score) // 1)
    exactly = step.score + whole == other.score
    return whole + 1 if exactly and key(mine) > key(theirs) else whole
