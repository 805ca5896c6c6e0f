"""The rule: areas one after the other, a step for each project, with reasons."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

from civic_sourcing.budgets.counting.amounts import Amount, exact
from civic_sourcing.budgets.counting.conditions import Conditions
from civic_sourcing.budgets.counting.contest import Contest
from civic_sourcing.budgets.counting.model import Ballot, Project, VoteType
from civic_sourcing.budgets.counting.plan import COMPLETIONS, UTILITIES
from civic_sourcing.budgets.counting.steps import Numbers, Outcome, Step
from civic_sourcing.budgets.counting.ties import Tie

from .completion import Completion, run_with_share
from .gate import Gate
from .ground import Ground


def fund_by_equal_shares(contest: Contest) -> list[Step]:
    """
    Divide the money equally among the voters; a project is funded by those who voted for it.

    Every voter of an area gets an equal share of its money. In each round the project is bought
    that costs its supporters least for a unit of utility: they pay in proportion to their points,
    and whoever has less left gives all of it. It ends when no project has supporters who can pay
    for it; then the completion of the rules begins. ``utility`` is what a point is worth:
    ``cardinality`` 1, ``cost`` (the default) the cost of the project. Points of 0 and below support
    nothing.

    Source: Peters, Pierczyński, Skowron: Proportional Participatory Budgeting with Additive
    Utilities (NeurIPS 2021), and equalshares.net for completions and ties. Areas are counted in
    their order, each with its own voters and money. What categories must have is funded first, by
    points, and taken off the money before it is divided. Raises ``ValueError`` for an unknown
    utility or completion.
    """
    rules = contest.rules
    if rules.utility not in ("", *UTILITIES):
        raise ValueError(f"the utility must be one of {', '.join(UTILITIES)}")
    if rules.completion not in ("", *COMPLETIONS):
        raise ValueError(f"the completion must be one of {', '.join(COMPLETIONS)}")
    steps: list[Step] = []
    for area in rules.areas:
        steps += _Area(contest, area.code, steps).steps()
    return steps


class _Area:
    """The count of one area, after ``settled`` steps of others."""

    def __init__(self, contest: Contest, code: str, settled: Sequence[Step]) -> None:
        rules = contest.rules
        self._contest, self._code = contest, code
        self._completion = Completion(rules.completion or COMPLETIONS[0])
        self._money = contest.money[code]
        self._settled = list(settled)
        self._before = len(settled)
        self._settle_first()
        done = {step.project for step in self._settled}
        self._open = [p for p in contest.projects_of(code) if p.id not in done]
        self._ground = Ground(
            self._open,
            self._ballots(),
            rules.vote_type,
            by_cost=(rules.utility or UTILITIES[0]) == "cost",
            raise_by=rules.raise_by,
            tie_key=self._tie_key,
        )
        bound = rules.exclusive or rules.dependencies or rules.categories
        self._run = run_with_share(
            self._ground,
            self._money,
            self._gate if bound else lambda: None,
            enlarge=self._completion.enlarges_shares,
        )
        self._left = self._money
        self._found: dict[int, Step] = {}

    def steps(self) -> list[Step]:
        """One for each project: those funded, in order, then all others in order of score."""
        self._tell_bought()
        if self._completion.goes_on:
            self._complete()
        self._tell_others()
        settled = [self._told_last(step) for step in self._settled[self._before :]]
        steps = [*settled, *self._found.values()]
        turns = {project.id: turn for turn, project in enumerate(self._contest.in_order)}
        others = [step for step in steps if not step.outcome.is_funded]
        others.sort(key=lambda step: turns[step.project])
        return [*(step for step in steps if step.outcome.is_funded), *others]

    def _told_last(self, step: Step) -> Step:
        """What takes no part has its turn when all others had theirs, with what they left over."""
        return step if step.outcome.is_funded else step._replace(left_before=self._left)

    def _settle_first(self) -> None:
        """Projects that take no part; and what categories must have, off the top."""
        contest, conditions = self._contest, Conditions(self._contest)
        for project in contest.projects_of(self._code):
            barred = contest.barred(project)
            if barred is not None:
                self._settled.append(contest.step(project, self._money, *barred))
        for step in self._settled:
            conditions.settle(contest.by_id[step.project], funded=step.outcome.is_funded)
        done = {step.project for step in self._settled}
        for project in contest.in_order if contest.rules.categories else ():
            limit = conditions.wanted(project)
            fits = project.cost <= self._money and project.area == self._code
            free = conditions.refusal(project) is None and conditions.waits_for(project) is None
            if limit and fits and free and project.id not in done:
                numbers: Numbers = {"category": limit.code, "least": limit.least}
                outcome = Outcome.FUNDED_FOR_CATEGORY
                self._settled.append(contest.step(project, self._money, outcome, numbers))
                conditions.settle(project, funded=True)
                self._money -= project.cost

    def _ballots(self) -> list[Ballot]:
        """Those who share the money, each weighing what its group does."""
        rules, voices = self._contest.rules, self._contest.voices(self._code)
        apart = rules.apart and rules.vote_type is VoteType.ORDINAL and len(rules.areas) > 1
        here = {project.id for project in self._contest.projects_of(self._code)}
        ballots: list[Ballot] = []
        for papers in self._contest.papers_of(self._code):
            weight = voices.get(papers.group, 0)
            if weight == 1 and not apart:
                ballots += papers.ballots
            elif weight:
                for projects, points, times in papers.ballots:
                    named = tuple(p for p in projects if p in here) if apart else projects
                    ballots.append(Ballot(named, points, times * weight))  # type: ignore[arg-type]
        return ballots

    def _tie_key(self, project: Project, voters: Amount) -> Any:
        """As published: by cost is the cheaper, of equal costs that with more voters."""
        key = self._contest.tie.key(project)
        return (project.cost, -voters, key) if self._contest.tie.name == Tie.COST else key

    def _gate(self) -> Gate:
        return Gate(self._contest, self._open, self._settled)

    def _tell_bought(self) -> None:
        """A step for each project its supporters have paid."""
        run = self._run
        prices = dict(zip(run.ledger.projects, run.ledger.prices(), strict=True))
        for number, place in enumerate(run.bought, start=1):
            price = prices.get(place, Fraction(0)) * self._ground.unit * self._ground.scale
            numbers: dict[str, Amount | str] = {"round": number, "price": _coins(price)}
            if run.ties.get(place):
                numbers |= {"tie": self._contest.tie.name, "tied": run.ties[place]}
            self._tell(place, Outcome.FUNDED, numbers)

    def _complete(self) -> None:
        """Fund what fits, most points first; with *add1u* most voters first."""
        gate = self._gate()
        for place in self._run.bought:
            gate.settle(place, funded=True)
        places = {project.id: place for place, project in enumerate(self._open)}
        order = [places[p.id] for p in self._contest.in_order if p.id in places]
        if self._completion is Completion.ADD1U:
            ground = self._ground
            order.sort(key=lambda place: (-ground.supporters[place], ground.rank[place]))
        waiting = [p for p in order if p not in self._found and self._ground.points[p]]
        while free := [place for place in waiting if not gate.waits(place)]:
            place = free[0]
            waiting.remove(place)
            refusal = gate.refusal(place)
            fits = refusal is None and self._open[place].cost <= self._left
            gate.settle(place, funded=fits)
            if refusal is not None:
                self._tell(place, *refusal)
            else:
                outcome = Outcome.FUNDED_IN_COMPLETION if fits else Outcome.SKIPPED
                self._tell(place, outcome, self._shortage(place))

    def _tell_others(self) -> None:
        for place in range(len(self._open)):
            if place in self._found:
                continue
            if place in self._run.refused:
                self._tell(place, *self._run.refused[place])
            elif not self._ground.points[place]:
                self._tell(place, Outcome.NO_VOTES, {})
            else:
                self._tell(place, Outcome.SUPPORTERS_SHORT, self._shortage(place))

    def _shortage(self, place: int) -> Numbers:
        """What supporters had in the end, and how many more with a whole share were needed."""
        groups = chain.from_iterable(block.groups for block in self._ground.blocks[place])
        left = self._run.ledger.money(groups)
        share = self._run.share * self._ground.unit
        numbers: dict[str, Amount | str] = {
            "supporters_left": _coins(left),
            "share": _coins(share),
        }
        missing = self._ground.costs[place] - left
        return {**numbers, "more": -(-missing // share)} if share and missing > 0 else numbers

    def _tell(self, place: int, outcome: Outcome, numbers: Numbers) -> None:
        project = self._open[place]
        self._found[place] = self._contest.step(project, self._left, outcome, numbers)
        if outcome.is_funded:
            self._left -= project.cost


def _coins(money: Fraction) -> Amount:
    """Whole hundredths, rounded down: never more than there was."""
    hundredths = money.numerator * 100 // money.denominator
    return exact(Fraction(hundredths, 100)) if hundredths % 100 else hundredths // 100
