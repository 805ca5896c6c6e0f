"""Counting an election: which rule, which threshold, and the result."""

import re
from dataclasses import dataclass

from .amounts import Amount, exact
from .errors import Finding, PabulibError, shown
from .model import Election
from .rules import FILE_ORDER, RULES, Step, TieRule
from .scores import tally

AUTO = "auto"

_ANNOUNCED = {
    "greedy": "greedy",
    "greedy-threshold": "greedy",
    "greedy-exclusive": "greedy",
    "greedy-no-skip": "greedy-no-skip",
    "greedy-partial-last": "greedy-partial-last",
}
_PERCENT = re.compile(r"at least\s+80\s*%")
_STOPS = re.compile(r"until the next project .{0,40}does not fit")


@dataclass(frozen=True, slots=True)
class Count:
    """
    The result of a count.

    ``selected`` are ids in order of funding. ``spent`` is the whole cost of them and ``left`` the
    budget less that, so ``left`` is negative where the last project was funded beyond the budget.
    ``scores`` is in the order of the projects, ``steps`` in the order of their turns, one for each
    project. ``remarks`` say what the count had to assume.
    """

    selected: tuple[str, ...]
    spent: Amount
    left: Amount
    scores: dict[str, Amount]
    steps: tuple[Step, ...]
    rule: str
    threshold: Amount
    ballots: int
    remarks: tuple[Finding, ...] = ()


def count(
    election: Election,
    rule: str = AUTO,
    threshold: Amount | None = None,
    *,
    tie: TieRule = FILE_ORDER,
) -> Count:
    """
    Count ``election`` by ``rule``, one of ``RULES`` or ``auto`` for the one it announces.

    Without ``threshold`` its announced one holds, whatever the rule, and 0 if it announced none.
    Raises ``PabulibError`` (field ``rule``) if ``auto`` cannot know the rule, ``ValueError`` for a
    name that is not a rule.
    """
    remarks: tuple[Finding, ...] = ()
    if rule == AUTO:
        rule, remarks = announced_rule(election, has_threshold=threshold is not None)
    if rule not in RULES:
        raise ValueError(f"rule must be {AUTO} or one of {', '.join(RULES)}, not {rule!r}")
    if threshold is None:
        threshold = election.threshold or 0
    scores = tally(election)
    steps = RULES[rule](election.projects, scores, election.budget, threshold=threshold, tie=tie)
    funded = [step for step in steps if step.outcome.is_funded]
    spent = exact(sum((step.cost for step in funded), start=0))
    return Count(
        selected=tuple(step.project for step in funded),
        spent=spent,
        left=exact(election.budget - spent),
        scores=scores,
        steps=tuple(steps),
        rule=rule,
        threshold=threshold,
        ballots=election.ballot_count,
        remarks=remarks,
    )


def announced_rule(
    election: Election, *, has_threshold: bool = False
) -> tuple[str, tuple[Finding, ...]]:
    """
    The rule an election announces, as a name of ``RULES``, and what had to be assumed.

    ``greedy-threshold`` is greedy with the announced threshold, and refused without one unless the
    caller ``has_threshold``. ``greedy-exclusive`` (Warsaw) lets no two conflicting projects win;
    files do not say which conflict, so it is counted as greedy, with a remark. ``greedy-custom``
    is Poznań's rule if the comment describes it (stop at the first that does not fit, 80 % of its
    cost is enough), else refused. So is every other name. Raises ``PabulibError``.
    """
    name = election.rule
    line = election.lines.get("rule") or max(election.lines.values(), default=0)
    if not name:
        raise PabulibError(line, "rule", "rule-missing")
    if name == "greedy-custom":
        comment = election.meta.get("comment", "")
        if _PERCENT.search(comment) and _STOPS.search(comment):
            return "greedy-partial-last", ()
        raise PabulibError(line, "rule", "rule-custom", value=shown(name))
    if name not in _ANNOUNCED:
        raise PabulibError(line, "rule", "rule-unknown", value=shown(name), known=", ".join(RULES))
    if name == "greedy-threshold" and election.threshold is None and not has_threshold:
        raise PabulibError(line, "rule", "threshold-missing", value=shown(name))
    if name == "greedy-exclusive":
        return "greedy", (Finding(line, "rule", "exclusive", {}),)
    return _ANNOUNCED[name], ()
