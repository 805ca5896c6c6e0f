"""What several rules make of the same ballots, side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .amounts import Amount, exact
from .count import count_votes
from .model import Ballot, Election, Electorate, Project
from .plan import COMPLETIONS, UTILITIES, CountRules, Least, Of
from .result import Count
from .rules import RULES
from .ties import TieRule

EQUAL_SHARES = "equal-shares"


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    One rule's count and what it means for voters. ``name`` is that of the rule with its options.

    ``served`` voters are for at least one funded project. ``satisfaction`` is the average number of
    funded projects a voter is for, ``money`` the average cost of them. ``by_district`` is the money
    funded projects cost, by district. A voter is for a project to which they gave more than 0.
    """

    name: str
    count: Count
    served: int
    satisfaction: Amount
    money: Amount
    by_district: Mapping[str, Amount]

    def share_of(self, district: str) -> Amount:
        """The share of all money spent that went to ``district``, from 0 to 1."""
        spent = self.count.spent
        return exact(Fraction(self.by_district.get(district, 0)) / spent) if spent else 0

    @property
    def served_share(self) -> Amount:
        """The share of voters who are for at least one funded project, from 0 to 1."""
        ballots = self.count.ballots
        return exact(Fraction(self.served, ballots)) if ballots else 0


def district_of(project: Project) -> str:
    """The area of ``project``, else what the file says of its district; empty if nothing does."""
    names = ("district", "neighborhood")
    return project.area or next((c for n in names if (c := project.columns.get(n))), "")


def compare(
    projects: Sequence[Project],
    electorate: Electorate,
    rules: Iterable[CountRules],
    *,
    tie: TieRule | None = None,
    district: Callable[[Project], str] = district_of,
) -> list[Comparison]:
    """
    Count the same ballots by each of ``rules``.

    For past elections: on the ballots of an open vote it would be an early result.
    """
    counts = [count_votes(projects, electorate, each, tie=tie) for each in rules]
    return [measure(count, projects, electorate, district=district) for count in counts]


def every_rule(rules: CountRules) -> list[CountRules]:
    """``rules`` with each rule there is, Equal Shares with each utility and completion."""
    variants = []
    for rule in RULES:
        options = [("", "")]
        if rule == EQUAL_SHARES:
            options = [(utility, end) for utility in UTILITIES for end in COMPLETIONS]
        variants += [
            replace(rules, rule=rule, utility=utility, completion=end) for utility, end in options
        ]
    return variants


def compare_rules(
    election: Election, *, threshold: Amount | None = None, tie: TieRule | None = None
) -> list[Comparison]:
    """Every rule on the ballots of ``election``, with its announced threshold or another."""
    points = (election.threshold or 0) if threshold is None else threshold
    least = Least(points, Of.SCORE) if points else None
    rules = every_rule(CountRules.of_election(election, threshold=least))
    return compare(election.projects, election.electorate, rules, tie=tie)


def name_of(rules: CountRules) -> str:
    """``greedy``, ``equal-shares cost add1``."""
    return " ".join(filter(None, (rules.rule, rules.utility, rules.completion)))


def measure(
    count: Count,
    projects: Sequence[Project],
    electorate: Electorate,
    *,
    district: Callable[[Project], str] = district_of,
) -> Comparison:
    """Say what ``count`` means for the voters of ``electorate``."""
    costs = {step.project: step.cost for step in count.steps if step.outcome.is_funded}
    served = likes = 0
    money: Amount = 0
    for ballot in (ballot for papers in electorate.papers for ballot in papers.ballots):
        won = [costs[project] for project in _liked(ballot) if project in costs]
        if won:
            served += ballot.times
            likes += ballot.times * len(won)
            money += ballot.times * sum(won)
    by_district: dict[str, Amount] = {}
    for project in projects:
        if project.id in costs:
            place = district(project)
            by_district[place] = exact(by_district.get(place, 0) + project.cost)
    voters = count.ballots or 1
    return Comparison(
        name=name_of(count.rules) if count.rules else count.rule,
        count=count,
        served=served,
        satisfaction=exact(Fraction(likes, voters)),
        money=exact(Fraction(money) / voters),
        by_district=by_district,
    )


def _liked(ballot: Ballot) -> Iterable[str]:
    if ballot.points is None:
        return ballot.projects
    given = zip(ballot.projects, ballot.points, strict=True)
    return [project for project, points in given if points > 0]
