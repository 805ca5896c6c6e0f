"""
The greedy family: projects by score, one after the other, while the money lasts.

Source: the rules of Polish and other cities as recorded by Pabulib (Stolicki, Szufa, Talmon:
Pabulib, a Participatory Budgeting Library, arXiv:2012.06539). All arithmetic is exact.

A project nobody voted for is never funded. Every area has its own money and gives out only that.
A project that needs another waits until that one is funded, and then has its turn at once. Where a
category must have some projects, its best that fit are funded first, in a round before the others.
"""

from collections import Counter
from collections.abc import Callable

from .amounts import Amount
from .conditions import Conditions
from .contest import Contest
from .model import Project
from .steps import PARTIAL_PERCENT, Numbers, Outcome, Step

Unaffordable = Callable[[Amount, Amount], Outcome]


def fund_greedily(contest: Contest) -> list[Step]:
    """
    Fund projects in order of score while they fit; one that does not fit is skipped.

    Later, cheaper projects still get their turn. Equal scores are decided by the tie rule.
    """
    return _Walk(contest, _skip).steps()


def fund_without_skipping(contest: Contest) -> list[Step]:
    """
    Fund projects in order of score and stop at the first that does not fit (Gdynia, Wrocław).

    A project that takes no part (withdrawn, below the threshold, excluded) neither takes money nor
    stops the count. Each area stops by itself. Ties as in ``fund_greedily``.
    """
    return _Walk(contest, _stop).steps()


def fund_with_partial_last(contest: Contest) -> list[Step]:
    """
    Stop at the first project that does not fit, but fund it if 80 % of its cost is left (Poznań).

    A reserve outside the budget pays the rest, so that more may be spent than the budget: by at
    most a quarter of it. Exactly 80 % is enough. Source: the comment in Poznań's published files,
    2023–2026. Ties as in ``fund_greedily``.
    """
    return _Walk(contest, _partial_last).steps()


def _skip(cost: Amount, left: Amount) -> Outcome:
    return Outcome.SKIPPED


def _stop(cost: Amount, left: Amount) -> Outcome:
    return Outcome.STOPPED


def _partial_last(cost: Amount, left: Amount) -> Outcome:
    enough = left * 100 >= cost * PARTIAL_PERCENT
    return Outcome.FUNDED_BEYOND if enough else Outcome.STOPPED


_ENDS = (Outcome.STOPPED, Outcome.FUNDED_BEYOND)


class _Walk:
    """One walk through the projects of all areas."""

    def __init__(self, contest: Contest, unaffordable: Unaffordable) -> None:
        self._contest = contest
        self._unaffordable = unaffordable
        self._conditions = Conditions(contest)
        self._left = dict(contest.money)
        self._ended: set[str] = set()
        self._steps: dict[str, Step] = {}
        self._barred = {project.id: contest.barred(project) for project in contest.projects}
        self._equals = Counter(
            (project.area, contest.scores[project.id])
            for project in contest.projects
            if self._barred[project.id] is None
        )

    def steps(self) -> list[Step]:
        self._fill_categories()
        waiting: list[Project] = []
        for project in self._contest.in_order:
            if project.id in self._steps:
                continue
            if self._waits(project):
                waiting.append(project)
                continue
            self._decide(project)
            while free := next((each for each in waiting if not self._waits(each)), None):
                waiting.remove(free)
                self._decide(free)
        for project in waiting:
            other = self._conditions.waits_for(project) or ""
            self._note(project, Outcome.NEED_UNFUNDED, {"other": other})
        return list(self._steps.values())

    def _fill_categories(self) -> None:
        """The round before the others: categories that must have some projects."""
        if not any(category.least for category in self._contest.rules.categories):
            return
        for project in self._contest.in_order:
            limit = self._conditions.wanted(project)
            if (
                limit
                and self._barred[project.id] is None
                and not self._waits(project)
                and self._conditions.refusal(project) is None
                and project.cost <= self._left[project.area]
            ):
                numbers: Numbers = {"category": limit.code, "least": limit.least}
                self._note(project, Outcome.FUNDED_FOR_CATEGORY, numbers)

    def _waits(self, project: Project) -> bool:
        return (
            self._barred[project.id] is None
            and self._conditions.refusal(project) is None
            and self._conditions.waits_for(project) is not None
        )

    def _decide(self, project: Project) -> None:
        why = self._barred[project.id] or self._conditions.refusal(project)
        if why is not None:
            self._note(project, *why)
            return
        left = self._left[project.area]
        if project.area in self._ended:
            outcome = Outcome.NOT_REACHED
        else:
            fits = project.cost <= left
            outcome = Outcome.FUNDED if fits else self._unaffordable(project.cost, left)
        if outcome in _ENDS:
            self._ended.add(project.area)
        self._note(project, outcome, self._tied(project))

    def _tied(self, project: Project) -> Numbers:
        others = self._equals[project.area, self._contest.scores[project.id]] - 1
        return {"tie": self._contest.tie.name, "tied": others} if others > 0 else {}

    def _note(self, project: Project, outcome: Outcome, numbers: Numbers) -> None:
        left = self._left[project.area]
        self._steps[project.id] = self._contest.step(project, left, outcome, numbers)
        self._conditions.settle(project, funded=outcome.is_funded)
        if outcome.is_funded:
            self._left[project.area] = left - project.cost
