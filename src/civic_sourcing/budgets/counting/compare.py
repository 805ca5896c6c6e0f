"""What several rules make of the same ballots, side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .amounts import Amount, exact
from .count import count_votes
from .model import Ballot, Electorate, Project
from .plan import CountRules
from .result import Count


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    One rule's count and what it means for voters.

    ``served`` voters are for at least one funded project. ``satisfaction`` is the average number of
    funded projects a voter is for, ``money`` the average cost of them. ``by_district`` is the money
    funded projects cost, by district. A voter is for a project to which they gave more than 0.
    """

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
    district: Callable[[Project], str] = district_of,
) -> list[Comparison]:
    """
    Count the same ballots by each of ``rules``.

    For past elections: on the ballots of an open vote it would be an early result.
    """
    return [
        measure(count_votes(projects, electorate, each), projects, electorate, district=district)
        for each in rules
    ]


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
    satisfaction = exact(Fraction(likes, voters))
    return Comparison(count, served, satisfaction, exact(Fraction(money) / voters), by_district)


def _liked(ballot: Ballot) -> Iterable[str]:
    if ballot.points is None:
        return ballot.projects
    given = zip(ballot.projects, ballot.points, strict=True)
    return [project for project, points in given if points > 0]
