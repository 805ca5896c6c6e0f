"""Counting an election: which rule, which threshold, and the result."""

import re
from collections.abc import Sequence

from .amounts import Amount
from .contest import Contest
from .errors import Finding, PabulibError, shown
from .model import Election, Electorate, Project
from .plan import CountRules, Least, Of
from .result import Count, result_of
from .rules import RULES
from .steps import Numbers, Outcome, Step
from .ties import Tie, TieRule

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


def count(
    election: Election,
    rule: str = AUTO,
    threshold: Amount | None = None,
    *,
    tie: TieRule | str = Tie.ORDER,
    seed: str = "",
    utility: str = "",
    completion: str = "",
) -> Count:
    """
    Count ``election`` by ``rule``, one of ``RULES`` or ``auto`` for the one it announces.

    Without ``threshold`` (points) its announced one holds, whatever the rule, and none if it
    announced none. ``tie`` is a rule or the name of one, ``seed`` the text a draw is made from;
    ``utility`` and ``completion`` are for Equal Shares. Raises ``PabulibError``
    (field ``rule``) if ``auto`` cannot know the rule, ``ValueError`` for a name that is not a rule
    and for a draw without a seed.
    """
    remarks: tuple[Finding, ...] = ()
    if rule == AUTO:
        rule, remarks = announced_rule(election, has_threshold=threshold is not None)
    if threshold is None:
        threshold = election.threshold or 0
    rules = CountRules.of_election(
        election,
        rule=rule,
        threshold=Least(threshold, Of.SCORE) if threshold else None,
        utility=utility,
        completion=completion,
        tie=Tie.ORDER if isinstance(tie, TieRule) else Tie(tie),
        seed=seed,
    )
    given = tie if isinstance(tie, TieRule) else None
    return count_votes(election.projects, election.electorate, rules, tie=given, remarks=remarks)


def count_votes(
    projects: Sequence[Project],
    electorate: Electorate,
    rules: CountRules,
    *,
    tie: TieRule | None = None,
    remarks: Sequence[Finding] = (),
) -> Count:
    """
    Count the ballots of ``electorate`` by ``rules``; the order of ballots never matters.

    ``tie`` replaces the tie rule of ``rules``. Raises ``ValueError`` for rules that contradict
    themselves or the projects: an unknown name, an area nobody named, a draw without seed, negative
    money.
    """
    if rules.rule not in RULES:
        known = ", ".join(RULES)
        raise ValueError(f"rule must be {AUTO} or one of {known}, not {rules.rule!r}")
    contest = Contest(projects, electorate, rules, tie=tie)
    lapsed = contest.quorum is not None and not contest.quorum.reached
    steps = _lapsed(contest) if lapsed else RULES[rules.rule](contest)
    return result_of(contest, steps, remarks=(*remarks, *_ungrouped(contest)))


def _lapsed(contest: Contest) -> list[Step]:
    """No quorum: every project's step says so, and nothing is funded."""
    assert contest.quorum is not None
    numbers: Numbers = {"needed": contest.quorum.needed, "voters": contest.quorum.found}
    steps = []
    for project in contest.in_order:
        outcome = Outcome.WITHDRAWN if project.withdrawn else Outcome.NO_QUORUM
        steps.append(contest.step(project, contest.money[project.area], outcome, numbers))
    return steps


def _ungrouped(contest: Contest) -> list[Finding]:
    """Ballots of no group in a vote with groups: they count for turnout, and give no points."""
    groups = {group.code for group in contest.rules.groups}
    lost = sum(p.ballot_count for p in contest.electorate.papers if p.group not in groups)
    return [Finding(0, "group", "ungrouped", {"ballots": lost})] if groups and lost else []


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
