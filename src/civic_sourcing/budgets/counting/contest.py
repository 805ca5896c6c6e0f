"""What a rule is given: projects, ballots, rules, and the scores that come of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .amounts import Amount, exact
from .model import Electorate, Papers, Project
from .plan import AreaUse, CountRules, Least, Of
from .scores import Tally, tally_ballots
from .steps import NO_NUMBERS, REASONS, Numbers, Outcome, Step
from .ties import TieRule


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many had to vote (``needed``), and how many did (``found``)."""

    needed: int
    found: int

    @property
    def reached(self) -> bool:
        return self.found >= self.needed


class Contest:
    """
    The projects of one vote and its ballots, as a rule sees them.

    Nothing in it depends on the order of ballots. Raises ``ValueError`` for negative money or
    weights, for a project of an area the rules do not name, and for what occurs twice.
    """

    def __init__(
        self,
        projects: Sequence[Project],
        electorate: Electorate,
        rules: CountRules,
        *,
        tie: TieRule | None = None,
    ) -> None:
        self.projects = tuple(projects)
        self.electorate = electorate
        self.rules = rules
        self.tie = tie or rules.tie_rule
        self.money = {area.code: area.budget for area in rules.areas}
        self._papers: dict[str, tuple[Papers, ...]] = {}
        self._ballots: dict[str, int] = {}
        self._check()

    @cached_property
    def by_id(self) -> dict[str, Project]:
        return {project.id: project for project in self.projects}

    @property
    def scores(self) -> dict[str, Amount]:
        """Points of each project, weighted by group, in the order of the projects."""
        return self._tally.scores

    @property
    def voters(self) -> dict[str, int]:
        """How many voters are for each project: those who gave it more than 0 points."""
        return self._tally.voters

    @cached_property
    def in_order(self) -> list[Project]:
        """All projects in order of score, the highest first; equal ones by the tie rule."""
        return sorted(self.projects, key=lambda p: (-self.scores[p.id], self.tie.key(p)))

    def projects_of(self, area: str) -> tuple[Project, ...]:
        """The projects of one area, in the order of the paper."""
        return tuple(project for project in self.projects if project.area == area)

    def papers_of(self, area: str) -> tuple[Papers, ...]:
        """
        The ballots of all who had the projects of ``area`` on their paper.

        Where a ballot keeps to one area of choice, those that name a project of it.
        """
        if area not in self._papers:
            self._papers[area] = self._find_papers(area)
        return self._papers[area]

    def ballots_of(self, area: str) -> int:
        """How many voters had the projects of ``area`` on their paper, by ``papers_of``."""
        if area not in self._ballots:
            self._ballots[area] = sum([papers.ballot_count for papers in self.papers_of(area)])
        return self._ballots[area]

    def voices(self, area: str) -> dict[str, Amount]:
        """
        What one ballot of each group weighs in the count of ``area``; 1 in a vote without groups.

        A group's ballots weigh together what the rules say, beside the groups of which anybody
        voted: the weight of one without ballots is shared by the others in proportion. All weights
        together are the number of ballots. A ballot of no group of the rules weighs 0.
        """
        cast: dict[str, int] = {}
        for papers in self.papers_of(area):
            cast[papers.group] = cast.get(papers.group, 0) + papers.ballot_count
        if not self.rules.groups:
            return dict.fromkeys(cast, 1)
        weights = {group.code: group.weight for group in self.rules.groups if cast.get(group.code)}
        whole, ballots = sum(weights.values()), sum(cast[code] for code in weights)
        return {
            code: exact(Fraction(weights[code]) * ballots / whole / cast[code])
            if weights.get(code)
            else 0
            for code in cast
        }

    def barred(self, project: Project) -> tuple[Outcome, Numbers] | None:
        """Why ``project`` takes no part whatever the others get; ``None`` if it does."""
        if project.withdrawn:
            return Outcome.WITHDRAWN, NO_NUMBERS
        if not self.voters[project.id]:
            return Outcome.NO_VOTES, NO_NUMBERS
        needed = self.needed(project)
        if needed is not None and self.support(project) < needed:
            return Outcome.BELOW_THRESHOLD, {"needed": needed}
        return (Outcome.NO_VOTES, NO_NUMBERS) if self.scores[project.id] <= 0 else None

    def support(self, project: Project) -> Amount:
        """What is compared with the threshold: points, or voters."""
        of_score = self.rules.threshold is not None and self.rules.threshold.of == Of.SCORE
        return self.scores[project.id] if of_score else self.voters[project.id]

    def needed(self, project: Project) -> Amount | None:
        """The least support that ``project`` needs, in points or voters; ``None``: no threshold."""
        least = self.rules.threshold
        if least is None or least.of != Of.PERCENT:
            return None if least is None else least.value
        return _share(least, self.ballots_of(project.area))

    @cached_property
    def quorum(self) -> Quorum | None:
        """
        The quorum and the turnout; ``None`` where the rules have none.

        Raises ``ValueError`` for one in percent if nobody said how many may vote.
        """
        least = self.rules.quorum
        if least is None:
            return None
        found, eligible = self.electorate.ballot_count, self.electorate.eligible
        if least.of != Of.PERCENT:
            return Quorum(_whole(least.value), found)
        if eligible is None:
            raise ValueError("a quorum in percent needs the number of people who may vote")
        return Quorum(_share(least, eligible), found)

    def step(
        self, project: Project, left: Amount, outcome: Outcome, numbers: Numbers = NO_NUMBERS
    ) -> Step:
        """The step of ``project``, whose turn came when ``left`` was left in its area."""
        return Step(
            project.id,
            self.scores[project.id],
            project.cost,
            left,
            outcome,
            REASONS[outcome],
            project.area,
            numbers,
        )

    @cached_property
    def _tally(self) -> Tally:
        """Points and voters of all ballots; where rankings are apart, by place in their area."""
        rules = self.rules
        ids = list(self.by_id)
        areas = {project.id: project.area for project in self.projects}
        parts = areas if rules.apart and len(rules.areas) > 1 else None
        voices = {area: self.voices(area) for area in self.money} if rules.groups else {}
        scores: dict[str, Amount] = dict.fromkeys(ids, 0)
        voters = dict.fromkeys(ids, 0)
        for papers in self.electorate.papers:
            found = tally_ballots(papers.ballots, rules.vote_type, ids, parts)
            for project, points in found.scores.items():
                weight = voices[areas[project]].get(papers.group, 0) if rules.groups else 1
                scores[project] += points * weight
                voters[project] += found.voters[project]
        return Tally({project: exact(score) for project, score in scores.items()}, voters)

    def _find_papers(self, area: str) -> tuple[Papers, ...]:
        every = self.electorate.papers
        match self.rules.area_use:
            case AreaUse.OWN:
                return tuple(papers for papers in every if papers.area == area)
            case AreaUse.OWN_AND_TOWN:
                town = {each.code for each in self.rules.areas if each.town_wide}
                return tuple(papers for papers in every if area in town or papers.area == area)
            case AreaUse.ONE:
                ids = {project.id for project in self.projects_of(area)}
                return tuple(_naming(ids, papers) for papers in every)
        return every

    def _check(self) -> None:
        rules = self.rules
        if any(p.cost < 0 for p in self.projects) or any(m < 0 for m in self.money.values()):
            raise ValueError("budget and costs must not be negative")
        if any(group.weight < 0 for group in rules.groups):
            raise ValueError("weights of groups must not be negative")
        if rules.raise_by <= 0:
            raise ValueError("shares are raised by more than 0")
        for what, codes in (
            ("project", [project.id for project in self.projects]),
            ("area", [area.code for area in rules.areas]),
            ("category", [category.code for category in rules.categories]),
            ("group", [group.code for group in rules.groups]),
        ):
            if len(set(codes)) != len(codes):
                raise ValueError(f"the same {what} occurs twice")
        if odd := sorted({project.area for project in self.projects} - set(self.money)):
            raise ValueError(f"the rules do not name the area {odd[0]!r}")


def _naming(ids: set[str], papers: Papers) -> Papers:
    ballots = tuple(ballot for ballot in papers.ballots if not ids.isdisjoint(ballot.projects))
    return papers._replace(ballots=ballots)


def _share(least: Least, of: int) -> int:
    """So many percent of so many, rounded up to a whole voter."""
    return _whole(Fraction(least.value) * of / 100)


def _whole(value: Amount) -> int:
    return -int(-value // 1)
